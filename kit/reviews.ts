import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { FormField } from './api-types.ts'
import type { BothLanguages } from './language.tsx'
import { useApi } from './node-context.tsx'
import { defineWords } from './words.ts'

/** A review of a service for its pages: the flow of its applications (`<flow>-round` is that of its rounds), and what people call it. */
export type ReviewOfPages = { service: string; flow: string; title: BothLanguages }

/** What a review asks and how it is judged, with the rounds that take applications now. */
export type ReviewTerms = {
  rounds: Array<{ roundId: string; name: string; closesOn: string }>
  fields: FormField[]
  groups: string[]
  indicators: string[]
}

const told = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const finding = z.nullable(
  z.object({ outcome: z.string(), reason: z.nullable(z.string()), group: z.nullable(z.string()) }),
)

const reviewed = z.object({
  answers: z.record(z.string(), z.unknown()),
  expected: finding,
  found: finding,
  result: z.nullable(z.object({ code: z.string(), sum: z.number(), passed: z.boolean() })),
  publicUntilOn: z.nullable(z.string()),
  challenges: z.array(z.object({ grounds: z.string() })),
  title: z.nullable(z.object({ number: z.string(), from: z.string(), group: z.string(), told })),
})

/** The state of an application that is reviewed, as pages read it. */
export type ReviewedCase = z.infer<typeof reviewed>

/** The state of a reviewed application, where it is one. */
export function findReviewed(state: unknown): ReviewedCase | undefined {
  return reviewed.safeParse(state).data
}

/** Words that the pages of reviews share. */
export const reviewWords = defineWords({
  group: { zh: '评审组别', en: 'Group' },
  answers: { zh: '申报内容', en: 'What was applied for' },
  result: { zh: '评审结果', en: 'Result of the review' },
  passed: { zh: '拟通过', en: 'proposed to pass' },
  notPassed: { zh: '未通过', en: 'did not pass' },
  publicUntil: { zh: '公示到', en: 'Before the public until' },
  challenge: { zh: '公示异议', en: 'What was said against it' },
  number: { zh: '证书编号', en: 'Number of the title' },
  since: { zh: '取得日期', en: 'Since' },
  reason: { zh: '不符合的原因', en: 'Why not' },
  closesOn: { zh: '截止日期', en: 'Closes on' },
})

/** What a review asks, its groups, indicators and open rounds. */
export function useReview({ service }: ReviewOfPages) {
  const api = useApi()
  return useQuery({ queryKey: ['review', service], queryFn: () => api.get<ReviewTerms>(`/services/${service}/review`) })
}

/** Somebody who may be drawn as a reviewer, as the organiser sees them. */
export type Expert = {
  expertId: string
  personId: string
  name: string
  groups: string[]
  from: string
  endedOn: string | null
}

/** Who may be drawn as a reviewer here; for officers. */
export function useExperts({ service }: ReviewOfPages) {
  const api = useApi()
  return useQuery({
    queryKey: ['experts', service],
    queryFn: () => api.get<{ items: Expert[] }>(`/services/${service}/review/experts`),
  })
}

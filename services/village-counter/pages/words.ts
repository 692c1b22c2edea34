import * as z from 'zod/mini'
import { type BothLanguages, defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and operations. */
export const serviceId = 'village-counter'

/** The flow of matters accepted in a village. */
export const matterFlow = 'village-matter'

/** The seven matters; their words are `choices.<matter>`. */
export const matters = [
  'registration',
  'level_change',
  'benefit_claim',
  'certification',
  'transfer',
  'cancellation',
  'statement',
] as const

/** Words that pages of residents and of staff share. */
export const villageWords = defineWords({
  matter: { zh: '事项', en: 'Matter' },
  level: { zh: '缴费档次', en: 'Level of contributions' },
  toRegion: { zh: '转往', en: 'Moves to' },
  diedOn: { zh: '死亡日期', en: 'Day of death' },
  counter: { zh: '服务点', en: 'Counter' },
  who: { zh: '谁可以办', en: 'Who' },
  bring: { zh: '带什么', en: 'Bring' },
  steps: { zh: '怎么办', en: 'How it goes' },
  days: { zh: '县级 {count} 个工作日内办结', en: 'Completed by the county within {count} working days' },
  atOnce: { zh: '当场办结', en: 'Done at once' },
  rules: { zh: '规定', en: 'Rules' },
  passedOn: { zh: '转去核定', en: 'Decided in' },
})

/** A guide as the node makes it. */
export type Guide = {
  matter: string
  needs: string | null
  steps: Array<{ title: BothLanguages; by: string[] }>
  reviewWorkingDays: number
  limits: Array<{ name: string; value: number }>
}

/** A control rule as the manual lists it. */
export type ListedRule = { code: string; level: 'high' | 'medium' | 'low'; by: string; name: BothLanguages }

/** The state of a matter as pages read it. */
export const matterState = z.object({
  matter: z.nullable(z.string()),
  counter: z.nullable(z.object({ id: z.string(), code: z.string() })),
  details: z.object({
    level: z.optional(z.number()),
    toRegion: z.optional(z.string()),
    diedOn: z.optional(z.string()),
  }),
  broughtBy: z.string(),
  effect: z.nullable(z.object({ passedOn: z.nullish(z.object({ caseId: z.string(), number: z.string() })) })),
})

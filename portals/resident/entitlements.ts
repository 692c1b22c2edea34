import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, useApi } from '../../kit/door.ts'

/** What is known of one benefit for the person. */
export type Entitlement = AnswerOf<'POST /entitlements'>['items'][number]

/** A question with the benefits that wait for its answer: the same question of several services is asked once. */
export type SharedQuestion = { field: NonNullable<Entitlement['question']>; asking: readonly Entitlement[] }

/** Answers by flow and field, as they are sent. */
export type GivenAnswers = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** How far the questions have led: what is known of each benefit, what was answered, which questions were left out. */
export type Stage = { items: readonly Entitlement[]; answers: GivenAnswers; skipped: readonly string[] }

/** What the registers alone say of everything that a person can be entitled to; not asked before it `isWanted`. */
export function useEntitlements(isWanted = true) {
  const api = useApi()
  return useQuery({
    queryKey: ['entitlements'],
    enabled: isWanted,
    queryFn: async () => (await api.get<AnswerOf<'GET /entitlements'>>('/entitlements')).items,
    // Every reading of registers is in the person's access log.
    staleTime: 300_000,
    retry: false,
  })
}

/**
 * The stages that this tab kept before the page was loaded again; none of them where one is of another shape, or knows other benefits than are offered
 * now.
 */
export function findStages(kept: unknown, first: readonly Entitlement[]): Stage[] {
  if (!Array.isArray(kept)) return []
  const known = first.map(({ flow }) => flow).join()
  const isStage = (stage: unknown): stage is Stage =>
    typeof stage === 'object' &&
    stage !== null &&
    'answers' in stage &&
    'skipped' in stage &&
    Array.isArray(stage.skipped) &&
    'items' in stage &&
    Array.isArray(stage.items) &&
    stage.items.map((item) => item?.flow).join() === known
  return kept.every(isStage) ? kept : []
}

/** The question for whose answer most benefits wait; undefined when nothing is left to ask. */
export function nextQuestion({ items, skipped }: Pick<Stage, 'items' | 'skipped'>): SharedQuestion | undefined {
  const asking = new Map<string, { field: SharedQuestion['field']; asking: Entitlement[] }>()
  for (const item of items) {
    if (item.question === null) continue
    const key = keyOf(item.question)
    const known = asking.get(key)
    if (known) known.asking.push(item)
    else if (!skipped.includes(key)) asking.set(key, { field: item.question, asking: [item] })
  }
  return [...asking.values()].reduce<SharedQuestion | undefined>(
    (most, each) => (most === undefined || each.asking.length > most.asking.length ? each : most),
    undefined,
  )
}

/** What makes two questions the same: their words and what can be answered. */
export function keyOf({ label, kind, options = [] }: SharedQuestion['field']): string {
  return [label.zh, kind, ...options].join('|')
}

/** The answers with one more, given to every benefit that asks. Each calls the field by its own name. */
export function withAnswer(
  answers: GivenAnswers,
  { asking }: SharedQuestion,
  answerFor: (field: SharedQuestion['field']) => Readonly<Record<string, unknown>>,
): GivenAnswers {
  const given = asking.map(({ flow, question }) => [flow, { ...answers[flow], ...(question && answerFor(question)) }])
  return { ...answers, ...Object.fromEntries(given) }
}

/** What was known, with what was just read in its place. */
export function mergedItems(known: readonly Entitlement[], read: readonly Entitlement[]): Entitlement[] {
  return known.map((item) => read.find(({ flow }) => flow === item.flow) ?? item)
}

/** What is certain already: granted whatever else is answered, with what is paid for it. */
export function certainOf(items: readonly Entitlement[]): Entitlement[] {
  return items.filter(({ state }) => state === 'granted')
}

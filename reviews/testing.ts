import type { Cases } from '../cases/door.ts'
import type { Actor, Id, Work } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'
import { entriesOf } from './entries.ts'
import { enterExpert } from './experts.ts'
import { type Review, roundFlowId } from './review.ts'
import { roundState } from './round-state.ts'
import { giveScore, latestScores } from './scores.ts'

/** A node for tests, as far as a round needs it. */
export type RoundSite = {
  rulebook: Rulebook
  cases: Cases
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  moveTo(day: string): void
  officer(role: string, which?: { agency?: string; another?: boolean }): Promise<Actor>
  person(): Promise<{ personId: Id; actor: Actor }>
  open(actor: Actor, request: { flow: string; body: unknown }): Promise<{ caseId: Id }>
  take(actor: Actor, caseId: Id, step: string, body?: unknown): Promise<{ status: string }>
}

/** Announces a round that takes applications until a day. */
export async function announceRound(site: RoundSite, review: Review, closesOn: string): Promise<Id> {
  const organiser = await site.officer('review')
  const { caseId } = await site.open(organiser, { flow: roundFlowId(review), body: { name: '示例批次', closesOn } })
  return caseId
}

/** Enters so many experts for groups. */
export async function enterExperts(
  site: RoundSite,
  review: Review,
  agency: string,
  groups: readonly string[],
  count: number,
) {
  const organiser = await site.officer('review')
  const experts: Array<{ expertId: Id; personId: Id; actor: Actor }> = []
  for (let number = 0; number < count; number += 1) {
    const { personId, actor } = await site.person()
    const expertId = await site.run(
      (work) => enterExpert(work, review, { personId, groups: [...groups], from: '2020-01-01', agency }),
      organiser,
    )
    experts.push({ expertId, personId, actor })
  }
  return experts
}

/** An application that is accepted and passes the check. */
export async function admit(
  site: RoundSite,
  review: Review,
  applicant: Actor,
  roundId: Id,
  answers: unknown,
): Promise<Id> {
  const { caseId } = await site.open(applicant, { flow: review.id, body: { roundId, answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  await site.take(await site.officer('review', { another: true }), caseId, 'check', { opinion: '材料属实' })
  return caseId
}

/** Every expert who sits scores every entry of their group: the same score for each indicator, said by the case. */
export async function scoreAll(
  site: RoundSite,
  review: Review,
  { roundId, agency, experts }: { roundId: Id; agency: string; experts: ReadonlyArray<{ actor: Actor }> },
  scoreOf: (caseId: Id) => number,
): Promise<void> {
  const tools = { rulebook: site.rulebook, cases: () => site.cases }
  const { file } = await site.run((work) => site.cases.get(work, roundId))
  const round = { agency, closesOn: roundState.parse(file.state).closesOn }
  for (const entry of await site.run((work) => entriesOf(work, roundId))) {
    const score = scoreOf(entry.caseId)
    const scores = Object.fromEntries(review.indicators.map((name) => [name, score]))
    for (const { actor } of experts) {
      const give = (work: Work) => giveScore(work, tools, review, { entry, round, scores, comment: '示例评语' })
      await site.run(give, actor).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'review_not_seated')) throw error
      })
    }
  }
}

/** How many scores of a round somebody sees. */
export function scoresSeenBy(site: RoundSite, roundId: Id, actor: Actor): Promise<number> {
  return site.run(async (work) => {
    const entries = await entriesOf(work, roundId)
    return (
      await latestScores(
        work,
        entries.map(({ entryId }) => entryId),
      )
    ).length
  }, actor)
}

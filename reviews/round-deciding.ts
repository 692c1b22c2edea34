import { z } from 'zod'
import { must, Refusal, type Work } from '../ground/door.ts'
import { entriesOf } from './entries.ts'
import { rankGroup } from './ranking.ts'
import type { Review, ReviewTools } from './review.ts'
import { conflictedSeats } from './round-drawing.ts'
import { groupRanking, type RoundFile, type RoundState, roundStep, tieChoice } from './round-state.ts'
import { openScores } from './scores.ts'
import { asNode } from './tables.ts'

/** From the scores to the public: the lists by rule, equals by people, and what each application is told. */
export function decidingSteps({ cases }: ReviewTools, review: Review) {
  const rank = roundStep({
    title: { zh: '启封计分', en: 'Open the scores and rank' },
    from: ['scoring'],
    by: ['review'],
    body: z.strictObject({}),
    record: z.strictObject({ rankings: z.array(groupRanking) }),
    to: { ranked: 'ranked', tied: 'tied' },
    async take({ work, file }) {
      const conflicted = (await conflictedSeats(work, review, file)).length
      if (conflicted > 0) throw new Refusal('review_reviewers_conflicted', { params: { count: conflicted } })
      const { groups } = await openScores(work, file.id)
      const rankings = groups.map(({ group, sheets }) => ({
        group,
        ...rankGroup(sheets, must(file.state.terms[group], `terms of ${group}`)),
      }))
      const isTied = rankings.some(({ placesLeft }) => placesLeft > 0)
      return { outcome: isTied ? 'tied' : 'ranked', record: { rankings } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  /** Who of equals has the last place is said by people, with votes and reasons: no rule of ours breaks a tie. */
  const decideTies = roundStep({
    title: { zh: '同分评议', en: 'Decide among equals' },
    from: ['tied'],
    by: ['approve'],
    notSameUserAs: ['announce', 'close', 'draw', 'rank'],
    body: z.strictObject({ choices: z.array(tieChoice).min(1) }),
    record: z.strictObject({ ties: z.array(tieChoice) }),
    to: 'ranked',
    async take({ file, body: { choices } }) {
      const open = file.state.rankings.filter(({ placesLeft }) => placesLeft > 0)
      for (const { group, lines, placesLeft } of open) {
        const tied = lines.filter(({ standing }) => standing === 'tied').map(({ code }) => code)
        const [choice, another] = choices.filter((each) => each.group === group)
        const passing = new Set(choice?.passing)
        const fits = passing.size === placesLeft && [...passing].every((code) => tied.includes(code))
        if (!choice || another || !fits)
          throw new Refusal('review_choice_wrong', { params: { group, count: placesLeft } })
      }
      // A choice for any other group would give places that it does not have.
      const other = choices.find(({ group }) => !open.some((each) => each.group === group))
      if (other) throw new Refusal('review_choice_wrong', { params: { group: other.group, count: 0 } })
      if (choices.some(({ votes }) => votes.favour <= votes.against)) throw new Refusal('review_votes_differ')
      return { record: { ties: choices } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const publicise = roundStep({
    title: { zh: '公示', en: 'Put before the public' },
    from: ['ranked'],
    by: ['approve'],
    notSameUserAs: ['announce', 'close', 'draw', 'rank'],
    body: z.strictObject({}),
    record: z.strictObject({ passed: z.int(), notPassed: z.int() }),
    to: 'publicised',
    async take({ work, file }) {
      const results = resultsOf(file.state)
      await tellAll(work, file, results)
      const passed = [...results.values()].filter((each) => each.passed).length
      return { record: { passed, notPassed: results.size - passed } }
    },
  })

  async function tellAll(work: Work, { id, state }: RoundFile, results: ReturnType<typeof resultsOf>): Promise<void> {
    await asNode(work, async (node) => {
      for (const { caseId, code, group } of await entriesOf(node, id)) {
        const { publicityDays } = must(state.terms[group], `terms of ${group}`)
        await cases().take(node, {
          caseId,
          step: 'tell',
          body: { result: must(results.get(code), `result of ${code}`), publicityDays },
          expectedSeq: (await cases().get(node, caseId)).file.seq,
          idempotencyKey: `round:${id}:tell`,
        })
      }
    })
  }

  return { rank, decideTies, publicise }
}

/** What each entry of a round is told, by its code. */
export function resultsOf({ rankings, ties }: RoundState) {
  const chosen = new Set(ties.flatMap(({ passing }) => passing))
  return new Map(
    rankings.flatMap(({ lines }) =>
      lines.map(({ code, sum, standing }) => [
        code,
        { code, sum, passed: standing === 'passed' || (standing === 'tied' && chosen.has(code)) },
      ]),
    ),
  )
}

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorRole, addMilliseconds, Refusal, systemActor } from '../ground/door.ts'
import { type Club, clubFlow, openClub } from './club.testing.ts'

let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.node.close())

/** One try: `pick` chooses among the steps of the status and who may take them, `astray` among all steps and actors. */
const anyMove = fc.record({
  pick: fc.nat(),
  astray: fc.integer({ min: 0, max: 3 }),
  yes: fc.boolean(),
  days: fc.nat(20),
})

function findChoice({ pick, astray }: { pick: number; astray: number }, status: string) {
  const actors = [club.applicant, club.acceptor, club.otherAcceptor, club.reviewer, club.board, systemActor]
  const tries = Object.entries(clubFlow.steps).flatMap(([step, { from, by }]) =>
    actors
      .filter((actor) => astray === 0 || (from?.includes(status) && by.includes(actorRole(actor))))
      .map((actor) => ({ actor, step })),
  )
  return tries[pick % tries.length]
}

/** A body that fits the step. */
function bodyOf(step: string, yes: boolean): unknown {
  switch (step) {
    case 'requestCompletion':
      return { missing: ['x'] }
    case 'complete':
      return { note: '' }
    case 'withdraw':
      return { reason: '' }
    case 'accept':
      return { accepted: yes }
    case 'review':
      return { granted: yes }
    case 'correct':
      return { seq: 1, reason: 'x', changes: { guests: yes ? 1 : 12 } }
    case 'object':
      return { grounds: 'x' }
    case 'decideObjection':
      return { outcome: yes ? 'upheld' : 'set_aside', reasons: 'x' }
    case 'noteLitigation':
      return { court: 'x', courtCaseNumber: 'x', filedOn: '2026-05-11' }
    case 'rate':
      return { stars: 3, text: '' }
    default:
      return {}
  }
}

const projection = (caseId: string) =>
  club.as(systemActor, async (work) => {
    const { rows } = await sql`select * from cases.case_file where id = ${caseId}`.execute(work.db)
    return rows[0]
  })

it('whatever steps are taken or refused, the projection is the fold of the log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.boolean(), fc.array(anyMove, { maxLength: 12 }), async (guests, minor, moves) => {
      const { caseId } = await club.apply({ guests, minor })
      let taken = 1
      for (const move of moves) {
        const { yes, days } = move
        club.node.clock.moveTo(addMilliseconds(club.node.clock.now(), days * 86_400_000))
        const choice = findChoice(move, (await club.view(systemActor, caseId)).file.status)
        if (!choice) break
        const { actor, step } = choice
        await club.take(actor, caseId, step, bodyOf(step, yes)).then(
          () => taken++,
          (error: unknown) => expect(error).toBeInstanceOf(Refusal),
        )
      }
      const kept = await projection(caseId)
      expect(kept).toMatchObject({ seq: taken })
      await club.as(systemActor, (work) => club.cases.rebuildProjection(work, caseId))
      expect(await projection(caseId)).toEqual(kept)
    }),
    { numRuns: 40, seed: 20260511 },
  )
})

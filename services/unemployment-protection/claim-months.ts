import { z } from 'zod'
import { monthlySteps, settleOrEnd } from '../../benefits/door.ts'
import { BadInput, Refusal, schemaDate } from '../../ground/door.ts'
import { standings, step } from './claim-state.ts'
import { carried, type MonthlyClaim } from './monthly.ts'

/** What a person can say of themselves; the rest is for officers to find. */
const ownStandings = z.enum(standings).extract(['employed', 'in_military', 'moved_abroad', 'draws_pension'])

/** The months of a benefit: each is decided and paid when it begins, until something ends it. */
export function monthSteps(monthly: MonthlyClaim) {
  const noteStanding = step({
    title: { zh: '登记状况变化（停发）', en: 'Note a change that ends the benefit' },
    from: ['receiving'],
    by: ['person', 'accept', 'review'],
    body: z.strictObject({
      standing: z.enum(standings).exclude(['unemployed']),
      since: schemaDate,
      note: z.string().trim().min(1).max(300),
    }),
    record: carried.extend({ note: z.string() }),
    to: 'ended',
    async take({ work, file, body: { standing, since, note } }) {
      const latest = monthly.nextMonth(file.state).beginsOn
      const last = latest < work.today ? latest : work.today
      if (since > last) throw new BadInput([{ path: 'since', expected: `${last} or earlier`, found: since }])
      if (work.actor.kind === 'person' && !ownStandings.safeParse(standing).success) {
        throw new Refusal('not_yours_to_note', { clause: 'SIL.51' })
      }
      const basis = { found: file.state.found, noted: { standing, since } }
      const settled = await settleOrEnd(work, monthly, file, basis)
      return {
        record: { ...settled.carried, note },
        decision: settled.next.ruling,
        notices: monthly.tellEnd(file, settled.claimedFen),
      }
    },
    fold: (state, { body: { note: _, ...changed } }) => ({ ...state, ...changed }),
  })

  return { ...monthlySteps(monthly), noteStanding }
}

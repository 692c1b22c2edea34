import { z } from 'zod'
import {
  type Finding,
  monthlySteps,
  noticesOfSettling,
  type Recalculation,
  recipientOf,
  settleMonths,
  settleOrEnd,
  standingOfMonths,
  sumOfMonths,
} from '../../../benefits/door.ts'
import { asActor, BadInput, must, schemaDate, schemaId, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { decideEntitlement, entitlementOf } from '../entitlement.ts'
import { carried, type MonthlyPension, monthlyPension } from '../monthly.ts'
import { askedIn } from './deciding.ts'
import {
  authenticationWays,
  type Entitlement,
  entitlement,
  notedStandings,
  type PensionFile,
  type PensionState,
  pensionState,
  step,
} from './state.ts'

const note = z.string().trim().min(1).max(300)

/** Why months are decided again: a published value (the same facts), or facts that a register has put right. */
const causes = ['value', 'facts'] as const

const proof = carried.pick({ months: true, owedFen: true }).extend({ on: schemaDate, way: z.enum(authenticationWays) })

type AuthenticationWay = (typeof authenticationWays)[number]

/** The months of a pension: paid when they begin, held without a proof, settled again when something changes, ended for good by two things. */
export function monthSteps(tools: ServiceTools, monthly: MonthlyPension) {
  const authenticate = step({
    title: { zh: '待遇资格认证', en: 'Prove to be entitled still' },
    from: ['receiving'],
    by: ['person', 'accept', 'system'],
    body: z.strictObject({ way: z.enum(authenticationWays).exclude(['approval']) }),
    record: proof,
    to: 'stay',
    async take({ work, file, body: { way } }) {
      const own = work.actor.kind === 'person'
      if (own !== (way === 'phone')) {
        throw new BadInput([{ path: 'way', expected: own ? 'phone' : 'another way than phone', found: way }])
      }
      return prove(work, monthly, file, way)
    },
    fold: proved,
  })

  const takeInProof = step({
    title: { zh: '接收其他窗口的资格认证', en: 'Take in a proof that another counter accepted' },
    from: ['receiving'],
    by: ['system'],
    body: z.strictObject({ personId: schemaId, from: z.string() }),
    record: proof.extend({ fromCase: z.string() }),
    to: 'stay',
    async take({ work, file, body: { from } }) {
      const { record, notices } = await prove(work, monthly, file, 'counter')
      return { record: { ...record, fromCase: from }, notices }
    },
    fold: proved,
  })

  const noteStanding = step({
    title: { zh: '登记领取状况', en: 'Note how the recipient stands' },
    from: ['receiving'],
    by: ['accept', 'review'],
    body: z.strictObject({ standing: z.enum(notedStandings), since: schemaDate, note }),
    record: carried.extend({ noted: pensionState.shape.noted, note: z.string() }),
    to: { stays: 'stay', ended: 'ended' },
    async take({ work, file, body: { standing, since, note: said } }) {
      if (since > work.today) throw new BadInput([{ path: 'since', expected: 'today or earlier', found: since }])
      const noted = [...file.state.noted, { standing, since }]
      const settled = await settleOrEnd(work, monthly, file, { ...file.state, noted })
      const record = { ...settled.carried, noted, note: said }
      if (settled.next.ended === null) {
        return { outcome: 'stays', record, notices: noticesOfSettling(monthly, file, settled.carried.months, said) }
      }
      const notices = monthly.tellEnd(file, settled.claimedFen)
      return { outcome: 'ended', record, decision: settled.next.ruling, notices }
    },
    fold: (state, { body: { note: _, ...changed } }) => ({ ...state, ...changed }),
  })

  const recalculate = step({
    title: { zh: '重新核定', en: 'Decide again' },
    from: ['receiving', 'ended'],
    by: ['system', 'review'],
    body: z.strictObject({ because: z.enum(causes), cause: note }),
    record: pensionState.pick({ months: true, owedFen: true, yearsPaid: true }).extend({
      // Older ones do not say it.
      facts: pensionState.shape.facts.optional(),
      because: z.enum(causes),
      cause: z.string(),
      found: entitlement,
    }),
    to: 'stay',
    async take({ work, file, body }) {
      const { ruling, found, yearsPaid } = await findAnew(work, tools, file, body.because)
      const settled = await settleMonths(work, monthly, file, { ...file.state, found, yearsPaid })
      return {
        record: {
          ...body,
          found,
          facts: ruling.facts,
          yearsPaid,
          months: settled.months,
          owedFen: file.state.owedFen + settled.claimedFen,
        },
        decision: ruling,
        notices: noticesOfSettling(monthly, file, settled.months, body.cause),
      }
    },
    fold: (state, { body: { because: _, cause: __, facts = state.facts, ...changed } }) => ({
      ...state,
      ...changed,
      facts,
    }),
  })

  return { ...monthlySteps(monthly), authenticate, takeInProof, noteStanding, recalculate }
}

/** The person proves that they may draw still: months that were held without a proof are paid. */
async function prove(work: Work, monthly: MonthlyPension, file: PensionFile, way: AuthenticationWay) {
  const authentications = [...file.state.authentications, { on: work.today, way }]
  const settled = await settleMonths(work, monthly, file, { ...file.state, authentications })
  return {
    record: { on: work.today, way, months: settled.months, owedFen: file.state.owedFen + settled.claimedFen },
    notices: [{ personId: recipientOf(file), code: 'notice.pension_authenticated' }],
  }
}

function proved(state: PensionState, { body: { on, way, months, owedFen } }: { body: z.infer<typeof proof> }) {
  return { ...state, months, owedFen, authentications: [...state.authentications, { on, way }] }
}

async function findAnew(work: Work, tools: ServiceTools, file: PensionFile, because: (typeof causes)[number]) {
  const asked = askedIn(work, file)
  if (because === 'facts') {
    const { ruling, yearsPaid } = await decideEntitlement(work, tools, asked)
    return { ruling, found: entitlementOf(ruling), yearsPaid }
  }
  const question = { policy: 'resident-pension', on: asked.askedOn, insuredRegion: file.agency }
  const ruling = await asActor(work, systemActor, (system) =>
    tools.rulebook.decide(system, { ...question, facts: file.state.facts }),
  )
  return { ruling, found: entitlementOf(ruling), yearsPaid: file.state.yearsPaid }
}

/** What deciding a pension again by the values known today would change, over the months so far; nothing is written. */
export async function previewPension(
  work: Work,
  tools: ServiceTools,
  file: PensionFile,
): Promise<Recalculation | undefined> {
  if (file.state.found === null) return undefined
  const { found, yearsPaid } = await findAnew(work, tools, file, 'value')
  const afterFen = await sumOfMonths(work, monthlyPension(tools), file, { ...file.state, found, yearsPaid })
  const before = must(file.state.found, 'finding of a pension')
  return { before: findingOf(before, standingOfMonths(file.state.months)), after: findingOf(found, afterFen) }
}

function findingOf({ outcome, reason, because }: Entitlement, amountFen: number): Finding {
  return { outcome, reason, because, amountFen }
}

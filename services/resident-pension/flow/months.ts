import { z } from 'zod'
import type { Finding, Recalculation } from '../../../benefits/door.ts'
import { standingFen } from '../../../benefits/door.ts'
import { asActor, BadInput, monthOf, must, schemaDate, systemActor, type Work } from '../../../ground/door.ts'
import { cancelBenefitSpell, endBenefitSpell } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { decideEntitlement, entitlementOf } from '../entitlement.ts'
import { type Basis, decideMonth, settleMonth, settleMonths } from '../month-settling.ts'
import { askedIn } from './deciding.ts'
import {
  authenticationWays,
  type Entitlement,
  endsBy,
  entitlement,
  nextMonthOn,
  notedStandings,
  type PensionFile,
  type PensionMonth,
  pensionState,
  personOf,
  standingOfMonths,
  step,
} from './state.ts'

const carried = pensionState.pick({ spellId: true, months: true, owedFen: true, ended: true })
const note = z.string().trim().min(1).max(300)

/** Why months are decided again: a published value (the same facts), or facts that a register has put right. */
const causes = ['value', 'facts'] as const

/** The months of a pension: paid when they begin, held without a proof, settled again when something changes, ended for good by two things. */
export function monthSteps(tools: ServiceTools) {
  const payMonth = step({
    title: { zh: '发放本月养老金', en: 'Pay the month' },
    from: ['receiving'],
    by: ['system'],
    body: z.strictObject({}),
    record: carried,
    to: { paid: 'stay', ended: 'ended' },
    async take({ work, file }) {
      const month = monthOf(nextMonthOn(file.state))
      const decided = await decideMonth(work, tools, file, file.state, month)
      if (endsBy(decided.standing)) return { outcome: 'ended', ...(await endPension(work, tools, file, decided)) }
      const empty: PensionMonth = { month, heldFor: decided.heldFor, orders: [] }
      const { orders } = await settleMonth(work, file, empty, decided.dueFen)
      await work.reach('resident-pension.month.ordered')
      const { spellId, months, owedFen, ended } = file.state
      const wasHeld = months.at(-1)?.heldFor === decided.heldFor
      return {
        outcome: 'paid',
        record: { spellId, months: [...months, { ...empty, orders }], owedFen, ended },
        decision: decided.ruling,
        notices:
          decided.heldFor === null || wasHeld
            ? []
            : [{ personId: personOf(file), code: 'notice.pension_held', params: { month } }],
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const authenticate = step({
    title: { zh: '待遇资格认证', en: 'Prove to be entitled still' },
    from: ['receiving'],
    by: ['person', 'accept', 'system'],
    body: z.strictObject({ way: z.enum(authenticationWays).exclude(['approval']) }),
    record: carried.pick({ months: true, owedFen: true }).extend({ on: schemaDate, way: z.enum(authenticationWays) }),
    to: 'stay',
    async take({ work, file, body: { way } }) {
      const own = work.actor.kind === 'person'
      if (own !== (way === 'phone')) {
        throw new BadInput([{ path: 'way', expected: own ? 'phone' : 'another way than phone', found: way }])
      }
      const authentications = [...file.state.authentications, { on: work.today, way }]
      const settled = await settleMonths(work, tools, file, { ...file.state, authentications })
      return {
        record: { on: work.today, way, months: settled.months, owedFen: file.state.owedFen + settled.claimedFen },
        notices: [{ personId: personOf(file), code: 'notice.pension_authenticated' }],
      }
    },
    fold: (state, { body: { on, way, months, owedFen } }) => ({
      ...state,
      months,
      owedFen,
      authentications: [...state.authentications, { on, way }],
    }),
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
      const settled = await resettle(work, tools, file, { ...file.state, noted })
      const { outcome, record, ...told } = settled
      return { outcome, record: { ...record, noted, note: said }, ...told }
    },
    fold: (state, { body: { note: _, ...changed } }) => ({ ...state, ...changed }),
  })

  const recheck = step({
    title: { zh: '核对登记并结算（如已死亡）', en: 'Compare with the registers, and settle' },
    from: ['receiving'],
    by: ['accept', 'review', 'system'],
    body: z.strictObject({ note }),
    record: carried.extend({ note: z.string() }),
    to: { stays: 'stay', ended: 'ended' },
    async take({ work, file, body }) {
      const { outcome, record, ...told } = await resettle(work, tools, file, file.state)
      return { outcome, record: { ...record, note: body.note }, ...told }
    },
    fold: (state, { body: { note: _, ...changed } }) => ({ ...state, ...changed }),
  })

  const recalculate = step({
    title: { zh: '重新核定', en: 'Decide again' },
    from: ['receiving', 'ended'],
    by: ['system', 'review'],
    body: z.strictObject({ because: z.enum(causes), cause: note }),
    record: pensionState.pick({ months: true, owedFen: true, facts: true, yearsPaid: true }).extend({
      because: z.enum(causes),
      cause: z.string(),
      found: entitlement,
    }),
    to: 'stay',
    async take({ work, file, body }) {
      const { ruling, found, yearsPaid } = await findAnew(work, tools, file, body.because)
      const settled = await settleMonths(work, tools, file, { ...file.state, found, yearsPaid })
      const params = {
        beforeFen: standingOfMonths(file.state.months),
        afterFen: standingOfMonths(settled.months),
        cause: body.cause,
      }
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
        notices:
          params.beforeFen === params.afterFen
            ? []
            : [{ personId: personOf(file), code: 'notice.pension_recalculated', params }],
      }
    },
    fold: (state, { body: { because: _, cause: __, ...changed } }) => ({ ...state, ...changed }),
  })

  return { payMonth, authenticate, noteStanding, recheck, recalculate }
}

type Decided = Awaited<ReturnType<typeof decideMonth>>

/** Every month again on a changed basis; the end of it all where the month that comes would be the end. */
async function resettle(work: Work, tools: ServiceTools, file: PensionFile, basis: Basis) {
  const decided = await decideMonth(work, tools, file, basis, monthOf(nextMonthOn(file.state)))
  if (endsBy(decided.standing)) {
    return { outcome: 'ended' as const, ...(await endPension(work, tools, file, decided, basis)) }
  }
  const { months, claimedFen } = await settleMonths(work, tools, file, basis)
  const { spellId, owedFen, ended } = file.state
  return { outcome: 'stays' as const, record: { spellId, months, owedFen: owedFen + claimedFen, ended } }
}

/** Ends a pension: what was paid for months that were not due is claimed back, and the register of benefits says the last month. */
async function endPension(
  work: Work,
  tools: ServiceTools,
  file: PensionFile,
  { ruling, standing }: Decided,
  basis: Basis = file.state,
) {
  const { months, claimedFen } = await settleMonths(work, tools, file, basis)
  await closeSpell(work, file, months)
  const firstUndue = months.find(({ heldFor }) => heldFor === ruling.decision.reason)?.month
  const since = `${firstUndue ?? monthOf(nextMonthOn(file.state))}-01`
  return {
    record: { spellId: null, months, owedFen: file.state.owedFen + claimedFen, ended: { standing, since } },
    decision: ruling,
    notices: [{ personId: personOf(file), code: 'notice.pension_ended', params: { claimedFen } }],
  }
}

async function closeSpell(work: Work, file: PensionFile, months: readonly PensionMonth[]): Promise<void> {
  const { spellId } = file.state
  if (spellId === null) return
  const last = months.findLast(({ orders }) => standingFen(orders) > 0)
  await asActor(work, systemActor, (system) =>
    last
      ? endBenefitSpell(system, { spellId, to: last.month })
      : cancelBenefitSpell(system, { spellId, caseId: file.id }),
  )
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
  let afterFen = 0
  for (const { month } of file.state.months) {
    afterFen += (await decideMonth(work, tools, file, { ...file.state, found, yearsPaid }, month)).dueFen
  }
  const before = must(file.state.found, 'finding of a pension')
  return { before: findingOf(before, standingOfMonths(file.state.months)), after: findingOf(found, afterFen) }
}

function findingOf({ outcome, reason, because }: Entitlement, amountFen: number): Finding {
  return { outcome, reason, because, amountFen }
}

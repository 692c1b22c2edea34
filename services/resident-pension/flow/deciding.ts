import { z } from 'zod'
import { beginSpell, endSpells, recipientOf, settleMonths, standingOfMonths } from '../../../benefits/door.ts'
import {
  actorPersonId,
  addMonths,
  asActor,
  BadInput,
  type Id,
  monthOf,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  takeTurns,
  type Work,
} from '../../../ground/door.ts'
import {
  contributionsOf,
  getPerson,
  type Month,
  monthsFromTo,
  recordPersonContributions,
  schemaMonth,
} from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { decideEntitlement, entitlementOf } from '../entitlement.ts'
import { bookIncome } from '../fund-books.ts'
import type { MonthlyPension } from '../monthly.ts'
import {
  endsBy,
  entitlement,
  initialPension,
  type PensionFile,
  type PensionState,
  pensionFlowId,
  pensionState,
  step,
} from './state.ts'

const opinion = z.string().trim().min(1).max(500)
const purpose = 'resident pension'

/** Application, or being found; back-payment; acceptance, review by the rule, approval: each by another officer (B3.11). */
export function decidingSteps(tools: ServiceTools, monthly: MonthlyPension) {
  const opened = {
    opens: true,
    record: pensionState.pick({ personId: true, broughtBy: true, appliedOn: true, expected: true }),
    to: 'submitted',
  } as const

  const apply = step({
    ...opened,
    title: { zh: '申请城乡居民养老保险待遇', en: 'Apply for the resident pension' },
    by: ['person', 'accept'],
    body: z.strictObject({
      /** Whom an officer applies for. */
      personId: schemaId.optional(),
    }),
    async take({ work, body }) {
      const own = actorPersonId(work.actor)
      const personId = own ?? body.personId
      if (!personId) throw new BadInput([{ path: 'personId', expected: 'the person who applies', found: 'nothing' }])
      return openFor(work, tools, personId, own === null ? 'counter' : 'person')
    },
    fold: (_, { body }) => ({ ...initialPension, ...body }),
  })

  const find = step({
    ...opened,
    title: { zh: '系统找到（到龄应发）', en: 'Found to be due' },
    by: ['system'],
    body: z.strictObject({ personId: schemaId }),
    async take({ work, body: { personId } }) {
      const found = await openFor(work, tools, personId, 'found')
      return { ...found, notices: [{ personId, code: 'notice.pension_due' }] }
    },
    fold: (_, { body }) => ({ ...initialPension, ...body }),
  })

  const takeIn = step({
    ...opened,
    title: { zh: '接收转来的申请', en: 'Take in what another counter accepted' },
    by: ['system'],
    body: z.strictObject({ personId: schemaId, from: z.string() }),
    record: opened.record.extend({ fromCase: z.string() }),
    async take({ work, body: { personId, from } }) {
      const { record, subject } = await openFor(work, tools, personId, 'passed_on')
      return { record: { ...record, fromCase: from }, subject }
    },
    fold: (_, { body }) => ({ ...initialPension, ...body }),
  })

  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ work, file, body: { outcome, reason = null } }) {
      if (outcome === 'not_accepted') {
        const why = { code: 'receipt.pension_not_accepted', params: { reason: reason ?? '' } }
        return { outcome, record: { outcome, reason }, receipt: { kind: 'not_accepted' as const, reason: why } }
      }
      const days = await tools.rulebook.valueOf(work, 'decideDays', { on: work.today, insuredRegion: file.agency })
      return {
        outcome,
        record: { outcome, reason },
        receipt: { kind: 'accepted' as const },
        deadlines: [{ start: 'decide', unit: 'working_day' as const, amount: Number(days.value) }],
      }
    },
  })

  const noteBackPayment = step({
    title: { zh: '登记补缴', en: 'Note a payment for earlier years' },
    from: ['submitted', 'accepted'],
    by: ['accept'],
    body: z.strictObject({
      from: schemaMonth,
      to: schemaMonth,
      monthlyFen: schemaFen.min(1),
      bankReference: z.string().trim().min(1).max(60),
    }),
    record: z.strictObject({ from: schemaMonth, to: schemaMonth, amountFen: schemaFen, paidOn: schemaDate }),
    to: 'stay',
    async take({ work, file, body: { from, to, monthlyFen, bankReference } }) {
      const count = monthsFromTo(from, to) + 1
      if (count < 1 || to >= monthOf(work.today)) {
        throw new Refusal('back_payment_not_past', { params: { from, to } })
      }
      const amountFen = count * monthlyFen
      const personId = recipientOf(file)
      const months = Array.from({ length: count }, (_, nth) => monthOf(addMonths(`${from}-01`, nth)))
      await requireUnpaid(work, personId, { from, to })
      await asActor(work, systemActor, async (system) => {
        await recordPersonContributions(
          system,
          months.map((month) => ({
            personId,
            insurance: 'resident_pension' as const,
            month,
            employerId: null,
            baseFen: monthlyFen,
            paidOn: work.today,
          })),
        )
        const key = `back-payment:${bankReference}`
        const { id: caseId, number: reference } = file
        const income = { key, kind: 'back_payment', on: work.today, amountFen, caseId, reference } as const
        if (await isBookedBefore(bookIncome(system, income)))
          throw new Refusal('bank_reference_used', { params: { bankReference } })
      })
      return { record: { from, to, amountFen, paidOn: work.today } }
    },
  })

  const review = step({
    title: { zh: '复核', en: 'Review' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept', 'noteBackPayment'],
    body: z.strictObject({ opinion }),
    record: pensionState.pick({ facts: true, yearsPaid: true }).extend({
      opinion,
      found: entitlement,
      sources: z.record(z.string(), z.string()),
    }),
    to: { granted: 'reviewed', refused: 'refused' },
    async take({ work, file, body }) {
      const { ruling, sources, yearsPaid } = await decideEntitlement(work, tools, askedIn(work, file))
      const found = entitlementOf(ruling)
      // What was already paid must come back, and the entry in the register end, which is approved by another officer.
      const { months, spellId } = file.state
      const isApproved = found.outcome === 'granted' || spellId !== null || standingOfMonths(months) > 0
      return {
        outcome: isApproved ? ('granted' as const) : ('refused' as const),
        record: { opinion: body.opinion, found, facts: ruling.facts, sources, yearsPaid },
        decision: ruling,
        ...(!isApproved && { deadlines: [{ meet: 'decide' }] }),
        notices: isApproved ? [] : [{ personId: recipientOf(file), code: 'notice.pension_refused' }],
      }
    },
    fold: (state, { body: { found, facts, yearsPaid } }) => ({ ...state, found, facts, yearsPaid }),
  })

  const approve = step({
    title: { zh: '审批', en: 'Approve' },
    from: ['reviewed'],
    by: ['approve'],
    notSameUserAs: ['apply', 'accept', 'noteBackPayment', 'review'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: pensionState
      .pick({ spellId: true, months: true, owedFen: true, authentications: true })
      // Older approvals set nothing aside, and do not say it.
      .extend({ opinion: z.string(), noted: pensionState.shape.noted.optional() }),
    to: { receiving: 'receiving', refused: 'refused', returned: 'accepted' },
    async take({ work, file, body }) {
      const { spellId, months, owedFen, authentications, noted, found, ended } = file.state
      if (body.outcome === 'returned') {
        const record = { opinion: body.opinion, spellId, months, owedFen, authentications, noted }
        return { outcome: 'returned' as const, record }
      }
      const isGranted = found?.outcome === 'granted'
      const proven = [...authentications, { on: work.today, way: 'approval' as const }]
      // Granted after it had ended: what ended it was set aside.
      const standing = isGranted && ended !== null ? noted.filter((each) => !endsBy(each.standing)) : noted
      const basis = { ...file.state, authentications: proven, noted: standing }
      const settled = await settleMonths(work, monthly, file, basis)
      if (!isGranted) await endSpells(work, monthly, file, settled.months)
      return {
        outcome: isGranted ? ('receiving' as const) : ('refused' as const),
        record: {
          opinion: body.opinion,
          spellId: isGranted ? (spellId ?? (await beginSpell(work, monthly, file))) : null,
          months: settled.months,
          owedFen: owedFen + settled.claimedFen,
          authentications: isGranted ? proven : authentications,
          noted: standing,
        },
        deadlines: [{ meet: 'decide' }],
        notices: isGranted ? [{ personId: recipientOf(file), code: 'notice.pension_granted' }] : [],
      }
    },
    fold: (state, { body: { opinion: _, noted = state.noted, ...carried } }) => ({
      ...state,
      ...carried,
      noted,
      ended: null,
    }),
  })

  return { apply, find, takeIn, accept, noteBackPayment, review, approve }
}

/** Who asked in a case, and when. */
export function askedIn(work: Work, file: PensionFile) {
  return { personId: recipientOf(file), agency: file.agency, askedOn: file.state.appliedOn ?? work.today }
}

type BroughtBy = NonNullable<PensionState['broughtBy']>

async function openFor(work: Work, tools: ServiceTools, personId: Id, broughtBy: BroughtBy) {
  await requireNoOther(work, tools, personId)
  const { agency } = await getPerson(work, personId, purpose)
  const { ruling } = await decideEntitlement(work, tools, { personId, agency, askedOn: work.today })
  return {
    record: { personId, broughtBy, appliedOn: work.today, expected: entitlementOf(ruling) },
    subject: { personId, agency },
  }
}

/** What is paid for already is not paid for again. */
async function requireUnpaid(work: Work, personId: Id, run: { from: Month; to: Month }): Promise<void> {
  const rows = await asActor(work, systemActor, (system) =>
    contributionsOf(system, personId, { insurance: 'resident_pension', ...run }, purpose),
  )
  const paid = rows.find(({ paidOn }) => paidOn !== null)
  if (paid) throw new Refusal('month_paid_already', { params: { month: paid.month } })
}

async function requireNoOther(work: Work, { cases }: ServiceTools, personId: Id): Promise<void> {
  await takeTurns(work, `resident-pension.apply:${personId}`)
  const [open] = await cases().find(work, { flow: pensionFlowId, personId, open: true, limit: 1 })
  if (open) throw new Refusal('pension_open', { params: { number: open.number } })
}

/** Whether a transfer of this key is in the books: the same, or one that says something else, as for another person. */
async function isBookedBefore(booked: Promise<{ existing: boolean }>): Promise<boolean> {
  try {
    return (await booked).existing
  } catch (error) {
    if (error instanceof Refusal && error.code === 'transfer_key_reused') return true
    throw error
  }
}

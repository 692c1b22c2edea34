import type { Actor, PlainDate } from '../../../ground/door.ts'
import type { Dice, SimulatedRegion } from '../../../simulation/door.ts'
import type { Cast, Hospital } from './cast.ts'
import { type OpenCase, recordOf, todayOf } from './desk.ts'

/** A step that somebody takes on a case. */
export type NextStep = { who: string; actor: Actor; step: string; body: unknown }

/**
 * Who looks at a case, where, and how: with dice, anything that may happen; without, only what brings it to its end; `isLeaving`: whoever is in
 * hospital leaves it without a settlement.
 */
export type Look = { cast: Cast; region: SimulatedRegion; file: OpenCase; dice: Dice | null; isLeaving?: boolean }

/** The next step of a case, or undefined where it waits for something else. */
export async function nextStep(look: Look): Promise<NextStep | undefined> {
  return tables[look.file.flow]?.[look.file.status]?.(look)
}

type Chooser = (look: Look) => NextStep | undefined | Promise<NextStep | undefined>

const approved = { outcome: 'approved', opinion: '同意' }

const filing: Record<string, Chooser> = {
  submitted: (look) => (happens(look, 8) ? refusedFiling(look) : by(look, 'accept', 'accept', { outcome: 'accepted' })),
  accepted: async (look) => {
    const submitted = await recordOf(look.region, look.file.id, ['submit'])
    const preview = isObject(submitted) && isObject(submitted.preview) ? submitted.preview : {}
    const outcome = preview.outcome === 'granted' ? 'approved' : 'refused'
    return by(look, 'review', 'review', { outcome, opinion: '依规定' })
  },
  effective: (look) => (happens(look, 4) ? by(look, 'accept', 'end', { reason: 'entitlement_lost' }) : undefined),
}

function refusedFiling(look: Look): NextStep | undefined {
  return by(look, 'accept', 'accept', { outcome: 'not_accepted', reason: '材料不实' })
}

const stay: Record<string, Chooser> = {
  pending_eligibility: (look) => {
    if (happens(look, 6)) return leave(look)
    // The insured region is silent: the bill is taken all the same.
    if (!happens(look, 30)) return undefined
    return look.file.lastStep === 'importBill' ? atDesk(look, 'previewBill') : importBill(look)
  },
  redirected: leave,
  in_hospital: (look) => {
    if (look.isLeaving) return leave(look)
    if (look.file.lastStep === 'previewBill') return undefined
    return look.file.lastStep === 'importBill' ? atDesk(look, 'previewBill') : importBill(look)
  },
  previewed: async (look) => {
    if (happens(look, 8)) return importBill(look)
    const shown = await recordOf(look.region, look.file.id, ['previewBill', 'receivePrices'])
    const shownFen = isObject(shown) ? Number(shown.personFen) : 0
    return atDesk(look, 'settle', {
      dischargedOn: todayOf(look.region),
      expectedPersonFen: happens(look, 5) ? shownFen + 1 : shownFen,
      slipSigned: true,
      consentSigned: true,
      transactionNumber: transactionOf(look),
      declaredTravelFen: happens(look, 20) ? 12_000 : 0,
      declaredLodgingFen: 0,
    })
  },
  settled: async (look) => {
    if (happens(look, 10)) return atDesk(look, 'reverse', { transactionNumber: await reversedTransaction(look) })
    return happens(look, 25) ? atDesk(look, 'undo', { reason: '录入错误' }) : undefined
  },
  reconciled: (look) => {
    if (happens(look, 12)) return by(look, 'audit', 'undo', { reason: '对账后更正' })
    if (happens(look, 35)) return by(look, 'audit', 'audit', deduction(look))
    return by(look, 'audit', 'audit', { outcome: 'passed' })
  },
  deduction_proposed: (look) =>
    happens(look, 35) ? atDesk(look, 'appeal', { grounds: '用药合理' }) : atDesk(look, 'acceptDeduction'),
  appealed: (look) => {
    const proposedFen = Math.max(1, Math.floor(Number(look.file.summary.fundFen) / 20))
    const deductFen = look.dice ? look.dice.below(proposedFen + 1) : 0
    return by(look, 'approve', 'decideAppeal', { deductFen, opinion: '部分采纳' })
  },
  audited: (look) => afterwards(look, 12),
  paid: (look) => afterwards(look, 25),
  cleared: (look) => afterwards(look, 25),
  undone: (look) => (look.dice && !happens(look, 20) ? importBill(look) : leave(look)),
}

/** The agency undoes a settlement, or corrects a part of it. */
function afterwards(look: Look, percent: number): NextStep | undefined {
  // Whoever got it wrong once may get it wrong again.
  const isCorrected = look.file.lastStep === 'correct'
  if (!isCorrected && happens(look, percent)) return by(look, 'audit', 'undo', { reason: '事后撤销' })
  if (!happens(look, isCorrected ? 60 : percent)) return undefined
  return by(look, 'audit', 'correct', { lessFen: 1 + (look.dice?.below(5_000) ?? 0), reason: '事后更正' })
}

/** The hospital's own number of a transaction. Whoever brings things to their end takes one that was never reversed. */
function transactionOf({ file, dice }: Look): string {
  return `${file.number}-${file.seq}${dice ? '' : '-end'}`
}

/** The number under which a stay was settled; now and then one that is still on its way, or never comes. */
async function reversedTransaction(look: Look): Promise<string> {
  const settled = await recordOf(look.region, look.file.id, ['settle'])
  const known = isObject(settled) ? settled.transactionNumber : undefined
  return typeof known === 'string' && !happens(look, 25) ? known : `${look.file.number}-${look.file.seq + 4}`
}

const claim: Record<string, Chooser> = {
  opened: (look) => {
    const { notDirectBecause } = look.file.summary
    const receipts = notDirectBecause ? [{ number: receiptNumber(look), kind: 'treatment', amountFen: 80_000 }] : []
    const travel = { number: `${receiptNumber(look)}T`, kind: 'travel', amountFen: 12_000 }
    const body = { bankName: '示例银行', bankAccount: '6222000000000001', receipts: [...receipts, travel] }
    const actor = look.cast.people.find(({ personId }) => personId === look.file.personId)
    return actor && { who: actor.name, actor: actor.actor, step: 'supply', body }
  },
  submitted: (look) => {
    const billInScopeFen = look.file.summary.notDirectBecause ? 60_000 : 0
    if (happens(look, 8)) {
      return by(look, 'accept', 'accept', { outcome: 'not_accepted', billInScopeFen: 0, reason: '票据不全' })
    }
    return by(look, 'accept', 'accept', { outcome: 'accepted', billInScopeFen })
  },
  accepted: (look) => by(look, 'review', 'review', { opinion: '核对无误' }),
  awaiting_superior: (look) => by(look, 'approve', 'approveRisk', approved),
  reviewed: (look) => by(look, 'approve', 'approve', { opinion: '同意' }),
  approved: (look) => by(look, 'pay', 'pay', { bankReference: 'BANK-0001' }),
}

const reconciliation: Record<string, Chooser> = {
  open: async (look) => {
    const rows = await listOf(look)
    const wrong = happens(look, 15) ? rows.map((row) => ({ ...row, fundFen: row.fundFen + 1 })) : rows
    return atDesk(look, 'submitList', { rows: wrong })
  },
  differences: async (look) => atDesk(look, 'submitList', { rows: await listOf(look) }),
  matched: (look) => by(look, 'audit', 'agree'),
}

const payment: Record<string, Chooser> = {
  drawn_up: (look) =>
    by(look, 'approve', 'approve', happens(look, 10) ? { outcome: 'withdrawn', opinion: '退回' } : approved),
  sent: async (look) => {
    const lines = waitingLines(await recordOf(look.region, look.file.id, ['open', 'recordResult']))
    const told = happens(look, 25) ? lines.slice(0, 1) : lines
    const results = told.map(({ settlementNumber, amountFen }) =>
      amountFen > 0 && happens(look, 30)
        ? { settlementNumber, result: 'returned', reason: '账号有误' }
        : { settlementNumber, result: 'paid' },
    )
    return by(look, 'pay', 'recordResult', { lines: results })
  },
}

const reason = { reason: '与参保地规定不符' }

const dispute: Record<string, Chooser> = {
  to_answer: (look) => by(look, 'audit', happens(look, 40) ? 'reject' : 'accept', { opinion: '已核对' }),
  rejected: (look) => by(look, 'audit', happens(look, 40) ? 'insist' : 'withdraw', reason),
  raised: (look) => (happens(look, 10) ? by(look, 'audit', 'withdraw', reason) : undefined),
}

const tables: Record<string, Record<string, Chooser>> = {
  filing,
  stay,
  claim,
  dispute,
  difference: { found: (look) => by(look, 'audit', 'adopt', reason) },
  reconciliation,
  payment,
  statement: {
    async ready(look) {
      const collected = await recordOf(look.region, look.file.id, ['collect'])
      const isEmpty = isObject(collected) && Array.isArray(collected.items) && collected.items.length === 0
      return isEmpty ? undefined : by(look, 'hub_clerk', 'issue')
    },
  },
  clearing: { to_pay: (look) => by(look, 'pay', 'pay') },
}

/** True so many times of a hundred; never where everything is to come to its end. */
function happens({ dice }: Look, percent: number): boolean {
  return dice?.chance(percent) ?? false
}

function by(look: Look, role: string, step: string, body: unknown = {}): NextStep | undefined {
  const actor = look.cast.officers.get(look.region.region)?.[role]
  return actor && { who: `${role} of ${look.region.region}`, actor, step, body }
}

/** A step of the hospital where the case is. */
function atDesk(look: Look, step: string, body: unknown = {}): NextStep | undefined {
  const hospital = hospitalOf(look)
  return hospital && { who: `hospital of ${hospital.region}`, actor: hospital.office, step, body }
}

function hospitalOf({ cast, file }: Look): Hospital | undefined {
  return cast.hospitals.find(({ institutionId }) => institutionId === file.institutionId)
}

function leave(look: Look): NextStep | undefined {
  return atDesk(look, 'leave', { dischargedOn: todayOf(look.region), reason: '未直接结算' })
}

/** A bill of a few lines: in the catalogue, over a limit, outside it, not for the injury. */
function importBill(look: Look): NextStep | undefined {
  const { dice, region } = look
  const chargedOn = todayOf(region)
  const line = (hospitalCode: string, unitPriceFen: number, quantity: number, injuryRelated: boolean) => ({
    ...{ hospitalCode, name: hospitalCode, chargedOn, unitPriceFen, injuryRelated },
    ...{ quantityMilli: quantity * 1_000, amountFen: unitPriceFen * quantity },
  })
  const lines = [line('H-ITEM-1', 10_000 + (dice?.below(900_000) ?? chargedFen(chargedOn)), 1, true)]
  if (happens(look, 60)) lines.push(line('H-ITEM-2', 5_000 + 1_000 * (dice?.below(6) ?? 0), 3, true))
  if (happens(look, 40)) lines.push(line('H-OUT', 30_000, 1, true))
  if (happens(look, 40)) lines.push(line('H-ITEM-1', 6_000, 2, false))
  return atDesk(look, 'importBill', { sourceName: 'bill.csv', lines })
}

/** Without dice, an amount that differs from day to day. */
function chargedFen(chargedOn: PlainDate): number {
  return Number(chargedOn.replaceAll('-', '')) % 10_007
}

function deduction({ file, dice }: Look): object {
  const fundFen = Number(file.summary.fundFen)
  const mostFen = Math.max(1, Math.floor(fundFen / 20))
  // Now and then the auditor takes everything.
  const amountFen = dice?.chance(8) ? Math.max(1, fundFen) : 1 + (dice?.below(mostFen) ?? 0)
  return { outcome: 'deduct', amountFen, reason: '超范围用药' }
}

/** A number of its own for each claim; now and then the one of another's receipt. */
function receiptNumber({ file, dice }: Look): string {
  return dice?.chance(50) ? 'SAME-RECEIPT' : `R${file.number}`
}

type Item = { settlementNumber: string; fundFen: number }

async function listOf({ region, file }: Look): Promise<Item[]> {
  const opened = await recordOf(region, file.id, ['open'])
  return isObject(opened) && Array.isArray(opened.items) ? opened.items : []
}

type Line = { settlementNumber: string; amountFen: number; result: string }

function waitingLines(record: unknown): Line[] {
  const lines: Line[] = isObject(record) && Array.isArray(record.lines) ? record.lines : []
  return lines.filter(({ result }) => result === 'waiting')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

import { limitsFen, openingFen } from './cast.ts'
import { casesOf, type LoggedCase, type Records, recorded, type SentLine } from './records.ts'

/**
 * A settlement as it follows from what was done: `fundFen` from the lines of its bill, `lessFen` what was deducted or corrected, `paidFen` what
 * the hospital got for it (null: nothing yet), `clearedFen` what the region has noted as cleared.
 */
export type ModelSettlement = {
  number: string
  stay: string
  hospital: string
  insured: string
  treatment: string
  fundFen: number
  lessFen: number
  isUndone: boolean
  paidFen: number | null
  payments: number
  clearedFen: number
  revision: number
}

/** What the insured region owes for a settlement. */
export function owedFen({ isUndone, fundFen, lessFen }: ModelSettlement): number {
  return isUndone ? 0 : fundFen - lessFen
}

/** What should be there in a region: a model of the protocol in a few sums, which shares no code with the service. */
export type Model = { settlements: Map<string, ModelSettlement>; balances: Map<string, number> }

/**
 * Predicts every balance of a region from what was done there and from the settlements of all regions. `told` are the settlements of the whole
 * nation by number, each as its own treatment region's log tells it.
 */
export function predictBalances(records: Records, told: ReadonlyMap<string, ModelSettlement>): Map<string, number> {
  const { region } = records
  const book = createBook()
  book.add('contribution_income', openingFen)
  book.add('fiscal_special_account', openingFen)
  const here = [...told.values()].filter(({ treatment }) => treatment === region)
  for (const settlement of here) bookAsHost(book, settlement)
  const cleared = clearedBy(casesOf(records, 'visit'), 'noteClearing')
  const ours = [...told.values()].filter(({ insured, treatment }) => insured === region && treatment !== region)
  for (const settlement of ours) bookAsHome(book, settlement, cleared.get(settlement.number) ?? 0)
  for (const batch of casesOf(records, 'payment')) bookBatch(book, batch)
  for (const claim of casesOf(records, 'claim')) bookClaim(book, claim)
  return book.balances()
}

/** The settlements that follow from the logs of a treatment region's stays and batches. */
export function settlementsOf(records: Records): Map<string, ModelSettlement> {
  const settlements = new Map<string, ModelSettlement>()
  for (const stay of casesOf(records, 'stay')) {
    for (const settlement of settledIn(stay, records)) settlements.set(settlement.number, settlement)
  }
  for (const batch of casesOf(records, 'payment')) {
    for (const { settlementNumber, amountFen, offsetFen } of paidLines(batch)) {
      const settlement = settlements.get(settlementNumber)
      if (!settlement) continue
      settlement.paidFen = amountFen + offsetFen
      settlement.payments += 1
    }
  }
  return settlements
}

function settledIn(stay: LoggedCase, { region, bills }: Records): ModelSettlement[] {
  const settlements: ModelSettlement[] = []
  let insured = ''
  let lines: SentLine[] = []
  for (const { kind, body } of stay.steps) {
    const current = settlements.at(-1)
    if (kind === 'admit') insured = `${recorded.admitted.parse(body).insuredRegion.slice(0, 2)}0000`
    if (kind === 'previewBill' || kind === 'receivePrices') {
      const preview = recorded.preview.parse(body)
      if (preview) lines = bills.get(`${stay.id} ${preview.billVersion}`) ?? []
    }
    if (kind === 'settle') {
      const { number } = recorded.settled.parse(body)
      const fundFen = lines.reduce((sum, line) => sum + fundPartFen(line), 0)
      settlements.push({
        ...{ number, stay: stay.number, hospital: stay.institutionId ?? '', insured, treatment: region, fundFen },
        ...{ lessFen: 0, isUndone: false, paidFen: null, payments: 0, clearedFen: 0, revision: 1 },
      })
    }
    if (kind === 'clear') {
      const { settlementNumber, clearedFen } = recorded.cleared.parse(body)
      const cleared = settlements.find(({ number }) => number === settlementNumber)
      if (cleared) cleared.clearedFen += clearedFen
    }
    if (!current) continue
    if (changing.has(kind)) {
      const { settlement } = recorded.settlement.parse(body)
      if (settlement) {
        current.lessFen = settlement.deductedFen
        current.revision += 1
        current.isUndone = kind === 'undo' || kind === 'reverse'
      }
    }
  }
  return settlements
}

/** The steps that make a new revision of a settlement. */
const changing = new Set([
  'audit',
  'acceptDeduction',
  'confirmDeduction',
  'decideAppeal',
  'undo',
  'reverse',
  'correct',
  'resolveDispute',
])

/** A1.14: in the catalogue and for the injury in full, up to the limit; anything else is the person's. */
function fundPartFen({ code, quantityMilli, amountFen, injuryRelated }: SentLine): number {
  const limitFen = limitsFen.get(code)
  if (!injuryRelated || limitFen === undefined) return 0
  return limitFen === null ? amountFen : Math.min(amountFen, (limitFen * quantityMilli) / 1_000)
}

function bookAsHost(book: Book, settlement: ModelSettlement): void {
  const { hospital, insured, treatment, paidFen, clearedFen } = settlement
  const owed = owedFen(settlement)
  if (paidFen === null) book.add(`payable_to_hospital:${hospital}`, owed)
  else book.add(`receivable_from_hospital:${hospital}`, paidFen - owed)
  if (insured === treatment) {
    book.add('benefit_expense', owed)
    return
  }
  book.add(`receivable_from_region:${insured}`, Math.max(0, owed - clearedFen))
  book.add(`payable_to_region:${insured}`, Math.max(0, clearedFen - owed))
  book.add('fiscal_special_account', clearedFen)
}

function bookAsHome(book: Book, settlement: ModelSettlement, clearedFen: number): void {
  const owed = owedFen(settlement)
  book.add('benefit_expense', owed)
  book.add(`payable_to_region:${settlement.treatment}`, Math.max(0, owed - clearedFen))
  book.add(`receivable_from_region:${settlement.treatment}`, Math.max(0, clearedFen - owed))
  book.add('fiscal_special_account', -clearedFen)
}

/** A batch: money to the expenditure account when it is approved, from there to hospitals or back. */
function bookBatch(book: Book, batch: LoggedCase): void {
  const opened = batch.steps.find(({ kind }) => kind === 'open')
  const isApproved = batch.steps.some(({ kind, outcome }) => kind === 'approve' && outcome === 'approved')
  if (!opened || !isApproved) return
  const totalFen = recorded.batch.parse(opened.body).lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  book.add('fiscal_special_account', -totalFen)
  book.add('expenditure_account', totalFen)
  for (const { institutionId, amountFen, offsetFen, result } of lastLines(batch)) {
    if (result === 'paid') {
      book.add('expenditure_account', -amountFen)
      book.add(`receivable_from_hospital:${institutionId}`, -offsetFen)
    }
    if (result === 'returned') {
      book.add('expenditure_account', -amountFen)
      book.add('fiscal_special_account', amountFen)
    }
  }
}

function bookClaim(book: Book, claim: LoggedCase): void {
  const reviewed = claim.steps.findLast(({ kind }) => kind === 'review')
  if (!reviewed) return
  const totalFen = recorded.claim.parse(reviewed.body).amounts?.totalFen ?? 0
  if (claim.steps.some(({ kind }) => kind === 'approve')) {
    book.add('benefit_expense', totalFen)
    book.add(`payable_to_person:${claim.personId}`, totalFen)
  }
  if (claim.steps.some(({ kind }) => kind === 'pay')) {
    book.add(`payable_to_person:${claim.personId}`, -totalFen)
    book.add('fiscal_special_account', -totalFen)
  }
}

/** What the newest record of a batch says of its lines. */
function lastLines(batch: LoggedCase) {
  const last = batch.steps.findLast(({ kind }) => kind === 'open' || kind === 'recordResult')
  return last ? recorded.batch.parse(last.body).lines : []
}

/** The lines of a batch that were paid. */
function paidLines(batch: LoggedCase) {
  return lastLines(batch).filter(({ result }) => result === 'paid')
}

/** What some steps have noted as cleared, by settlement. */
export function clearedBy(cases: readonly LoggedCase[], step: string): Map<string, number> {
  const cleared = new Map<string, number>()
  for (const { kind, body } of cases.flatMap(({ steps }) => steps)) {
    if (kind !== step) continue
    const { settlementNumber, clearedFen } = recorded.cleared.parse(body)
    cleared.set(settlementNumber, (cleared.get(settlementNumber) ?? 0) + clearedFen)
  }
  return cleared
}

type Book = { add(account: string, fen: number): void; balances(): Map<string, number> }

function createBook(): Book {
  const sums = new Map<string, number>()
  return {
    add: (account, fen) => void sums.set(account, (sums.get(account) ?? 0) + fen),
    balances: () => new Map([...sums].filter(([, fen]) => fen !== 0)),
  }
}

import { addDays } from '../../../ground/door.ts'
import type { Finding, SimulatedNation } from '../../../simulation/door.ts'
import { provinces } from './cast.ts'
import type { Director } from './director.ts'
import { type ModelSettlement, owedFen, predictBalances, settlementsOf } from './model.ts'
import { casesOf, type Records, readRecords, recorded } from './records.ts'

/** What the judges of this service find when everything has healed. */
export async function judgeSettlements(
  nation: SimulatedNation,
  director: Director,
  isAll: boolean,
): Promise<Finding[]> {
  const records = await Promise.all(nation.regions.map(readRecords))
  const told = new Map(records.flatMap((each) => [...settlementsOf(each)]))
  return [
    ...records.flatMap((each) => judgeBalances(each, told, director)),
    ...judgeBothSides(records),
    ...judgeWhole(records, told),
    ...[...told.values()].flatMap(judgePaidOnce),
    ...records.flatMap(judgeClaims),
    ...records.flatMap(judgeEnds),
    ...(isAll ? records.flatMap(judgeClearings) : []),
    ...judgeAnswers(records, director),
    ...director.contradictions,
  ]
}

/** The model: every account has what follows from what was done. */
function judgeBalances(
  records: Records,
  told: ReadonlyMap<string, ModelSettlement>,
  { advances }: Director,
): Finding[] {
  const { region, balances } = records
  if (!isProvince(region)) {
    return [...balances.keys()].map((account) => ({ judge: 'model', what: `the hub has money on ${account}` }))
  }
  const predicted = predictBalances(records, told)
  const add = (account: string, fen: number) => predicted.set(account, (predicted.get(account) ?? 0) + fen)
  const findings: Finding[] = []
  for (const partner of provinces) {
    if (partner === region) continue
    const paid = sumOfAdvances(advances, region, partner)
    const paidFen = balances.get(`advances_paid:${partner}`) ?? 0
    // Of an advance whose answer was lost nobody knows whether it was paid: the books say, within what was asked for.
    if (paidFen < paid.certainFen || paidFen > paid.askedFen) {
      const what = `${region} advanced ${paidFen} to ${partner}, asked for were ${paid.certainFen} to ${paid.askedFen}`
      findings.push({ judge: 'model', what })
    }
    const receivedFen = balances.get(`advances_received:${partner}`) ?? 0
    add(`advances_paid:${partner}`, paidFen)
    add(`advances_received:${partner}`, receivedFen)
    add('fiscal_special_account', receivedFen - paidFen)
  }
  for (const [account, fen] of balances) {
    if (account.startsWith('receivable_from_hospital') && fen < 0) {
      findings.push({ judge: 'paid-once', what: `${region} kept back ${-fen} more than the hospital owes` })
    }
  }
  const accounts = [...new Set([...predicted.keys(), ...balances.keys()])].sort()
  for (const account of accounts) {
    const [expectedFen, foundFen] = [predicted.get(account) ?? 0, balances.get(account) ?? 0]
    if (expectedFen !== foundFen) {
      findings.push({ judge: 'model', what: `${region} ${account}: expected ${expectedFen}, found ${foundFen}` })
    }
  }
  return findings
}

function sumOfAdvances(advances: Director['advances'], from: string, to: string) {
  const between = advances.filter((advance) => advance.from === from && advance.to === to)
  const sum = (list: typeof between) => list.reduce((total, { amountFen }) => total + amountFen, 0)
  return { certainFen: sum(between.filter(({ isCertain }) => isCertain)), askedFen: sum(between) }
}

/** What one region claims of another is what the other owes it. */
function judgeBothSides(records: readonly Records[]): Finding[] {
  const pairs = records.flatMap((one) => records.map((other) => [one, other] as const)).filter(([a, b]) => a !== b)
  return pairs.flatMap(([one, other]) =>
    [
      ['receivable_from_region', 'payable_to_region'],
      ['advances_received', 'advances_paid'],
    ].flatMap(([claim, debt]) => {
      const claimFen = one.balances.get(`${claim}:${other.region}`) ?? 0
      const debtFen = other.balances.get(`${debt}:${one.region}`) ?? 0
      if (claimFen === debtFen) return []
      const what = `${claim} of ${one.region} from ${other.region} is ${claimFen}, ${debt} there is ${debtFen}`
      return [{ judge: 'both-sides', what }]
    }),
  )
}

/** No settlement is half done: both sides keep the same revision with the same amounts, and the host knows that home has booked it. */
function judgeWhole(records: readonly Records[], told: ReadonlyMap<string, ModelSettlement>): Finding[] {
  const kept = records.flatMap(({ settlements }) => settlements)
  const half = (what: string) => [{ judge: 'half-done', what }]
  const missing = [...told.keys()].filter((number) => !kept.some((row) => row.number === number && row.side === 'host'))
  const ofSides = kept
    .filter(({ side }) => side === 'host')
    .flatMap((host) => {
      const home = kept.find(({ side, number }) => side === 'home' && number === host.number)
      const model = told.get(host.number)
      if (!home) return half(`${host.number} is not known at home`)
      if (!model) return half(`${host.number} was never settled`)
      const same = ['revision', 'state', 'fundFen', 'deductedFen', 'clearedFen'] as const
      const differs = same.filter((name) => home[name] !== host[name])
      if (differs.length > 0) return half(`${host.number}: ${differs.join(', ')} differ between host and home`)
      const expected = { fundFen: model.fundFen, deductedFen: model.lessFen, clearedFen: model.clearedFen }
      const wrong = (['fundFen', 'deductedFen', 'clearedFen'] as const).filter((name) => host[name] !== expected[name])
      return wrong.flatMap((name) => half(`${host.number}: ${name} is ${host[name]}, done was ${expected[name]}`))
    })
  return [...missing.flatMap((number) => half(`${number} is not kept`)), ...ofSides, ...records.flatMap(unreceipted)]
}

/** Stays whose newest revision home has not confirmed. */
function unreceipted(records: Records): Finding[] {
  return casesOf(records, 'stay').flatMap(({ number, steps }) => {
    const revisions = steps.flatMap(({ kind, body }) =>
      kind === 'settle' ? [recorded.settled.parse(body).revision] : [],
    )
    const receipts = steps.filter(({ kind }) => kind === 'noteHome').map(({ body }) => recorded.receipt.parse(body))
    if (revisions.length === 0 || receipts.some(({ home }) => home === 'booked')) return []
    return [{ judge: 'half-done', what: `${number} was settled and home has not confirmed it` }]
  })
}

/** Nobody is paid twice: a hospital once for a settlement, a region never more than it was ever owed, nor for what was taken back. */
function judgePaidOnce(settlement: ModelSettlement): Finding[] {
  const { number, payments, paidFen, fundFen, lessFen, clearedFen } = settlement
  const twice = (what: string) => [{ judge: 'paid-once', what: `${number} ${what}` }]
  return [
    ...(payments > 1 ? twice(`was paid ${payments} times to the hospital`) : []),
    ...((paidFen ?? 0) > fundFen ? twice(`was paid with ${paidFen}, owed were at most ${fundFen}`) : []),
    ...(clearedFen > fundFen || clearedFen < 0 ? twice(`was cleared with ${clearedFen} of ${fundFen}`) : []),
    ...(fundFen < lessFen ? twice(`is ${lessFen - fundFen} below zero`) : []),
    ...(paidFen !== null && owedFen(settlement) > paidFen ? twice('was paid with less than is owed') : []),
  ]
}

const mealFenPerDay = 3_000
const payable = ['approved', 'paid']
const toldOfStay = ['open', 'openByPerson', 'noteDischarge', 'reviewAfterDischarge']

/** A day of a stay is paid once, and a receipt too, whatever claims ask for them. */
function judgeClaims(records: Records): Finding[] {
  const claims = casesOf(records, 'claim').filter(({ status }) => payable.includes(status))
  const findings: Finding[] = []
  const days = new Map<string, Set<string>>()
  const mealsFen = new Map<string, number>()
  const receipts = new Set<string>()
  for (const { number, steps, personId } of claims) {
    const amounts = recorded.claim.parse(steps.findLast(({ kind }) => kind === 'review')?.body).amounts
    const known = steps.findLast(({ kind }) => toldOfStay.includes(kind))
    const { admittedOn, dischargedOn } = recorded.occasion.parse(known?.body).occasion
    const person = personId ?? ''
    const own = days.get(person) ?? new Set()
    for (let day = admittedOn; day < (dischargedOn ?? admittedOn); day = addDays(day, 1)) own.add(day)
    days.set(person, own)
    mealsFen.set(person, (mealsFen.get(person) ?? 0) + (amounts?.mealFen ?? 0))
    for (const receipt of steps.flatMap(({ kind, body }) =>
      kind === 'supply' ? recorded.receipts.parse(body).receipts : [],
    )) {
      if (receipts.has(receipt.number))
        findings.push({ judge: 'paid-once', what: `receipt ${receipt.number} by ${number} too` })
      receipts.add(receipt.number)
    }
  }
  for (const [person, mealFen] of mealsFen) {
    const mostFen = (days.get(person)?.size ?? 0) * mealFenPerDay
    if (mealFen > mostFen) findings.push({ judge: 'paid-once', what: `meals of ${mealFen} for days worth ${mostFen}` })
  }
  return findings
}

/** Where a case of each flow may stand when nobody has anything to do any more. */
const ends: Record<string, readonly string[]> = {
  filing: ['effective', 'not_accepted', 'refused', 'ended', 'cancelled', 'expired', 'withdrawn'],
  stay: ['cleared', 'paid', 'audited', 'left_without_settlement'],
  visit: ['settled', 'undone', 'refused', 'admitted'],
  claim: ['paid', 'refused', 'not_accepted', 'cancelled'],
  dispute: ['ended'],
  difference: ['settled'],
  reconciliation: ['agreed'],
  payment: ['closed', 'withdrawn'],
  statement: ['issued', 'ready', 'collecting'],
  clearing: ['paid', 'received'],
}

/** When every quarter was reported, what was paid to a hospital for another region's worker is cleared or nothing is owed for it. */
function judgeClearings(records: Records): Finding[] {
  return records.settlements
    .filter(({ side, insured, treatment }) => side === 'home' && insured !== treatment)
    .filter(
      ({ state, fundFen, deductedFen, clearedFen }) =>
        clearedFen !== 0 && clearedFen !== (state === 'undone' ? 0 : fundFen - deductedFen),
    )
    .map(({ number }) => ({
      judge: 'every-case-ends',
      what: `${number} was cleared with what is not owed, and stays so`,
    }))
}

/** Every case ends. */
function judgeEnds(records: Records): Finding[] {
  return records.cases
    .filter(({ flow, status }) => ends[flow] && !ends[flow].includes(status))
    .map(({ flow, number, status }) => ({ judge: 'every-case-ends', what: `${flow} ${number} is still ${status}` }))
}

/** Whoever was told that their step was taken finds it in the log, whatever crashed afterwards. */
function judgeAnswers(records: readonly Records[], { acknowledged }: Director): Finding[] {
  const logs = new Map(records.flatMap(({ cases }) => cases.map(({ id, steps }) => [id, steps] as const)))
  return acknowledged
    .filter(({ taken: { caseId, seq, step } }) => logs.get(caseId)?.[seq - 1]?.kind !== step)
    .map(({ region, taken: { number, step } }) => ({
      judge: 'answers',
      what: `${region} answered that ${step} of ${number} was done, and its log does not have it`,
    }))
}

function isProvince(region: string): boolean {
  return provinces.some((province) => province === region)
}

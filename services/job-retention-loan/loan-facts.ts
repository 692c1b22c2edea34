import type { Cases } from '../../cases/door.ts'
import {
  asActor,
  BadInput,
  type Id,
  monthOf,
  type PlainDate,
  Refusal,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import {
  businessesOf,
  type EmployerFacts,
  employerContributions,
  getEmployerFacts,
  getInstitution,
  type Institution,
} from '../../people/door.ts'
import { type Borrower, type BorrowerKind, loanFlowId } from './loan-state.ts'

/** The facts of `job-loan-eligibility` that registers hold, from which one each comes (message code `register.<name>`), and the agency. */
export type LoanFacts = { facts: Record<string, unknown>; sources: Record<string, string>; agency: string }

/** What is asked of the registers: about whom, on which day, and for which case where there is one already. */
export type LoanQuestion = { borrower: Borrower; on: PlainDate; caseId?: Id }

/**
 * What registers hold of a borrower. The year before the application is the calendar year; layoffs are counted as the register counts them
 * (C1-o2). Facts of the condition before the notice are there for applications of that time.
 */
export function gatherLoan(work: Work, cases: () => Cases, { borrower, on, caseId }: LoanQuestion): Promise<LoanFacts> {
  const { businessId } = borrower
  return asActor(work, systemActor, async (node) => {
    const lastYear = Number(on.slice(0, 4)) - 1
    const business = await getEmployerFacts(node, businessId, { insurance: 'unemployment', on, year: lastYear })
    return {
      agency: business.agency,
      facts: {
        borrower: borrowerKindOf(business, borrower.personId !== null),
        headcountAtApplication: business.headcountLatest ?? 0,
        headcountLastYearEnd: business.headcountYearEnd ?? 0,
        headcountReducedThisYear: await hasReduced(node, businessId, on),
        layoffsLastYear: business.layoffs,
        layoffRateLastYearPpm: business.layoffRatePpm,
        creditHeldFen: await creditHeld(node, cases, borrower, caseId),
      },
      sources: {
        borrower: 'profiles',
        headcountAtApplication: 'contribution_records',
        layoffsLastYear: 'employments',
        layoffRateLastYearPpm: 'employments',
        creditHeldFen: 'loans',
      },
    }
  })
}

/** C1.02: which kind of borrower a business, or the person to whom it belongs, is. */
function borrowerKindOf({ entityKind, sizeClass }: EmployerFacts, isPerson: boolean): BorrowerKind {
  if (entityKind === 'individual_business') return 'individual_business'
  if (entityKind !== 'enterprise' || (sizeClass !== 'small' && sizeClass !== 'micro')) return 'other'
  if (isPerson) return 'enterprise_owner'
  return sizeClass === 'small' ? 'small_enterprise' : 'micro_enterprise'
}

/** C1.03: whether fewer people were insured in a month of the year than in the month before it, up to the month before the application's. */
async function hasReduced(work: Work, businessId: Id, on: PlainDate): Promise<boolean> {
  const months = await employerContributions(work, businessId, {
    insurance: 'unemployment',
    from: `${Number(on.slice(0, 4)) - 1}-12`,
    to: monthOf(on),
  })
  const headcounts = months.filter(({ month }) => month < monthOf(on)).map(({ headcount }) => headcount)
  return headcounts.some((headcount, index) => headcount < (headcounts[index - 1] ?? 0))
}

/** What other cases of the same borrower take up of the programme's credit; two of them are never decided at once. */
async function creditHeld(work: Work, cases: () => Cases, borrower: Borrower, caseId?: Id): Promise<number> {
  await takeTurns(work, `${loanFlowId}:${borrower.personId ?? borrower.businessId}`)
  const others = await cases().find(work, { flow: loanFlowId, ...borrowerFilter(borrower), limit: 1_000 })
  return others
    .filter((other) => other.caseId !== caseId)
    .reduce((sum, { summary }) => sum + Number(summary.creditHeldFen ?? 0), 0)
}

function borrowerFilter({ businessId, personId }: Borrower): { personId: Id } | { employerId: Id } {
  return personId === null ? { employerId: businessId } : { personId }
}

/**
 * The business for which a person borrows: the one named, else the only one that belongs to them. Refusal `no_business`; `BadInput` where several
 * do and none is named.
 */
export async function businessOfPerson(work: Work, personId: Id, on: PlainDate, named?: Id): Promise<Id> {
  const owned = await asActor(work, systemActor, (node) => businessesOf(node, personId, on, 'job-retention loan'))
  const known = named === undefined ? owned : owned.filter(({ employerId }) => employerId === named)
  const [first, ...others] = known
  if (!first) throw new Refusal('no_business', { clause: 'C1.02' })
  if (others.length > 0) {
    const expected = `one of ${known.map(({ employerId }) => employerId).join(', ')}`
    throw new BadInput([{ path: 'businessId', expected, found: 'nothing' }])
  }
  return first.employerId
}

/** A bank that may lend. Refusal `bank_not_listed` (C1.05). */
export async function getHandlingBank(
  work: Work,
  rulebook: Rulebook,
  { bankId, agency, on }: { bankId: Id; agency: string; on: PlainDate },
): Promise<Institution> {
  const bank = await asActor(work, systemActor, (node) => getInstitution(node, bankId))
  const { value } = await rulebook.valueOf(work, 'handlingBanks', { on, insuredRegion: agency })
  const isListed = Array.isArray(value) && bank.bankClass !== null && value.includes(bank.bankClass)
  if (!isListed) throw new Refusal('bank_not_listed', { clause: 'C1.05', params: { bank: bank.name } })
  return bank
}

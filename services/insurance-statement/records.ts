import { asActor, type Id, systemActor, type Work } from '../../ground/door.ts'
import {
  contributionsOf,
  type Enrolment,
  enrolmentsOf,
  getEmployer,
  getPerson,
  type Insurance,
  insurances,
  type PersonView,
  type RecordedMonth,
} from '../../people/door.ts'

/** A month as a statement shows it: with the name of who paid it, null where the person paid alone. */
export type NamedMonth = RecordedMonth & { employerName: string | null }

/** What the registers hold of a person's insurances. */
export type InsuranceRecords = {
  person: PersonView
  enrolments: Enrolment[]
  months: NamedMonth[]
}

/** Reads a person's insurances and every month recorded, in order of insurance and month; each reading is in the access log with the purpose. */
export async function readRecords(work: Work, personId: Id, purpose: string): Promise<InsuranceRecords> {
  const person = await getPerson(work, personId, purpose)
  const enrolments = await enrolmentsOf(work, personId, { on: work.today }, purpose)
  const months: RecordedMonth[] = []
  for (const insurance of insurances) months.push(...(await contributionsOf(work, personId, { insurance }, purpose)))
  const names = await employerNames(work, months)
  const nameOf = (employerId: Id | null) => (employerId === null ? null : (names.get(employerId) ?? null))
  return { person, enrolments, months: months.map((month) => ({ ...month, employerName: nameOf(month.employerId) })) }
}

/** A person may know who paid for them, though they do not see the employer's own record. */
function employerNames(work: Work, months: readonly RecordedMonth[]): Promise<Map<Id, string>> {
  const ids = new Set(months.flatMap(({ employerId }) => employerId ?? []))
  return asActor(work, systemActor, async (node) => {
    const names = new Map<Id, string>()
    for (const id of ids) names.set(id, (await getEmployer(node, id)).name)
    return names
  })
}

/** Of one insurance: how many months were paid in all, each once, and on what base in all, the first and the last. */
export type InsuranceSum = {
  insurance: Insurance
  monthsPaid: number
  paidBaseFen: number
  first: string | null
  last: string | null
}

/** The sums of each insurance that has a month recorded. */
export function sumsOf(months: readonly NamedMonth[]): InsuranceSum[] {
  return insurances.flatMap((insurance) => {
    const recorded = months.filter((month) => month.insurance === insurance)
    const paid = recorded.filter(({ paidOn }) => paidOn !== null)
    const distinct = [...new Set(paid.map(({ month }) => month))].sort()
    if (recorded.length === 0) return []
    const paidBaseFen = paid.reduce((sum, { baseFen }) => sum + baseFen, 0)
    return [
      {
        insurance,
        monthsPaid: distinct.length,
        paidBaseFen,
        first: distinct[0] ?? null,
        last: distinct.at(-1) ?? null,
      },
    ]
  })
}

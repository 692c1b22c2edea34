import { builtOnce, type Given, type Id, Refusal, type Work } from '../../ground/door.ts'
import { type ServiceTables, serviceTables } from './tables.ts'

/** On which side a stay is kept: the stay itself at the host, the visit at home. */
export type StaySide = 'host' | 'home'

/** Notes which case a stay's number stands for. */
export async function keepStayPlace(work: Work, side: StaySide, stayNumber: string, caseId: Id): Promise<void> {
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.stay_place')
    .values({ side, stay_number: stayNumber, case_id: caseId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The case of a stay, or undefined where this side does not have it. `number`: the stay's, or that of one of its settlements (`<stay>-<n>`). */
export async function findStayCase(work: Work, side: StaySide, number: string): Promise<Id | undefined> {
  const { rows } = await work.db.executeQuery(caseOfStay({ side, stayNumber: stayNumberOf(number) }))
  return rows[0]?.case_id
}

const caseOfStay = builtOnce((query, given: Given<{ side: StaySide; stayNumber: string }>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.stay_place')
    .select('case_id')
    .where('side', '=', given('side'))
    .where('stay_number', '=', given('stayNumber')),
)

/** As `findStayCase` at the host. Refusal `stay_unknown`. */
export async function getStayCase(work: Work, number: string): Promise<Id> {
  const caseId = await findStayCase(work, 'host', number)
  if (!caseId) throw new Refusal('stay_unknown', { params: { number } })
  return caseId
}

/** The stay's number within a settlement's (`<stay>-<n>`); a stay's number is its own. */
export function stayNumberOf(number: string): string {
  return number.split('-')[0] ?? number
}

import { type Actor, type Id, startOfDate } from '../../../ground/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  enrol,
  getAssignment,
  issueCard,
  makeSyntheticIdNumber,
  registerInstitution,
  registerPerson,
  setBankAccount,
} from '../../../people/door.ts'
import { approveMappings, importCatalogue, proposeMappings, recordAgreement } from '../../../registers/door.ts'
import type { SimulatedNation, SimulatedRegion } from '../../../simulation/door.ts'
import { recordInjury } from '../injury.ts'
import { move } from '../postings.ts'

/** The hub and the three provinces of the play. */
export const hubRegion = '000000'
export const provinces = ['320000', '620000', '650000'] as const

/** The day on which every story begins: a Monday. */
export const firstDay = '2026-05-11'
export const begins = startOfDate(firstDay, '09:00')

/** What the fund of each province has to begin with, in fen. */
export const openingFen = 100_000_000

/** Officers of a region by role; the second of a role is there to be at once with the first. */
export type Officers = Readonly<Record<string, Actor>>

/** A synthetic insured person. `home` is the province whose fund pays for them. */
export type Insured = { name: string; home: string; personId: Id; cardNumber: string; actor: Actor }

/** A synthetic hospital and its insurance office. */
export type Hospital = { region: string; city: string; institutionId: Id; office: Actor }

/** Everybody who acts in the play; all invented. */
export type Cast = {
  officers: ReadonlyMap<string, Officers>
  hospitals: readonly Hospital[]
  people: readonly Insured[]
}

/** The price limits of the made-up catalogue, per unit in fen; null: none. What is not here is outside it. */
export const limitsFen: ReadonlyMap<string, number | null> = new Map([
  ['H-ITEM-1', null],
  ['H-ITEM-2', 7_000],
])

const roles = ['accept', 'review', 'approve', 'pay', 'audit'] as const
const cities = new Map([
  ['320000', '320100'],
  ['620000', '620100'],
  ['650000', '650100'],
])
const households = ['320000', '320000', '620000', '650000']

/** Makes the people and places of the play on an empty nation. */
export async function makeCast(nation: SimulatedNation): Promise<Cast> {
  const officers = new Map<string, Officers>()
  const hospitals: Hospital[] = []
  const people: Insured[] = []
  const hub = nation.region(hubRegion)
  officers.set(hubRegion, { hub_clerk: await appoint(hub, 'hub_clerk', { agency: hubRegion }) })
  for (const province of provinces) {
    const region = nation.region(province)
    const appointed: Record<string, Actor> = {}
    for (const role of roles) appointed[role] = await appoint(region, role, { agency: province })
    appointed.second_accept = await appoint(region, 'accept', { agency: province })
    officers.set(province, appointed)
    hospitals.push(await openHospital(region, cities.get(province) ?? province))
    await region.run((work) =>
      move(work, {
        ...{ key: 'opening', kind: 'opening', on: work.today, amountFen: openingFen },
        ...{ from: 'contribution_income', to: 'fiscal_special_account' },
      }),
    )
  }
  for (const [index, home] of households.entries()) people.push(await insure(nation.region(home), index + 1))
  return { officers, hospitals, people }
}

function appoint(
  region: SimulatedRegion,
  role: string,
  place: { agency: string } | { institutionId: Id },
): Promise<Actor> {
  return region.run(async (work) => {
    const userId = await createUser(work, { login: `${role}-${work.newId()}`, displayName: `示例·${role}` })
    const assignmentId = await assign(work, { userId, role, ...place, from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignmentId))
  })
}

async function openHospital(region: SimulatedRegion, city: string): Promise<Hospital> {
  const { region: province } = region
  const institutionId = await region.run(async (work) => {
    const id = await registerInstitution(work, {
      code: `S${city}`,
      name: `示例医院${city}`,
      kind: 'hospital',
      level: 3,
      region: city,
    })
    const account = { bankName: '示例银行', accountName: '示例医院', accountNumber: '99990001', from: '2024-01-01' }
    await setBankAccount(work, id, account)
    const dates = { agreedOn: '2024-02-01', connectedOn: '2024-03-01', liveOn: '2024-04-01' }
    await recordAgreement(work, { institutionId: id, kind: 'medical', region: city, source: 'simulation', ...dates })
    const catalogue = [...limitsFen].map(([code, limitFen]) => ({
      ...{ kind: 'item', code: code.slice(2), nameZh: code, unit: '次', from: '2024-01-01', source: 'simulation' },
      ...(limitFen !== null && { priceLimitFen: limitFen }),
    }))
    await importCatalogue(work, province, catalogue)
    return id
  })
  const office = await appoint(region, 'hospital_office', { institutionId })
  await mapCodes(region, institutionId, office)
  return { region: province, city, institutionId, office }
}

async function mapCodes(region: SimulatedRegion, institutionId: Id, office: Actor): Promise<void> {
  const admin = await appoint(region, 'catalogue_admin', { agency: region.region })
  const from = '2024-01-01'
  const rows = [
    ...[...limitsFen.keys()].map((code) => ({
      ...{ hospitalCode: code, hospitalName: code, kind: 'item' as const, catalogueCode: code.slice(2), from },
    })),
    { hospitalCode: 'H-OUT', hospitalName: 'H-OUT', kind: 'item' as const, catalogueCode: null, from },
  ]
  const ids = await region.run((work) => proposeMappings(work, { institutionId, region: region.region }, rows), office)
  await region.run((work) => approveMappings(work, ids), admin)
}

function insure(region: SimulatedRegion, nth: number): Promise<Insured> {
  const home = region.region
  const agency = cities.get(home) ?? home
  return region.run(async (work) => {
    const idNumber = makeSyntheticIdNumber({ region: '320102', birthOn: '1986-04-12', sequence: nth })
    const name = `示例·甲${nth}`
    const { personId } = await registerPerson(work, { idNumber, name, homeRegion: '320102', agency })
    const cardNumber = `S${home.slice(0, 2)}${String(nth).padStart(7, '0')}`
    await issueCard(work, { personId, number: cardNumber, outlet: '示例网点', issuedOn: '2024-06-03' })
    await enrol(work, { insurance: 'work_injury', personId, poolingArea: 'test', agency, from: '2020-01-01' })
    const determined = { determination: 'done', determined_on: '2024-07-18' } as const
    const injury = { person_id: personId, agency, occurred_on: '2024-05-20', body_part: '左股骨', ...determined }
    await recordInjury(work, injury)
    const userId = await createUser(work, { login: `person-${nth}`, displayName: '示例', personId })
    return { name: `worker ${nth}`, home, personId, cardNumber, actor: { kind: 'person', userId, personId } }
  })
}

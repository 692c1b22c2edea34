import { asActor, must, seededRandom, type Work } from '../../ground/door.ts'
import {
  assign,
  assignmentActor,
  getAssignment,
  industries,
  makeSyntheticCreditCode,
  registerEmployer,
  registerInstitution,
  setBankAccount,
} from '../../people/door.ts'
import {
  approveMappings,
  importCatalogue,
  proposeMappings,
  recordAgreement,
  selectPilotAreas,
} from '../../registers/door.ts'
import { hashPassword } from '../signin/passwords.ts'
import { demoCatalogue } from './catalogue.ts'
import { demoPassword, employerName, officeLogin, officersOf } from './logins.ts'
import type { DemoAgency, DemoInstitution, DemoRegion } from './plan.ts'
import { seedEmployment } from './seed-employment.ts'
import { seedLists } from './seed-lists.ts'
import { seedPeople } from './seed-people.ts'
import { demoSource, idOf, longAgo, type Seeding, seedUser } from './seeding.ts'

/** Makes what all services of a node share; every run makes the same. Answers the ids by name. */
export async function seedNode(work: Work, planned: DemoRegion): Promise<ReadonlyMap<string, string>> {
  const seeding: Seeding = {
    work,
    planned,
    random: seededRandom(`demo ${planned.region}`),
    passwordHash: await hashPassword(demoPassword),
    ids: new Map(),
  }
  for (const agency of planned.agencies) await seedOfficers(seeding, agency)
  for (const [index, institution] of planned.institutions.entries()) await seedInstitution(seeding, institution, index)
  for (const agency of planned.agencies) await seedEmployers(seeding, agency)
  await seedPeople(seeding)
  if (planned.institutions.length > 0) await seedRegisters(seeding)
  if (planned.employment) await seedEmployment(seeding, planned.employment)
  await seedLists(work, planned)
  return seeding.ids
}

async function seedAssignment(
  { work, ids }: Seeding,
  login: string,
  assignment: Omit<Parameters<typeof assign>[1], 'from'>,
): Promise<void> {
  ids.set(`assignment:${login}`, await assign(work, { ...assignment, from: longAgo }))
}

async function seedOfficers(seeding: Seeding, agency: DemoAgency): Promise<void> {
  for (const { login, role } of officersOf(seeding.planned, agency)) {
    const userId = await seedUser(seeding, { login, displayName: `示例·${login}` })
    await seedAssignment(seeding, login, { userId, role, agency: agency.region })
  }
}

async function seedInstitution(seeding: Seeding, institution: DemoInstitution, index: number): Promise<void> {
  const { work, ids } = seeding
  const { name, title, kind, level, region, connection } = institution
  const code = `DEMO${region}${String(index + 1).padStart(4, '0')}`
  const institutionId = await registerInstitution(work, { code, name: title, kind, level, region })
  ids.set(`institution:${name}`, institutionId)
  await setBankAccount(work, institutionId, {
    bankName: '示例银行',
    accountName: title,
    accountNumber: `9999${region}${String(index + 1).padStart(6, '0')}`,
    from: longAgo,
  })
  await recordAgreement(work, {
    institutionId,
    kind: agreementKind[kind],
    region,
    source: demoSource,
    agreedOn: '2024-02-01',
    ...(connection !== 'agreed' && { connectedOn: '2024-03-01' }),
    ...(connection === 'live' && { liveOn: '2024-04-01' }),
  })
  const login = officeLogin(institution)
  const userId = await seedUser(seeding, { login, displayName: `示例·${title}医保办` })
  await seedAssignment(seeding, login, { userId, role: 'hospital_office', institutionId })
}

const agreementKind = { hospital: 'medical', rehabilitation: 'rehabilitation', device_maker: 'device' } as const

async function seedEmployers(seeding: Seeding, agency: DemoAgency): Promise<void> {
  for (let nth = 1; nth <= agency.employers; nth++) {
    const name = employerName(agency, nth)
    const { employerId } = await registerEmployer(seeding.work, {
      creditCode: makeSyntheticCreditCode({ region: agency.county, serial: nth }),
      name: `示例单位${nth}号（${agency.name}）`,
      region: agency.county,
      agency: agency.region,
      industry: must(industries[(nth - 1) % industries.length], 'an industry'),
    })
    seeding.ids.set(`employer:${name}`, employerId)
    const login = `${name}-officer`
    const userId = await seedUser(seeding, { login, displayName: `示例·${login}` })
    await seedAssignment(seeding, login, { userId, role: 'employer_officer', employerId })
  }
}

/** Catalogue, pilot areas, and the mappings of every hospital: proposed by its office, approved by the province's officer. */
async function seedRegisters(seeding: Seeding): Promise<void> {
  const { work, planned } = seeding
  const { region, pilotPrefectures } = planned
  await importCatalogue(work, region, demoCatalogue(planned))
  await selectPilotAreas(work, {
    province: region,
    prefectures: pilotPrefectures,
    goLiveOn: '2024-04-01',
    source: demoSource,
    shareMaxPpm: 400_000,
  })
  for (const institution of planned.institutions) await seedMappings(seeding, institution)
}

/** Every tenth hospital code is not mapped yet; one is mapped as outside the catalogue. */
async function seedMappings(seeding: Seeding, institution: DemoInstitution): Promise<void> {
  const { planned } = seeding
  const rows = demoCatalogue(planned)
    .filter((_, index) => index % 10 !== 9)
    .map(({ kind, code, nameZh }) => ({
      hospitalCode: `H-${code}`,
      hospitalName: nameZh,
      kind,
      catalogueCode: code,
      from: longAgo,
    }))
  const outside = { hospitalCode: 'H-OUT-001', hospitalName: '进口锁定钢板', kind: 'device' as const, from: longAgo }
  const place = { institutionId: idOf(seeding, `institution:${institution.name}`), region: planned.region }
  const proposed = await actingAs(seeding, officeLogin(institution), (office) =>
    proposeMappings(office, place, [...rows, { ...outside, catalogueCode: null }]),
  )
  const province = must(planned.agencies[0], 'an agency').name
  await actingAs(seeding, `${province}-catalogue-admin`, (officer) => approveMappings(officer, proposed))
}

/** Does something as a synthetic officer, in the same transaction. */
async function actingAs<T>(seeding: Seeding, login: string, action: (work: Work) => Promise<T>): Promise<T> {
  const assignment = await getAssignment(seeding.work, idOf(seeding, `assignment:${login}`))
  return asActor(seeding.work, assignmentActor(assignment), action)
}

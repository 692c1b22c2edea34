import { addDays, must, type Random, randomBelow } from '../../ground/door.ts'
import { poolingAreaOf } from '../../law/door.ts'
import {
  applyECard,
  enrol,
  type Insurance,
  issueCard,
  makeSyntheticIdNumber,
  recordAuthority,
  registerPerson,
  reportCardLost,
} from '../../people/door.ts'
import { employerName } from './logins.ts'
import { syntheticName } from './names.ts'
import type { DemoAgency, DemoCharacter } from './plan.ts'
import { idOf, longAgo, type Seeding, seedUser } from './seeding.ts'

type Resident = { name: string; title: string; bornOn: string; card: 'with_e_card' | 'no_e_card' | 'lost' }

/** The people of the stories, with accounts and the relatives who act for them, and residents to fill the registers (`person:nanjing-1` ...). */
export async function seedPeople(seeding: Seeding): Promise<void> {
  const { planned, random } = seeding
  for (const agency of planned.agencies) {
    const characters = planned.characters.filter((character) => character.agency === agency.name)
    for (const character of characters) await seedCharacter(seeding, agency, character)
    for (let nth = 1; nth <= agency.residents; nth++) {
      await seedResident(seeding, agency, syntheticResident(random, `${agency.name}-${nth}`))
    }
  }
}

async function seedCharacter(seeding: Seeding, agency: DemoAgency, character: DemoCharacter): Promise<void> {
  const personId = await seedResident(seeding, agency, { card: 'with_e_card', ...character })
  await seedUser(seeding, { login: character.name, displayName: character.title, personId })
  if (!character.actsFor) return
  await recordAuthority(seeding.work, {
    relation: 'relative',
    subjectPersonId: idOf(seeding, `person:${character.actsFor}`),
    agentPersonId: personId,
    evidence: 'household_register',
    from: longAgo,
  })
}

function syntheticResident(random: Random, name: string): Resident {
  const bornOn = addDays('1962-01-01', randomBelow(random, 15_500))
  // Three in four have an e-card.
  const card = randomBelow(random, 4) > 0 ? 'with_e_card' : 'no_e_card'
  return { name, title: syntheticName(random), bornOn, card }
}

/** A person with card and enrolments, known as `person:<name>`. */
async function seedResident(seeding: Seeding, agency: DemoAgency, resident: Resident): Promise<string> {
  // Counted over the node, so that no two people share a number.
  const sequence = [...seeding.ids.keys()].filter((name) => name.startsWith('person:')).length
  const personId = await seedCardHolder(seeding, agency, { ...resident, sequence })
  await seedEnrolments(seeding, agency, personId)
  return personId
}

/** A person with a card and an account behind it, known as `person:<name>`. An odd `sequence` is a man's. */
export async function seedCardHolder(
  seeding: Seeding,
  agency: DemoAgency,
  resident: Resident & { sequence: number },
): Promise<string> {
  const { work, ids, random, planned } = seeding
  const { sequence } = resident
  const { personId } = await registerPerson(work, {
    idNumber: makeSyntheticIdNumber({ region: agency.county, birthOn: resident.bornOn, sequence }),
    name: resident.title,
    homeRegion: agency.county,
    agency: agency.region,
    phone: `199${String(randomBelow(random, 100_000_000)).padStart(8, '0')}`,
  })
  ids.set(`person:${resident.name}`, personId)
  const cardId = await issueCard(work, {
    personId,
    number: `T${planned.region.slice(0, 2)}${String(sequence + 1).padStart(7, '0')}`,
    outlet: '示例服务网点',
    issuedOn: '2024-06-03',
    bank: { name: '示例银行', accountNumber: `8888${String(sequence).padStart(8, '0')}` },
  })
  if (resident.card !== 'no_e_card') await applyECard(work, { personId, app: 'app:12333' })
  if (resident.card === 'lost') await reportCardLost(work, cardId)
  return personId
}

const insurances: readonly Insurance[] = ['work_injury', 'pension']

async function seedEnrolments({ work, ids, random }: Seeding, agency: DemoAgency, personId: string): Promise<void> {
  const nth = 1 + randomBelow(random, agency.employers)
  const employerId = must(ids.get(`employer:${employerName(agency, nth)}`), 'an employer of the agency')
  const from = addDays('2015-01-05', randomBelow(random, 3000))
  const poolingArea = poolingAreaOf(agency.region, 'work_injury', work.today).id
  for (const insurance of insurances) {
    await enrol(work, { personId, employerId, insurance, poolingArea, agency: agency.region, from })
  }
}

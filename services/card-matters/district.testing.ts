import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, type Id, readMigrations } from '../../ground/door.ts'
import {
  applyECard,
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  issueCard,
  makeSyntheticIdNumber,
  registerPerson,
} from '../../people/door.ts'
import { moveBlanks } from './blanks.ts'
import { registerOutlet, registerTownship } from './outlets.ts'
import { service } from './service.ts'

/** Zengdu with one outlet that issues at once and one that does not, and two officers at each. All synthetic. */
export type District = BenefitSite & {
  instant: Counter
  plain: Counter
}

/** An outlet with two officers of the bank. */
export type Counter = { outletId: Id; first: Actor; second: Actor }

const region = '421303'

/** See `District`; `blanks` cards lie at the outlet that issues at once. */
export async function testDistrict(blanks = 20): Promise<District> {
  const migrations = [await readMigrations('svc_card_matters', new URL('./migrations/', import.meta.url))]
  const site = await benefitSite({ region: '420000', on: '2026-05-11', service, migrations })
  await site.run(async (work) => {
    await registerTownship(work, {
      code: '421303001',
      region,
      nameZh: '示例街道',
      nameEn: 'Sample',
      kind: 'sub_district',
    })
    await registerTownship(work, { code: '421303002', region, nameZh: '示例镇', nameEn: 'Sample town', kind: 'town' })
  })
  const instant = await newCounter(site, { township: '421303001', cardMakers: 2 })
  const plain = await newCounter(site, { township: '421303002', cardMakers: 0 })
  await site.run((work) =>
    moveBlanks(work, { outletId: instant.outletId, kind: 'delivered', cards: blanks, note: '首批' }),
  )
  return { ...site, instant, plain }
}

let serial = 0

async function newCounter(site: BenefitSite, { township, cardMakers }: { township: string; cardMakers: number }) {
  const code = `OUTLET-${++serial}`
  const outletId = await site.run((work) =>
    registerOutlet(work, {
      ...{ code, name: `示例银行${code}`, region, township, cardMakers, instantIssue: cardMakers > 0 },
      ...{ fullTimeStaff: 3, selfServiceTerminals: 1, openedOn: '2024-01-02' },
    }),
  )
  return { outletId, first: await newBankOfficer(site, outletId), second: await newBankOfficer(site, outletId) }
}

/** An officer of a bank's outlet. */
export function newBankOfficer(site: BenefitSite, institutionId: Id): Promise<Actor> {
  return site.run(async (work) => {
    const userId = await createUser(work, { login: `bank-${++serial}`, displayName: '示例' })
    const assignment = await assign(work, { userId, role: 'bank_officer', institutionId, from: '2020-01-01' })
    return assignmentActor(await getAssignment(work, assignment))
  })
}

/** Somebody who shows an identity document; known to the registers where they have a card. */
export async function newResident(
  site: BenefitSite,
  card: 'none' | 'card' | 'card_and_e_card' | 'unknown' = 'card_and_e_card',
) {
  const name = `示例·持卡${++serial}`
  const idNumber = makeSyntheticIdNumber({ region: '421303', birthOn: '1950-03-07', sequence: serial })
  if (card === 'unknown') return { name, idNumber, personId: '', number: '' }
  const number = `T42${String(serial).padStart(6, '0')}`
  const personId = await site.run(async (work) => {
    const registered = await registerPerson(work, { idNumber, name, homeRegion: region, agency: region })
    if (card !== 'none') await issueCard(work, { personId: registered.personId, number, outlet: '示例网点' })
    if (card === 'card_and_e_card') await applyECard(work, { personId: registered.personId, app: 'app:12333' })
    return registered.personId
  })
  return { name, idNumber, personId, number }
}

/** Opens a matter at a counter as an officer. */
export function openMatter(site: BenefitSite, actor: Actor, body: object) {
  return site.run(
    (work) =>
      site.cases.open(work, {
        flow: 'card-matter',
        body,
        agency: region,
        subject: actor.kind === 'institution' ? { institutionId: actor.institutionId } : {},
        idempotencyKey: `matter-${++serial}`,
      }),
    actor,
  )
}

/** The number on the next blank card. */
export function nextCardNumber(): string {
  return `N42${String(++serial).padStart(6, '0')}`
}

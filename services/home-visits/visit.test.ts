import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, type Id, type PlainDate, readMigrations } from '../../ground/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  makeSyntheticIdNumber,
  recordAuthority,
  registerInstitution,
  registerPerson,
} from '../../people/door.ts'
import { recordNeed, registerTeam } from './needs.ts'
import { visitRoutes } from './routes.ts'
import { service } from './service.ts'

let site: BenefitSite
let full: Id
let light: Id
const region = '421300'

beforeAll(async () => {
  const migrations = [await readMigrations('svc_home_visits', new URL('./migrations/', import.meta.url))]
  site = await benefitSite({ region: '420000', on: '2026-05-11', service, migrations })
  const team = { agency: region, terminals: 1, authenticators: 1 }
  full = await site.run((work) => registerTeam(work, { ...team, name: '一队', cardMakers: 1 }))
  light = await site.run((work) => registerTeam(work, { ...team, name: '二队', cardMakers: 0 }))
})
afterAll(() => site.close())

const clerk = () => site.officer('accept', { agency: region })
const request = { reason: 'limited_mobility', matter: 'card_replacement', place: '示例镇示例村3组' }

function ask(actor: Actor, body: object, subject?: object) {
  return site.run((work) => {
    const own = subject ?? (actor.kind === 'person' ? { personId: actor.onBehalfOf ?? actor.personId } : {})
    const key = `ask-${JSON.stringify(body)}-${work.newId()}`
    return site.cases.open(work, { flow: 'home-visit', body, agency: region, subject: own, idempotencyKey: key })
  }, actor)
}

async function flagged(birthOn: PlainDate = '1960-01-02') {
  const person = await site.person({ agency: region, birthOn })
  await site.run((work) =>
    recordNeed(work, { personId: person.personId, reason: 'limited_mobility', evidence: '残疾人证' }),
  )
  return person
}

async function schedule(caseId: Id, on: PlainDate, more: object = {}) {
  return site.take(await clerk(), caseId, 'schedule', { teamId: full, on, slot: 'morning', ...more })
}

describe('B4-t1 a cardholder of limited mobility asks for a replacement', () => {
  it('an order is created, its kit includes the card-making machine, and the visit carries the matter', async () => {
    const { actor } = await flagged()
    const { caseId } = await ask(actor, request)
    expect((await site.view(caseId)).file).toMatchObject({
      status: 'requested',
      state: {
        plan: { cardMaker: true, terminal: true, authenticator: false, withinWorkingDays: 5 },
        dueOn: '2026-05-18',
      },
    })
    const tooLight = schedule(caseId, '2026-05-13', { teamId: light })
    await expect(tooLight).rejects.toMatchObject({ code: 'team_lacks_device', clause: 'B4.11' })
    await schedule(caseId, '2026-05-13')
    const early = site.take(await clerk(), caseId, 'recordVisit', { outcome: 'done', did: '补卡' })
    await expect(early).rejects.toMatchObject({ code: 'visit_not_yet' })
    site.moveTo('2026-05-13')
    const bare = site.take(await clerk(), caseId, 'recordVisit', { outcome: 'done', did: '补卡' })
    await expect(bare).rejects.toMatchObject({ code: 'case_needed', clause: 'B4.11' })
    const { number } = (await site.view(caseId)).file
    const done = { outcome: 'done', did: '补卡，当场启用', caseNumber: number }
    expect((await site.take(await clerk(), caseId, 'recordVisit', done)).status).toBe('done')
    await site.take(actor, caseId, 'rate', { stars: 5, text: '很方便' })
    site.moveTo('2026-05-11')
  })

  it('the case that a visit carried on is of whom was visited', async () => {
    const [one, other] = [await flagged(), await flagged()]
    const foreign = (await ask(other.actor, request)).caseId
    const { caseId } = await ask(one.actor, request)
    await schedule(caseId, '2026-05-11')
    const { number } = (await site.view(foreign)).file
    const wrong = { outcome: 'done', did: '补卡', caseNumber: number }
    await expect(site.take(await clerk(), caseId, 'recordVisit', wrong)).rejects.toMatchObject({
      code: 'case_of_another',
    })
  })
})

describe('B4.10 who may ask, and for whom', () => {
  it('a relative with a recorded authority, an officer, a village operator; not a stranger', async () => {
    const old = await flagged('1940-01-02')
    const relative = await site.person({ agency: region })
    await site.run((work) =>
      recordAuthority(work, {
        ...{ relation: 'relative', subjectPersonId: old.personId, agentPersonId: relative.personId },
        ...{ evidence: '户口簿', from: '2026-01-01' },
      }),
    )
    const acting = { ...relative.actor, onBehalfOf: old.personId } as Actor
    expect((await ask(acting, request)).status).toBe('requested')
    expect((await ask(await clerk(), { ...request, personId: old.personId })).status).toBe('requested')
    const village = await site.run(async (work) => {
      const institution = { code: 'V-1', name: '示例村便民点', kind: 'village_counter' as const, level: null }
      const institutionId = await registerInstitution(work, { ...institution, region: '421303' })
      const userId = await createUser(work, { login: 'village-1', displayName: '示例' })
      const assigned = await assign(work, { userId, role: 'village_operator', institutionId, from: '2024-01-01' })
      return assignmentActor(await getAssignment(work, assigned))
    })
    const idNumber = makeSyntheticIdNumber({ region: '421303', birthOn: '1935-05-05', sequence: 77 })
    const named = { idNumber, name: '示例·老人' }
    await site.run((work) => registerPerson(work, { ...named, homeRegion: '421303', agency: region }))
    const body = { ...request, reason: 'very_old', ...named }
    const own = village.kind === 'institution' ? { institutionId: village.institutionId } : {}
    expect((await ask(village, body, own)).status).toBe('requested')
    const wrong = ask(village, { ...body, name: '别人' }, own)
    await expect(wrong).rejects.toMatchObject({ code: 'visited_not_found' })
  })

  it.each([
    ['1946-05-11', undefined],
    ['1946-05-12', 'not_very_old'],
  ])('B4-o2 born %s: %s', async (birthOn, code) => {
    const { actor } = await site.person({ agency: region, birthOn })
    const asked = ask(actor, { ...request, reason: 'very_old' })
    if (code) await expect(asked).rejects.toMatchObject({ code })
    else expect((await asked).status).toBe('requested')
  })

  it('what is recorded once is not asked for again; what is not must be shown', async () => {
    const { actor } = await site.person({ agency: region })
    const ill = { ...request, reason: 'seriously_ill', matter: 'benefit_authentication' }
    await expect(ask(actor, ill)).rejects.toMatchObject({ code: 'need_not_shown', clause: 'B4.10' })
    expect((await ask(actor, { ...ill, evidenceShown: true })).status).toBe('requested')
    expect((await ask((await flagged()).actor, request)).status).toBe('requested')
  })
})

describe('the day of a team', () => {
  it('takes eight visits and no ninth, and is listed in the order of the day', async () => {
    const slots = ['evening', 'morning', 'afternoon', 'morning', 'morning', 'morning', 'morning', 'morning']
    for (const slot of slots) {
      const { caseId } = await ask((await flagged()).actor, request)
      await schedule(caseId, '2026-05-14', { slot })
    }
    const ninth = (await ask((await flagged()).actor, request)).caseId
    await expect(schedule(ninth, '2026-05-14')).rejects.toMatchObject({ code: 'team_is_full' })
    await expect(schedule(ninth, '2026-05-19')).rejects.toMatchObject({ code: 'later_than_term' })
    await schedule(ninth, '2026-05-19', { askedByPerson: true })
    const route = visitRoutes({ rulebook: site.rulebook, cases: () => site.cases }).find(
      ({ path }) => path === '/route',
    )
    const query = { teamId: full, on: '2026-05-14' }
    const list = await site.run(async (work) => route?.handle(work, { params: {}, query, body: {} }), await clerk())
    expect(list).toMatchObject({
      stops: { length: 8, 0: { slot: 'morning' }, 6: { slot: 'afternoon' }, 7: { slot: 'evening' } },
    })
  })

  it('a visit that failed is scheduled anew, and one may be cancelled by whoever asked', async () => {
    const { actor } = await flagged()
    const { caseId } = await ask(actor, request)
    await schedule(caseId, '2026-05-11')
    const failed = { outcome: 'failed', did: '家中无人' }
    expect((await site.take(await clerk(), caseId, 'recordVisit', failed)).status).toBe('requested')
    expect((await site.view(caseId)).file.state).toMatchObject({ attempts: 1, appointment: null })
    await schedule(caseId, '2026-05-12')
    expect((await site.take(actor, caseId, 'cancel', { reason: '已到网点办' })).status).toBe('cancelled')
  })
})

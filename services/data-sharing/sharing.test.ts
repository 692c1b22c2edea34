import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticesOf } from '../../cases/door.ts'
import { sendMessage } from '../../exchange/door.ts'
import type { Actor, Id } from '../../ground/door.ts'
import { openRulebook } from '../../law/door.ts'
import {
  accessLogOf,
  beginBenefitSpell,
  benefitSpellsOf,
  contributedMonths,
  getPerson,
  recordCertificate,
  recordDeath,
  recordPersonContributions,
  sharedSourcesOf,
} from '../../people/door.ts'
import type { Service } from '../contract.ts'
import { messageKinds } from './messages-between.ts'
import { person, type SharingNation, type SharingRegion, sharingNation } from './sharing.testing.ts'

let nation: SharingNation
let gansu: SharingRegion
let jiangsu: SharingRegion
let nth = 0
let keys = 0

beforeAll(async () => {
  nation = await sharingNation()
  ;({ gansu, jiangsu } = nation)
  await nation.deliver()
})
afterAll(() => nation.close())

/** Somebody whom both regions know. */
async function mover() {
  nth++
  return { here: await person(gansu, nth), there: await person(jiangsu, nth) }
}

function open(actor: Actor, flow: string, body: object) {
  const subject = actor.kind === 'person' ? { personId: actor.personId } : {}
  const request = { flow, body, agency: '620000', subject, idempotencyKey: `open-${++keys}` }
  return gansu.run((work) => gansu.cases.open(work, request), actor)
}

async function take(actor: Actor, caseId: Id, step: string, body: object = {}) {
  return gansu.run(async (work) => {
    const { file } = await gansu.cases.get(work, caseId)
    return gansu.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
  }, actor)
}

const view = (caseId: Id) => gansu.run((work) => gansu.cases.get(work, caseId))

const terms = {
  purpose: 'subsidy_application',
  kinds: ['unemployment_months', 'certificates', 'benefits'],
  regions: ['320000'],
  until: '2026-12-31',
}

async function consent(actor: Actor, changes: object = {}) {
  return open(actor, 'data-consent', { ...terms, ...changes })
}

async function ask(actor: Actor, number: string, changes: object = {}) {
  const { purpose, kinds } = terms
  const body = { region: '320000', purpose, kinds, permission: { by: 'consent', number }, ...changes }
  return open(actor, 'data-question', body)
}

const payMonths = (region: SharingRegion, personId: Id, months: readonly string[], baseFen = 500_000) =>
  region.run((work) =>
    recordPersonContributions(
      work,
      months.map((month) => ({
        ...{ personId, insurance: 'unemployment' as const, month, employerId: null, baseFen, paidOn: `${month}-20` },
      })),
    ),
  )

const monthsKnown = (personId: Id) =>
  gansu.run((work) => contributedMonths(work, personId, { insurance: 'unemployment', before: work.today }, 'test'))

describe('B2.03: what another region knows is asked there, by consent', () => {
  it('enters the registers with its source, and the person sees on both sides what was told', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01', '2025-02', '2025-03'])
    const { number } = await consent(here.actor)
    const { caseId, number: question } = await ask(here.actor, number)
    expect((await view(caseId)).file.status).toBe('waiting')
    await nation.deliver()
    expect((await view(caseId)).file).toMatchObject({
      status: 'answered',
      state: { answer: { known: true, taken: 3, told: { unemployment_months: 3, certificates: 0, benefits: 0 } } },
    })
    expect((await monthsKnown(here.personId)).months).toBe(3)
    const sources = await gansu.run((work) => sharedSourcesOf(work, here.personId, 'test'))
    expect(sources.map(({ reference, region, answer }) => [reference, region, answer])[0]).toEqual([
      'unemployment 2025-01',
      '320000',
      question,
    ])
    const log = await jiangsu.run((work) => accessLogOf(work, there.personId))
    expect(log.some(({ purpose }) => purpose === `数据共享：提供给甘肃省，${question}（${number}）`)).toBe(true)
    const shared = jiangsu.parts.routes.find(({ path }) => path === '/shared')
    const seen = await jiangsu.run(
      (work) => shared?.handle(work, { params: {}, query: {}, body: undefined }) ?? Promise.resolve(),
      there.actor,
    )
    expect(seen).toMatchObject({ told: [{ region: '620000', question, refused: null }] })
  })

  it('tells only what was asked, and nothing of somebody it does not know', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01'])
    const { number } = await consent(here.actor)
    const one = await ask(here.actor, number, { kinds: ['certificates'] })
    const stranger = await person(gansu, ++nth)
    const own = await consent(stranger.actor)
    const other = await ask(stranger.actor, own.number)
    await nation.deliver()
    expect((await view(one.caseId)).file.state).toMatchObject({ answer: { told: { certificates: 0 }, taken: 0 } })
    expect((await monthsKnown(here.personId)).months).toBe(0)
    expect((await view(other.caseId)).file.state).toMatchObject({ answer: { known: false, taken: 0 } })
  })

  it('a form asks one thing fewer (A2.05, B3.07): benefits that read the contribution records know the months, with no change to them', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01', '2025-02'])
    const readers = await benefitsOfPersonsThatRead('contribution_records')
    expect(readers.length).toBeGreaterThan(0)
    const factsOf = () =>
      gansu.run((work) =>
        Promise.all(
          readers.map(async (benefit) => {
            const question = { on: work.today, agency: '620000', answers: {} }
            const { facts } = await benefit.gather(work, { kind: 'person', id: here.personId }, question)
            return facts
          }),
        ),
      )
    expect((await factsOf()).map(({ monthsPaid }) => monthsPaid)).toContain(0)
    const { number } = await consent(here.actor)
    await ask(here.actor, number)
    await nation.deliver()
    expect((await factsOf()).map(({ monthsPaid }) => monthsPaid)).toContain(2)
  })

  it('a consent is narrow: another region, purpose or kind, another person, too long', async () => {
    const { here } = await mover()
    const { number } = await consent(here.actor)
    const refused = (code: string) => expect.objectContaining({ code })
    await expect(ask(here.actor, number, { purpose: 'relation_transfer' })).rejects.toEqual(refused('consent_narrower'))
    await expect(ask(here.actor, number, { kinds: ['death'] })).rejects.toEqual(refused('consent_narrower'))
    await expect(ask(here.actor, number, { region: '650000' })).rejects.toEqual(refused('consent_narrower'))
    const other = await person(gansu, ++nth)
    await expect(ask(other.actor, number)).rejects.toEqual(refused('consent_not_in_force'))
    await expect(consent(here.actor, { until: '2027-05-12' })).rejects.toEqual(refused('consent_too_long'))
    await expect(consent(here.actor, { until: '2027-05-11' })).resolves.toBeDefined()
    const basis = { by: 'basis', basis: 'fund_audit' }
    await expect(ask(here.actor, number, { permission: basis })).rejects.toEqual(refused('basis_is_for_officers'))
  })

  it('a withdrawn consent is worth nothing any more, here and over there', async () => {
    const { here, there } = await mover()
    const { number, caseId } = await consent(here.actor)
    await take(here.actor, caseId, 'withdraw')
    await expect(ask(here.actor, number)).rejects.toMatchObject({ code: 'consent_not_in_force' })
    // A question that was on its way when the withdrawal came: told over there first.
    const second = await consent(here.actor)
    const withdrawal = { kind: messageKinds.withdrawn, version: 1, body: { consent: second.number } }
    await gansu.run((work) => sendMessage(work, { to: '320000', ...withdrawal }))
    await nation.deliver()
    const question = await ask(here.actor, second.number)
    await nation.deliver()
    const { status, state } = (await view(question.caseId)).file
    expect([status, state]).toEqual(['not_told', expect.objectContaining({ refusedFor: 'consent_withdrawn' })])
    const shared = jiangsu.parts.routes.find(({ path }) => path === '/shared')
    const seen = await jiangsu.run(
      (work) => shared?.handle(work, { params: {}, query: {}, body: undefined }) ?? Promise.resolve(),
      there.actor,
    )
    expect(seen).toMatchObject({ told: [{ refused: 'consent_withdrawn' }] })
  })

  it('an officer asks on a listed legal basis without consent; one that is not listed is refused over there', async () => {
    const { here, there } = await mover()
    const officer = await gansu.officer('accept')
    const asking = (kinds: string[]) =>
      open(officer, 'data-question', {
        ...{ personId: here.personId, region: '320000', purpose: 'fund_safety', kinds },
        permission: { by: 'basis', basis: 'double_benefit_check' },
      })
    const benefit = { personId: there.personId, kind: 'unemployment_benefit', agency: '320000', from: '2026-03' }
    await jiangsu.run((work) => beginBenefitSpell(work, { ...benefit, caseId: work.newId() }))
    const listed = await asking(['benefits'])
    const unlisted = await asking(['certificates'])
    await nation.deliver()
    expect((await view(unlisted.caseId)).file).toMatchObject({
      status: 'not_told',
      state: { refusedFor: 'basis_not_listed' },
    })
    expect((await view(listed.caseId)).file.state).toMatchObject({ answer: { told: { benefits: 1 } } })
    const spells = await gansu.run((work) => benefitSpellsOf(work, here.personId, {}, 'test'))
    expect(spells).toMatchObject([{ kind: 'unemployment_benefit', agency: '320000', from: '2026-03' }])
  })
})

describe('B2-o1: when it does not go as it should', () => {
  it('a partner who is silent: the person is told, states it and promises; what comes later is compared and a difference is a task', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01', '2025-02'])
    const { number } = await consent(here.actor)
    const { caseId } = await ask(here.actor, number, { kinds: ['unemployment_months'] })
    await nation.moveTo('2026-05-14')
    expect((await view(caseId)).file.status).toBe('waiting')
    await nation.moveTo('2026-05-15')
    expect((await view(caseId)).file.status).toBe('unanswered')
    const notices = await gansu.run((work) => noticesOf(work, { personId: here.personId }))
    expect(notices.map(({ code }) => code)).toContain('notice.unanswered')
    await expect(take(here.actor, caseId, 'promise', { stated: {}, promised: true })).rejects.toMatchObject({
      problems: [{ path: 'body.stated.unemployment_months' }],
    })
    await take(here.actor, caseId, 'promise', { stated: { unemployment_months: 12 }, promised: true })
    await nation.deliver()
    const { file } = await view(caseId)
    expect(file).toMatchObject({
      status: 'different',
      state: { answer: { differences: [{ code: 'difference.unemployment_months', params: { stated: 12, told: 2 } }] } },
    })
    const review = await gansu.officer('review')
    await take(review, caseId, 'settle', { outcome: 'told_stands', opinion: '以缴费记录为准' })
    expect((await view(caseId)).file.status).toBe('answered')
    await take(here.actor, caseId, 'object', { grounds: '还有十个月没有记上' })
    const approve = await gansu.officer('approve')
    await take(approve, caseId, 'decideObjection', { outcome: 'set_aside', reasons: '重新核对' })
    expect((await view(caseId)).file.status).toBe('different')
  })

  it('a promise that was true is only noted', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01', '2025-02'])
    const { number } = await consent(here.actor)
    const { caseId } = await ask(here.actor, number, { kinds: ['unemployment_months'] })
    await nation.moveTo('2026-05-22')
    await take(here.actor, caseId, 'promise', { stated: { unemployment_months: 2 }, promised: true })
    await nation.deliver()
    expect((await view(caseId)).file.status).toBe('answered')
  })

  it('a stale answer is asked again while the consent stands, and lapses after it', async () => {
    const { here, there } = await mover()
    await payMonths(jiangsu, there.personId, ['2025-01'])
    const { number } = await consent(here.actor, { until: '2026-07-01' })
    const { caseId } = await ask(here.actor, number)
    await nation.deliver()
    await payMonths(jiangsu, there.personId, ['2025-02'])
    await nation.moveTo('2026-06-21')
    expect((await view(caseId)).file.status).toBe('answered')
    await nation.moveTo('2026-06-22')
    expect((await view(caseId)).file.status).toBe('waiting')
    await nation.deliver()
    expect((await monthsKnown(here.personId)).months).toBe(2)
    await nation.moveTo('2026-07-23')
    expect((await view(caseId)).file.status).toBe('lapsed')
  })

  it('what cannot both be true is not taken but looked into: a benefit drawn twice, a month paid twice, a death', async () => {
    const { here, there } = await mover()
    const spell = { kind: 'unemployment_benefit', from: '2026-03' }
    for (const [region, { personId }] of [
      [gansu, here],
      [jiangsu, there],
    ] as const) {
      await region.run((work) =>
        beginBenefitSpell(work, { ...spell, personId, agency: region.region, caseId: work.newId() }),
      )
    }
    await payMonths(gansu, here.personId, ['2025-01'], 400_000)
    await payMonths(jiangsu, there.personId, ['2025-01', '2025-02'])
    await jiangsu.run((work) => recordDeath(work, there.personId, '2026-05-10'))
    const { number } = await consent(here.actor, { kinds: ['unemployment_months', 'benefits', 'death'] })
    const { caseId } = await ask(here.actor, number, { kinds: ['unemployment_months', 'benefits', 'death'] })
    await nation.deliver()
    expect((await view(caseId)).file).toMatchObject({
      status: 'different',
      state: {
        answer: {
          taken: 1,
          differences: [
            { code: 'difference.months_twice', params: { count: 1 } },
            { code: 'difference.benefit_twice' },
            { code: 'difference.death', params: { diedOn: '2026-05-10' } },
          ],
        },
      },
    })
    const before = await gansu.run((work) => getPerson(work, here.personId, 'test'))
    expect(before.diedOn).toBeNull()
    await take(await gansu.officer('review'), caseId, 'settle', { outcome: 'told_stands', opinion: '已与家属核实' })
    const after = await gansu.run((work) => getPerson(work, here.personId, 'test'))
    expect(after.diedOn).toBe('2026-05-10')
  })

  it('certificates come too, each once', async () => {
    const { here, there } = await mover()
    await jiangsu.run((work) =>
      recordCertificate(work, {
        ...{
          personId: there.personId,
          number: 'S000001234567',
          kind: 'skill_level',
          occupation: '6-18-02-04',
          level: 4,
        },
        ...{ issuedOn: '2025-03-01', issuer: '示例鉴定站' },
      }),
    )
    const { number } = await consent(here.actor)
    for (const expected of [1, 0]) {
      const { caseId } = await ask(here.actor, number)
      await nation.deliver()
      expect((await view(caseId)).file.state).toMatchObject({ answer: { taken: expected } })
    }
  })
})

/** The benefits of the house for persons whose source names a register, whatever service they are of. */
async function benefitsOfPersonsThatRead(register: string) {
  const folder = new URL('../', import.meta.url)
  const reading = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) =>
      entry.isDirectory() &&
      readdirSync(new URL(`${entry.name}/`, folder)).some(
        (name) =>
          /^[a-z-]+\.ts$/.test(name) &&
          readFileSync(new URL(`${entry.name}/${name}`, folder), 'utf8').includes(`monthsPaid: '${register}'`),
      ),
  )
  const services = await Promise.all(
    reading.map(async ({ name }): Promise<{ service: Service }> => import(new URL(`${name}/service.ts`, folder).href)),
  )
  return services.flatMap(({ service }) => {
    const tools = { rulebook: openRulebook(service.id, service.folder), cases: () => gansu.cases }
    return (service.create(tools).benefits ?? []).flatMap(({ benefit }) =>
      benefit.applicant === 'person' ? [benefit] : [],
    )
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../ground/door.ts'
import { endEnrolment, enrolmentsOf, type NewAuthority, recordAuthority, recordDeath } from '../../people/door.ts'
import { upsertControlRule } from '../../registers/door.ts'
import { longTermInUrumqi, look, open, referralToNanjing, reviewedFiling, statusOf, take } from './journey.testing.ts'
import {
  callRoute,
  officer,
  type TestNation,
  type TestPerson,
  type TestRegion,
  testEmployer,
  testNation,
  testPerson,
} from './nation.testing.ts'
import type { InjuryRow } from './tables.ts'

/** What Xinjiang knows of a person's filings for it. */
async function toldTo(host: TestRegion, person: TestPerson): Promise<unknown> {
  return callRoute(host, await officer(host, 'accept'), '/visiting-filings', { query: { card: person.cardNumber } })
}

describe('who files', () => {
  let nation: TestNation
  beforeAll(async () => {
    nation = await testNation({ regions: ['320000', '650000'] })
  })
  afterAll(() => nation.close())

  const posted = { ...longTermInUrumqi, filingClass: 'posted_work' }
  const fromUrumqi = { filingClass: 'referral', treatmentRegion: '320100', opinion: referralToNanjing.opinion }

  /** Somebody with a person or an employer who may have authority to act for them. */
  async function subjectAndAgents(region: string, agency: string) {
    const home = nation.region(region)
    const { employerId, officer: employer } = await testEmployer(home, agency)
    const person = await testPerson(home, agency, { employer_id: employerId })
    const agent = await testPerson(home, agency)
    return { home, person, agent, employerId, employer }
  }

  type Agents = Awaited<ReturnType<typeof subjectAndAgents>>

  function onBehalf({ person, agent }: Agents): Actor {
    if (agent.actor.kind !== 'person') throw new Error('a person was expected')
    return { ...agent.actor, onBehalfOf: person.personId }
  }

  function authority(agents: Agents, relation: NewAuthority['relation']): Promise<unknown> {
    const terms = { subjectPersonId: agents.person.personId, evidence: '示例授权', from: '2026-01-01' }
    return agents.home.run((work) =>
      relation === 'employer_officer'
        ? recordAuthority(work, { relation, agentEmployerId: agents.employerId, ...terms })
        : recordAuthority(work, { relation, agentPersonId: agents.agent.personId, ...terms }),
    )
  }

  const cases: Array<
    [string, string, string, object, NewAuthority['relation'] | null, 'agent' | 'employer', string | null, string]
  > = [
    ['A1.12: a relative with authority', '320000', '320100', longTermInUrumqi, 'relative', 'agent', null, 'A1.11'],
    [
      'A1.12: a relative without authority',
      '320000',
      '320100',
      longTermInUrumqi,
      null,
      'agent',
      'authority_missing',
      'A1.12',
    ],
    [
      'A1.12: the employer’s officer with authority',
      '320000',
      '320100',
      posted,
      'employer_officer',
      'employer',
      null,
      'A1.11',
    ],
    [
      'A1.12: the employer’s officer without authority',
      '320000',
      '320100',
      posted,
      null,
      'employer',
      'authority_missing',
      'A1.12',
    ],
    ['A3-t7: a close relative asks for a referral', '650000', '650100', fromUrumqi, 'relative', 'agent', null, 'A3.12'],
    [
      'A3-t7: a colleague, whatever they were entrusted with',
      '650000',
      '650100',
      fromUrumqi,
      'entrusted',
      'agent',
      'applicant_not_entitled',
      'A3.11',
    ],
    [
      'A3.11: the employer’s officer asks for a referral',
      '650000',
      '650100',
      fromUrumqi,
      'employer_officer',
      'employer',
      'applicant_not_entitled',
      'A3.11',
    ],
  ]
  it.each(cases)('%s', async (_, region, agency, form, relation, by, reason, because) => {
    const agents = await subjectAndAgents(region, agency)
    if (relation) await authority(agents, relation)
    const { home, person, employer } = agents
    const [actor, subject] =
      by === 'employer'
        ? [employer, { employerId: agents.employerId }]
        : [onBehalf(agents), { personId: person.personId }]
    const { caseId } = await open(home, actor, 'filing', { ...form, personId: person.personId }, { agency, subject })
    await take(home, await officer(home, 'accept', agency), caseId, 'accept', { outcome: 'accepted' })
    const outcome = reason ? 'refused' : 'approved'
    const review = { outcome, opinion: '按规定办理' }
    await take(home, await officer(home, 'review', agency), caseId, 'review', review)
    const [, , reviewed] = await home.run((work) => home.cases.history(work, caseId))
    expect(reviewed?.decision).toMatchObject({ decision: { reason, because } })
    expect(await statusOf(home, caseId)).toBe(reason ? 'refused' : 'effective')
  })

  it('A1.12: the authority counts as it was on the day of application, even if it has ended since', async () => {
    const agents = await subjectAndAgents('320000', '320100')
    const { home, person, agent } = agents
    const terms = { subjectPersonId: person.personId, evidence: '示例授权', from: '2026-01-01', to: '2026-05-11' }
    await home.run((work) => recordAuthority(work, { relation: 'relative', agentPersonId: agent.personId, ...terms }))
    const filing = await open(home, onBehalf(agents), 'filing', longTermInUrumqi, { agency: '320100' })
    await nation.moveTo('2026-05-12')
    await take(home, await officer(home, 'accept', '320100'), filing.caseId, 'accept', { outcome: 'accepted' })
    const approved = { outcome: 'approved', opinion: '符合规定' }
    await take(home, await officer(home, 'review', '320100'), filing.caseId, 'review', approved)
    expect(await statusOf(home, filing.caseId)).toBe('effective')
  })

  it('A1.12: the counter files for the person who stands in front of it', async () => {
    const home = nation.region('320000')
    const person = await testPerson(home, '320100')
    const counter = await officer(home, 'accept', '320100')
    const filing = await open(home, counter, 'filing', { ...longTermInUrumqi, personId: person.personId })
    expect((await look(home, home.flows.filing, filing.caseId)).state).toMatchObject({ applicant: 'self' })
    await expect(open(home, counter, 'filing', longTermInUrumqi)).rejects.toMatchObject({
      problems: [{ path: 'personId' }],
    })
  })
})

describe('an application on its way', () => {
  let nation: TestNation
  let home: TestRegion
  beforeAll(async () => {
    nation = await testNation({ regions: ['320000', '650000'] })
    home = nation.region('320000')
  })
  afterAll(() => nation.close())

  const as = (role: string) => officer(home, role, '320100')

  async function submitted(injury: Partial<InjuryRow> = {}) {
    const person = await testPerson(home, '320100', injury)
    const { caseId } = await open(home, person.actor, 'filing', longTermInUrumqi, { agency: '320100' })
    return { person, caseId }
  }

  const reviewTerm = async (caseId: string) => (await home.run((work) => home.cases.get(work, caseId))).deadlines[0]

  it('B3.10: an acceptance that hits a high rule goes one level up; whoever accepted does not approve it', async () => {
    const rule = { code: 'wi_third_party', level: 'high', name: { zh: '第三人责任', en: 'Third party' } }
    const source = { from: '2024-04-01', source: 'B3.09', assumed: true, service: 'work-injury-settlement' }
    await home.run((work) => upsertControlRule(work, { ...rule, ...source }))
    const { caseId } = await submitted({ third_party_liable: true })
    const body = { outcome: 'accepted' }
    const risk = await home.run(
      (work) => home.cases.previewRisk(work, { caseId, step: 'accept', body }),
      await as('accept'),
    )
    expect(risk).toEqual({ level: 'high', hits: [{ rule: 'wi_third_party', level: 'high' }] })
    await take(home, await as('accept'), caseId, 'accept', body)
    expect(await statusOf(home, caseId)).toBe('awaiting_superior')
    expect((await home.run((work) => home.cases.get(work, caseId))).risks).toMatchObject([{ level: 'high' }])
    await take(home, await as('approve'), caseId, 'approveRisk', { outcome: 'approved', opinion: '核实无误' })
    expect(await statusOf(home, caseId)).toBe('accepted')
  })

  it('not accepted, with a reason and a receipt; the objection sends it back to be accepted', async () => {
    const { person, caseId } = await submitted()
    await expect(take(home, await as('accept'), caseId, 'accept', { outcome: 'not_accepted' })).rejects.toMatchObject({
      problems: [{ path: 'reason' }],
    })
    await take(home, await as('accept'), caseId, 'accept', { outcome: 'not_accepted', reason: '不属本机构管辖' })
    const [receipt] = await home.run((work) => home.cases.receipts(work, caseId))
    expect(receipt).toMatchObject({
      kind: 'not_accepted',
      reason: { code: 'receipt.filing_not_accepted', params: { reason: '不属本机构管辖' } },
    })
    await take(home, person.actor, caseId, 'object', { grounds: '参保地就在本市' })
    await take(home, await as('approve'), caseId, 'decideObjection', { outcome: 'set_aside', reasons: '理由成立' })
    expect(await statusOf(home, caseId)).toBe('submitted')
    await take(home, await as('accept'), caseId, 'accept', { outcome: 'accepted' })
    expect(await statusOf(home, caseId)).toBe('accepted')
  })

  it('A1-o4: five working days to decide; one request to complete stops the clock', async () => {
    const { person, caseId } = await submitted()
    expect(await reviewTerm(caseId)).toMatchObject({ state: 'running', dueOn: '2026-05-18' })
    const missing = { missing: ['居住证明'] }
    await take(home, await as('accept'), caseId, 'requestCompletion', missing)
    expect(await reviewTerm(caseId)).toMatchObject({ state: 'stopped', remainingDays: 5 })
    await nation.moveTo('2026-05-14')
    await take(home, person.actor, caseId, 'complete', { note: '已补交' })
    expect(await reviewTerm(caseId)).toMatchObject({ state: 'running', dueOn: '2026-05-21' })
    await expect(take(home, await as('accept'), caseId, 'requestCompletion', missing)).rejects.toMatchObject({
      code: 'completion_already_requested',
    })
    await take(home, await as('accept'), caseId, 'accept', { outcome: 'accepted' })
    await take(home, await as('review'), caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
    expect(await reviewTerm(caseId)).toMatchObject({ state: 'met' })
  })

  it('withdrawn before it is accepted; rated once when it is done', async () => {
    const first = await submitted()
    await take(home, first.person.actor, first.caseId, 'withdraw', { reason: '不去了' })
    expect(await statusOf(home, first.caseId)).toBe('withdrawn')
    const { person, caseId } = await submitted()
    await take(home, await as('accept'), caseId, 'accept', { outcome: 'accepted' })
    await take(home, await as('review'), caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
    await take(home, person.actor, caseId, 'rate', { stars: 5, text: '很快' })
    await expect(take(home, person.actor, caseId, 'rate', { stars: 1, text: '' })).rejects.toMatchObject({
      code: 'already_rated',
    })
  })
})

describe('A1.13, A1.16: a filing of Jiangsu, open-ended with a lock of six months', () => {
  let nation: TestNation
  let home: TestRegion
  beforeAll(async () => {
    nation = await testNation()
    home = nation.region('320000')
  })
  afterAll(() => nation.close())

  async function effective() {
    const person = await testPerson(home, '320100')
    const { caseId } = await reviewedFiling(nation, home, '320100', person, longTermInUrumqi, {
      effectiveOn: '2026-05-11',
    })
    return { person, caseId }
  }

  it('is changed by a new referral at any time: the old place hears that it ended, the new one what holds', async () => {
    const { person, caseId } = await effective()
    const { opinion } = referralToNanjing
    await take(home, person.actor, caseId, 'requestChange', { treatmentRegion: '620100', opinion, note: '转诊' })
    const review = { outcome: 'approved', opinion: '病情需要' }
    await take(home, await officer(home, 'review', '320100'), caseId, 'reviewChange', review)
    await nation.settleMessages()
    expect(await toldTo(nation.region('650000'), person)).toMatchObject({ rows: [{ state: 'ended' }] })
    expect(await toldTo(nation.region('620000'), person)).toMatchObject({
      rows: [{ state: 'effective', filingClass: 'referral', treatmentRegion: '620100', validTo: '2026-11-11' }],
    })
  })

  it('A1.16: needs no extension', async () => {
    const { person, caseId } = await effective()
    await expect(take(home, person.actor, caseId, 'extend')).rejects.toMatchObject({
      code: 'extension_not_needed',
      clause: 'A1.16',
    })
  })

  it('ends with the death of the person, although their card has ended with them', async () => {
    const { person, caseId } = await effective()
    await home.run((work) => recordDeath(work, person.personId, work.today))
    await take(home, await officer(home, 'accept', '320100'), caseId, 'end', { reason: 'death' })
    await nation.settleMessages()
    expect(await statusOf(home, caseId)).toBe('ended')
    expect(await toldTo(nation.region('650000'), person)).toMatchObject({ rows: [{ state: 'ended' }] })
  })

  it('ends when the insured region changes', async () => {
    const { person, caseId } = await effective()
    await home.run(async (work) => {
      const [enrolment] = await enrolmentsOf(work, person.personId, { on: work.today }, 'test')
      await endEnrolment(work, { enrolmentId: enrolment?.enrolmentId ?? '', to: work.today })
    })
    await take(home, await officer(home, 'accept', '320100'), caseId, 'end', { reason: 'insured_region_changed' })
    await nation.settleMessages()
    expect(await look(home, home.flows.filing, caseId)).toMatchObject({
      status: 'ended',
      state: { endReason: 'insured_region_changed', validity: { validTo: '2026-05-11' } },
    })
  })

  it('is neither changed nor cancelled on the last day of the lock, and both on the day after', async () => {
    const [changed, cancelled, kept] = [await effective(), await effective(), await effective()]
    const change = { treatmentRegion: '650200', note: '搬家' }
    const ask = () => take(home, changed.person.actor, changed.caseId, 'requestChange', change)
    const cancel = () => take(home, cancelled.person.actor, cancelled.caseId, 'cancel', { reason: '回南京' })
    await nation.moveTo('2026-11-10')
    for (const refused of [ask, cancel]) {
      await expect(refused()).rejects.toMatchObject({ code: 'change_inside_lock', clause: 'A1.13' })
    }
    await nation.moveTo('2026-11-11')
    await ask()
    await cancel()
    const approved = { outcome: 'approved', opinion: '符合规定' }
    await take(home, await officer(home, 'review', '320100'), changed.caseId, 'reviewChange', approved)
    await take(home, kept.person.actor, kept.caseId, 'requestChange', change)
    const refused = { outcome: 'refused', opinion: '材料不足' }
    await take(home, await officer(home, 'review', '320100'), kept.caseId, 'reviewChange', refused)
    await nation.settleMessages()
    const host = nation.region('650000')
    expect(await toldTo(host, changed.person)).toMatchObject({
      rows: [{ state: 'effective', treatmentRegion: '650200' }],
    })
    expect(await toldTo(host, cancelled.person)).toMatchObject({ rows: [{ state: 'ended', validTo: '2026-11-11' }] })
    expect(await toldTo(host, kept.person)).toMatchObject({ rows: [{ state: 'effective', treatmentRegion: '650100' }] })
  })
})

describe('A3.06, A3.07: a filing of Xinjiang, valid for a year', () => {
  let nation: TestNation
  let home: TestRegion
  const toNanjing = { ...longTermInUrumqi, treatmentRegion: '320100', residenceSince: '2024-05-01' }
  const people = new Map<string, { person: TestPerson; caseId: string }>()
  beforeAll(async () => {
    nation = await testNation({ regions: ['320000', '650000'], now: '2024-12-31T01:00:00.000Z' })
    home = nation.region('650000')
    for (const name of ['in time', 'late', 'expiring']) {
      const person = await testPerson(home, '650100')
      const { caseId } = await reviewedFiling(nation, home, '650100', person, toNanjing)
      people.set(name, { person, caseId })
    }
  })
  afterAll(() => nation.close())

  const known = (name: string) => {
    const found = people.get(name)
    if (!found) throw new Error(`nobody is ${name}`)
    return found
  }
  const extend = (name: string) => take(home, known(name).person.actor, known(name).caseId, 'extend')

  it('A3-t1: is approved for a year', async () => {
    const { state } = await look(home, home.flows.filing, known('in time').caseId)
    expect(state.validity).toMatchObject({ validFrom: '2024-12-31', validTo: '2025-12-31', lockEndsOn: '2024-12-31' })
  })

  it('A3-t3: valid through 2025-12-31: asked for on 2025-12-17 it is extended by a year', async () => {
    await nation.moveTo('2025-12-17')
    await extend('in time')
    const { caseId, person } = known('in time')
    const approved = { outcome: 'approved', opinion: '符合规定' }
    await take(home, await officer(home, 'review', '650100'), caseId, 'reviewExtension', approved)
    await nation.settleMessages()
    expect(await toldTo(nation.region('320000'), person)).toMatchObject({ rows: [{ validTo: '2026-12-31' }] })
  })

  it.each(['2025-12-18', '2025-12-22'])('A3-t3: asked for on %s it is late', async (on) => {
    await nation.moveTo(on)
    await expect(extend('late')).rejects.toMatchObject({ code: 'extension_late', clause: 'A3.07' })
  })

  it('expires by itself on the day after its last day', async () => {
    await nation.moveTo('2025-12-31')
    expect(await statusOf(home, known('expiring').caseId)).toBe('effective')
    await nation.moveTo('2026-01-01')
    expect(await statusOf(home, known('expiring').caseId)).toBe('expired')
    expect(await statusOf(home, known('in time').caseId)).toBe('effective')
  })

  it('A3.08: is changed within its validity after review, without a lock', async () => {
    const { person, caseId } = known('in time')
    await take(home, person.actor, caseId, 'requestChange', { treatmentRegion: '320200', note: '随子女搬家' })
    const approved = { outcome: 'approved', opinion: '符合规定' }
    await take(home, await officer(home, 'review', '650100'), caseId, 'reviewChange', approved)
    await nation.settleMessages()
    expect(await toldTo(nation.region('320000'), person)).toMatchObject({
      rows: [{ treatmentRegion: '320200', validFrom: '2026-01-01', validTo: '2027-01-01' }],
    })
  })

  it('A3.12: a referral is not extended', async () => {
    const person = await testPerson(home, '650100')
    const { caseId } = await reviewedFiling(nation, home, '650100', person, referralToNanjing)
    await expect(take(home, person.actor, caseId, 'extend')).rejects.toMatchObject({
      code: 'referral_not_extended',
      clause: 'A3.12',
    })
  })
})

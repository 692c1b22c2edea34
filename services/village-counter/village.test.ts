import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticesOf } from '../../cases/door.ts'
import { type Actor, type Id, must } from '../../ground/door.ts'
import {
  assign,
  beginBenefitSpell,
  enrolmentsOf,
  findPeople,
  getPerson,
  issueCard,
  recordPersonContributions,
} from '../../people/door.ts'
import { controlRules } from './control-rules.ts'
import { coverage, distanceMetres } from './counters.ts'
import { shorteningOf } from './figures.ts'
import { matterState, matters } from './matters.ts'
import { openVillage, type Village, villager } from './village.testing.ts'

let village: Village
let operator: Actor
beforeAll(async () => {
  village = await openVillage()
  operator = village.operator
})
afterAll(() => village.close())

let nth = 0
const registration = () => ({ matter: 'registration', details: { level: 3 }, ...villager(++nth) })
const fileOf = async (caseId: Id) => (await village.run((work) => village.cases.get(work, caseId))).file

const preview = (actor: Actor, body: object) =>
  village.run(
    (work) => village.cases.previewRisk(work, { flow: 'village-matter', body, subject: {}, agency: '340123' }),
    actor,
  )

/** Somebody who is insured since their registration was accepted and reviewed, and has a card with an account. */
async function insured(birthOn = '1980-03-07'): Promise<{ idNumber: string; name: string; personId: Id }> {
  const who = villager(++nth, birthOn)
  const { caseId } = await village.accept(operator, { matter: 'registration', details: { level: 3 }, ...who })
  if ((await fileOf(caseId)).status === 'superior') {
    await village.take(village.approve, caseId, 'approveRisk', { outcome: 'approved', opinion: '同意' })
  }
  await village.take(village.review, caseId, 'review', { outcome: 'done', opinion: '属实' })
  const personId = (await fileOf(caseId)).subject.personId ?? ''
  const bank = { name: '示例银行', accountNumber: `6217${String(nth).padStart(12, '0')}` }
  await village.run((work) =>
    issueCard(work, { personId, number: `V${String(nth).padStart(8, '0')}`, outlet: '示例网点', bank }),
  )
  return { ...who, personId }
}

describe('B3.02: five levels run as one', () => {
  it('low risk: accepted in the village, done by the county, and entered in the registers', async () => {
    const who = registration()
    const { caseId, status } = await village.accept(operator, who)
    expect(status).toBe('accepted')
    expect(await fileOf(caseId)).toMatchObject({ agency: '340123', riskLevel: 'low' })
    await village.take(village.review, caseId, 'review', { outcome: 'done', opinion: '属实' })
    const { subject } = await fileOf(caseId)
    const personId = subject.personId ?? ''
    const enrolments = await village.run((work) => enrolmentsOf(work, personId, { on: work.today }, 'test'))
    expect(enrolments).toMatchObject([{ insurance: 'resident_pension', agency: '340123', from: '2026-05-11' }])
    const notices = await village.run((work) => noticesOf(work, { personId }))
    expect(notices.map(({ code }) => code)).toContain('notice.done')
    await village.take(village.approve, caseId, 'takeBack', { reason: '查实户籍有误' })
    const after = await village.run((work) => enrolmentsOf(work, personId, { on: '2026-05-12' }, 'test'))
    expect([(await fileOf(caseId)).status, after]).toEqual(['taken_back', []])
  })

  it('medium risk goes to the township, which sees the case while it is on its desk; high risk one level up (B3-o2)', async () => {
    const medium = await village.accept(operator, { ...registration(), findings: ['vc_household_differs'] })
    expect(medium.status).toBe('handing_over')
    await village.turn()
    await expect(village.run((work) => village.cases.get(work, medium.caseId), operator)).rejects.toThrow()
    await village.take(village.checker, medium.caseId, 'secondLook', { outcome: 'approved', opinion: '已核对' })
    await village.turn()
    expect(await fileOf(medium.caseId)).toMatchObject({
      status: 'accepted',
      subject: { institutionId: village.villageId },
    })
    const high = await village.accept(operator, { ...registration(), findings: ['vc_paper_altered'] })
    expect(high.status).toBe('superior')
    await village.take(village.approve, high.caseId, 'approveRisk', { outcome: 'returned', opinion: '材料不实' })
    expect((await fileOf(high.caseId)).status).toBe('returned')
  })

  it('a person who insists gets a decision in writing and may object', async () => {
    const child = { matter: 'registration', details: { level: 1 }, ...villager(++nth, '2012-05-12') }
    await expect(village.accept(operator, child)).rejects.toMatchObject({
      code: 'under_insurance_age',
      clause: 'GF8.3',
    })
    const { caseId } = await village.accept(operator, { ...child, insists: true })
    expect((await fileOf(caseId)).status).toBe('superior')
    await village.take(village.approve, caseId, 'approveRisk', { outcome: 'approved', opinion: '请县级决定' })
    await expect(
      village.take(village.review, caseId, 'review', { outcome: 'done', opinion: '照顾' }),
    ).rejects.toMatchObject({ code: 'under_insurance_age' })
    await village.take(village.review, caseId, 'review', { outcome: 'refused', opinion: '未满十六周岁' })
    expect((await fileOf(caseId)).status).toBe('refused')
  })

  it('only a counter that is open accepts', async () => {
    const nobody = await village.user('village_operator', {
      institutionId: village.checker.kind === 'institution' ? village.checker.institutionId : '',
    })
    await expect(village.accept(nobody, registration())).rejects.toMatchObject({ code: 'no_village_counter' })
  })
})

describe('B3.03: same person, same database, same platform', () => {
  it('B3-t3: the same number in two villages is one person record, found at acceptance', async () => {
    const who = registration()
    const first = await village.accept(operator, who)
    const warning = await preview(village.otherOperator, who)
    expect(warning).toMatchObject({ level: 'high' })
    expect(warning.hits.map(({ rule }) => rule)).toContain('vc_open_elsewhere')
    const second = await village.accept(village.otherOperator, who)
    expect((await fileOf(second.caseId)).subject.personId).toBe((await fileOf(first.caseId)).subject.personId)
    expect(await village.run((work) => findPeople(work, { text: who.idNumber, limit: 5 }, 'test'))).toHaveLength(1)
    await village.take(village.review, first.caseId, 'review', { outcome: 'done', opinion: '属实' })
    await expect(village.accept(village.otherOperator, who)).rejects.toMatchObject({ code: 'already_insured' })
  })

  it('a number under another name warns, and is refused', async () => {
    const { idNumber } = await insured()
    const other = { matter: 'statement', idNumber, name: '示例·他人' }
    expect(await preview(operator, other)).toMatchObject({ level: 'high' })
    await expect(village.accept(operator, other)).rejects.toMatchObject({ code: 'id_number_of_another_name' })
    await expect(village.accept(operator, { matter: 'statement', ...villager(++nth) })).rejects.toMatchObject({
      code: 'person_not_registered',
    })
  })
})

describe('B3.09, B3.10: control rules and the warning of three levels', () => {
  it('there are 74, each with a level; those that registers can tell are told by the node', () => {
    expect(controlRules).toHaveLength(74)
    expect(new Set(controlRules.map(({ code }) => code)).size).toBe(74)
    expect(controlRules.filter(({ by }) => by === 'registers')).toHaveLength(30)
  })

  it('B3-t4: the level is shown before submission and stored with the case', async () => {
    const who = { ...registration(), findings: ['vc_id_copy'] }
    expect(await preview(operator, who)).toMatchObject({ level: 'medium' })
    const { caseId } = await village.accept(operator, who)
    const history = await village.run((work) => village.cases.history(work, caseId))
    expect(history[0]?.risk).toMatchObject({
      level: 'medium',
      hits: [
        { rule: 'vc_id_copy', level: 'medium' },
        { rule: 'vc_new_record', level: 'low' },
      ],
    })
  })

  it('the operator’s own matter, a relative’s, an agent without authority, a day of rest', async () => {
    const self = await insured()
    const own = await village.user('village_operator', { institutionId: village.villageId }, self.personId)
    const rulesHit = async (actor: Actor, body: object) => (await preview(actor, body)).hits.map(({ rule }) => rule)
    const { personId: _, ...who } = self
    expect(await rulesHit(own, { matter: 'statement', ...who })).toContain('vc_operator_self')
    expect(await rulesHit(operator, { matter: 'statement', ...who, broughtBy: 'agent' })).toEqual(
      expect.arrayContaining(['vc_agent_unrecorded', 'vc_by_another']),
    )
    expect(await rulesHit(operator, { matter: 'statement', ...who })).not.toContain('vc_rest_day')
    village.moveTo('2026-05-16')
    expect(await rulesHit(operator, { matter: 'statement', ...who })).toContain('vc_rest_day')
    village.moveTo('2026-05-18')
  })

  it('a finding must be a rule that the operator looks at for this matter', async () => {
    await expect(village.accept(operator, { ...registration(), findings: ['vc_deceased'] })).rejects.toMatchObject({
      problems: [{ path: 'body.findings[0]' }],
    })
    const { details: _, ...without } = registration()
    await expect(village.accept(operator, without)).rejects.toMatchObject({
      problems: [{ path: 'body.details.level' }],
    })
  })
})

describe('B3.11: posts', () => {
  it('B3-t1: who accepts in the village does not review, and nobody holds both posts', async () => {
    const { caseId } = await village.accept(operator, registration())
    await expect(village.take(operator, caseId, 'review', { outcome: 'done', opinion: '自审' })).rejects.toMatchObject({
      code: 'not_your_step',
    })
    const userId = operator.kind === 'institution' ? operator.userId : ''
    await expect(
      village.run((work) => assign(work, { userId, role: 'review', agency: '340123', from: '2026-01-01' })),
    ).rejects.toMatchObject({ code: 'exclusive_roles' })
  })
})

describe('B3-o1: the seven matters', () => {
  const done = async (body: object) => {
    const { caseId, status } = await village.accept(operator, body)
    if (status === 'handing_over') {
      await village.turn()
      await village.take(village.checker, caseId, 'secondLook', { outcome: 'approved', opinion: '已核对' })
      await village.turn()
    }
    if (status === 'superior')
      await village.take(village.approve, caseId, 'approveRisk', { outcome: 'approved', opinion: '同意' })
    if (status !== 'done') await village.take(village.review, caseId, 'review', { outcome: 'done', opinion: '属实' })
    expect((await fileOf(caseId)).status).toBe('done')
    return caseId
  }

  it('a claim with fifteen years and sixty is passed on to who pays; who draws the pension is certified; a death cancels', async () => {
    const { personId, ...who } = await insured('1966-05-11')
    const years = Array.from({ length: 15 }, (_, index) => 2011 + index)
    const months = years.flatMap((year) =>
      Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`),
    )
    await village.run((work) =>
      recordPersonContributions(
        work,
        months.map((month) => ({
          ...{ personId, insurance: 'resident_pension' as const, month, employerId: null, baseFen: 20_000 },
          paidOn: `${month}-20`,
        })),
      ),
    )
    const claim = await done({ matter: 'benefit_claim', ...who })
    const notices = await village.run((work) => noticesOf(work, { personId }))
    expect(notices.map(({ code }) => code)).toContain('notice.claim_passed_on')
    const { state, agency } = await fileOf(claim)
    const { passedOn } = must(matterState.parse(state).effect, 'what came of the claim')
    const pension = await fileOf(must(passedOn, 'where it is decided').caseId)
    expect(pension).toMatchObject({ flow: 'pension-taker', agency, subject: { personId }, state: { personId } })
    const back = village.take(village.approve, claim, 'takeBack', { reason: '误办' })
    await expect(back).rejects.toMatchObject({ code: 'passed_on_already', params: { number: pension.number } })
    const again = await done({ matter: 'benefit_claim', ...who })
    expect(matterState.parse((await fileOf(again)).state).effect?.passedOn).toEqual(passedOn)
    await village.run((work) =>
      beginBenefitSpell(work, { personId, kind: 'resident_pension', agency: '340123', from: '2026-06', caseId: claim }),
    )
    await expect(village.accept(operator, { matter: 'benefit_claim', ...who })).rejects.toMatchObject({
      code: 'already_receiving',
    })
    village.moveTo('2026-06-22')
    const proof = await fileOf(await done({ matter: 'certification', ...who }))
    expect(matterState.parse(proof.state).effect?.passedOn).toEqual(passedOn)
    expect(await fileOf(must(passedOn, 'where it is decided').caseId)).toMatchObject({
      state: { provedBy: proof.number },
    })
    await done({ matter: 'statement', ...who })
    const death = await done({ matter: 'cancellation', ...who, broughtBy: 'agent', details: { diedOn: '2026-06-20' } })
    expect(await village.run((work) => enrolmentsOf(work, personId, { on: work.today }, 'test'))).toEqual([])
    expect((await village.run((work) => getPerson(work, personId, 'test'))).diedOn).toBe('2026-06-20')
    await expect(village.take(village.approve, death, 'takeBack', { reason: '误报' })).rejects.toMatchObject({
      code: 'death_not_taken_back',
    })
    await expect(
      village.accept(operator, { matter: 'level_change', details: { level: 2 }, ...who }),
    ).rejects.toMatchObject({
      code: 'person_deceased',
    })
  })

  it('a change of level and a transfer are done for somebody insured', async () => {
    const { personId: _, ...who } = await insured()
    await done({ matter: 'level_change', details: { level: 5 }, ...who })
    await done({ matter: 'transfer', details: { toRegion: '320000' }, ...who })
  })
})

describe('B3.06: guides for the public and manuals for operators', () => {
  it('one for each of the seven matters, made of flow, values and rules', async () => {
    const guides = await village.route({ kind: 'public' }, '/guides')
    expect(guides).toMatchObject({ items: matters.map((matter) => ({ matter })) })
    expect(guides).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ limits: [{ name: 'insureAgeMin', value: 16 }] })]),
    })
    const manual = await village.route(operator, '/manuals/:matter', { params: { matter: 'cancellation' } })
    expect(manual).toMatchObject({
      guide: { needs: 'diedOn', reviewWorkingDays: 15 },
      rules: expect.arrayContaining([
        expect.objectContaining({ code: 'vc_late_death', level: 'medium', by: 'registers' }),
      ]),
    })
  })
})

describe('B3.01: the circle of five kilometres', () => {
  const counter = { longitudeE6: 117_000_000, latitudeE6: 31_700_000 }
  const at = (latitudeE6: number, residents: number) => ({
    code: String(latitudeE6),
    name: '示例',
    residents,
    longitudeE6: 117_000_000,
    latitudeE6,
  })

  it('is measured on the ground: a hundredth of a degree of latitude is 1,112 metres', () => {
    expect(distanceMetres(counter, at(31_710_000, 1))).toBe(1_112)
  })

  it('who lives at 5,000 metres is within, at 5,001 outside; the places outside are told, the largest first', () => {
    const [within, outside] = [at(31_744_966, 300), at(31_744_975, 100)]
    expect([distanceMetres(counter, within), distanceMetres(counter, outside)]).toEqual([5_000, 5_001])
    expect(coverage([within, outside], [counter], 5_000)).toMatchObject({
      ...{ residents: 400, covered: 300, sharePpm: 750_000 },
      outside: [{ residents: 100 }],
    })
  })

  it('a resident is shown the nearest counter', async () => {
    const found = await village.route({ kind: 'public' }, '/counters', {
      query: { longitudeE6: 117_000_000, latitudeE6: 31_761_000 },
    })
    expect(found).toMatchObject({
      radiusMetres: 5_000,
      items: [{ code: '340123101202', distanceMetres: 111, isWithinCircle: true }, { isWithinCircle: false }, {}],
    })
  })
})

describe('B3.12: the campaign into ten thousand homes, and figures', () => {
  it('an operator records visits; the county and above see them, nobody’s name is kept', async () => {
    const visit = { kind: 'market', onDay: '2026-05-17', place: '示例集市', reached: 120, topic: 'where_to_do_it' }
    await village.route(operator, '/visits', { body: visit })
    expect(await village.route(village.approve, '/visits')).toMatchObject({ items: [visit], reached: 120 })
    expect(await village.route(village.otherOperator, '/visits')).toMatchObject({ items: [] })
  })

  it('B3-t5: 25 working days before and 15 now is shortened by 10', () => {
    const closed = { openedOn: '2026-05-11', closedOn: '2026-06-01', isDone: true }
    const cases = [{ matter: 'registration' as const, counter: '340123101201', ...closed }]
    expect(shorteningOf('registration', cases, 25)).toEqual({
      ...{ matter: 'registration', accepted: 1, done: 1, averageTenths: 150, baselineDays: 25, shortenedTenths: 100 },
    })
  })

  it('acceptances are counted by village and matter', async () => {
    const figures = await village.route(village.review, '/figures')
    expect(figures).toMatchObject({
      counters: [{ counter: '340123101201' }, { counter: '340123101202', byMatter: { registration: 1 } }],
      matters: expect.arrayContaining([expect.objectContaining({ matter: 'benefit_claim', accepted: 2, done: 2 })]),
    })
  })
})

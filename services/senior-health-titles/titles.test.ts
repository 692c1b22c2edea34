import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { certificatesIssued, certificatesMigrations } from '../../certificates/door.ts'
import { type Actor, type Id, must, randomOrder, seededRandom } from '../../ground/door.ts'
import { registerInstitution, revealIdNumber } from '../../people/door.ts'
import { reviewedState, reviewsMigrations } from '../../reviews/door.ts'
import { admit, announceRound, enterExperts, scoreAll, scoresSeenBy } from '../../reviews/testing.ts'
import { healthTitleReview as review } from './review.ts'
import { service } from './service.ts'

const agency = '360000'
const groups = ['province_city', 'county', 'grassroots', 'tcm']
const answers = {
  staffKind: 'medical',
  tcm: false,
  target: 'deputy_senior',
  currentTitle: 'intermediate',
  yearsInTitle: 6,
  ethicsPassed: true,
}
let site: BenefitSite
let countyHospital: Id
let cityHospital: Id
let routes: ReturnType<typeof service.create>['routes']

beforeAll(async () => {
  const migrations = [await certificatesMigrations(), await reviewsMigrations()]
  site = await benefitSite({ region: agency, on: '2024-06-03', service, migrations })
  routes = service.create({ rulebook: site.rulebook, cases: () => site.cases }).routes
  countyHospital = await hospital(2)
  cityHospital = await hospital(3)
})
afterAll(() => site.close())

async function hospital(level: 1 | 2 | 3): Promise<Id> {
  const { employerId, creditCode: code } = await site.employer({ months: [] })
  await site.run((work) =>
    registerInstitution(work, { code, name: `示例医院${level}`, kind: 'hospital', level, region: agency }),
  )
  return employerId
}

async function doctor(employerId: Id): Promise<{ personId: Id; actor: Actor }> {
  const person = await site.person({ employerId })
  return person
}

/** Calls an operation of the service as the pages do. */
function call(actor: Actor, path: string, input: { params?: unknown; body?: unknown } = {}) {
  const route = must(
    routes.find((each) => each.path === path && (each.method === 'POST') === 'body' in input),
    path,
  )
  return site.run((work) => route.handle(work, { params: input.params, query: undefined, body: input.body }), actor)
}

const stateOf = async (caseId: Id) => reviewedState.parse((await site.view(caseId)).file.state)

/** A round from its announcement to the public, with so many applicants of a hospital; the score of each by its place. */
async function judged(
  scores: readonly number[],
  options: { employerId?: Id; tcm?: boolean; closesOn: string; nextDay: string },
) {
  const roundId = await announceRound(site, review, options.closesOn)
  const experts = await enterExperts(site, review, agency, groups, 6)
  const applicants: Array<{ personId: Id; actor: Actor; caseId: Id; score: number }> = []
  for (const score of scores) {
    const person = await doctor(options.employerId ?? countyHospital)
    const caseId = await admit(site, review, person.actor, roundId, { ...answers, tcm: options.tcm ?? false })
    applicants.push({ ...person, caseId, score })
  }
  site.moveTo(options.nextDay)
  const organiser = await site.officer('review')
  await site.take(organiser, roundId, 'close')
  await site.take(organiser, roundId, 'draw')
  await scoreAll(
    site,
    review,
    { roundId, agency, experts: await allExperts(experts) },
    (caseId) =>
      must(
        applicants.find((each) => each.caseId === caseId),
        'an applicant',
      ).score,
  )
  const ranked = await site.take(organiser, roundId, 'rank')
  return { roundId, experts, applicants, status: ranked.status, organiser }
}

const known: Array<{ personId: Id; actor: Actor }> = []
async function allExperts(added: typeof known) {
  known.push(...added)
  return known
}

describe('C11: a senior title from the application to the certificate', () => {
  it('C11-t1, C11-t3: a county doctor without papers or doctorate is judged in the county group; the title says where it is used', async () => {
    const { roundId, applicants } = await judged([90, 70, 50], { closesOn: '2024-06-10', nextDay: '2024-06-11' })
    const [best, second, last] = applicants.map(({ caseId }) => caseId)
    await site.take(await site.officer('approve'), roundId, 'publicise')
    const [first] = applicants
    const state = await stateOf(must(best, 'the best'))
    // Five working days, the day itself not counted, across the Dragon Boat festival before it.
    expect(state).toMatchObject({
      found: { group: 'county' },
      result: { passed: true, sum: 45_000 },
      publicUntilOn: '2024-06-18',
    })
    expect((await site.view(must(last, 'the last'))).file.status).toBe('not_granted')
    expect((await site.view(must(second, 'the second'))).file.status).toBe('not_granted')

    site.moveTo('2024-06-18')
    expect((await site.cases.runDue(site.node)).taken).toEqual([])
    site.moveTo('2024-06-19')
    await site.cases.runDue(site.node)
    expect((await stateOf(must(best, 'the best'))).title).toMatchObject({
      group: 'county',
      told: { usedIn: 'county', title: 'deputy_senior' },
    })
    const papers = await site.run((work) => certificatesIssued(work, {}), must(first, 'a doctor').actor)
    expect(papers).toHaveLength(1)
    expect(papers[0]?.paper.facts).toContainEqual({
      label: { zh: '使用范围（定向）', en: 'Used in (directed)' },
      value: { zh: '县区', en: 'county or district' },
    })
  })

  it('C11-t4, C11.08: Chinese medicine has its own list and ratio, apart from the general one', async () => {
    const roundId = await announceRound(site, review, '2024-07-10')
    await enterExperts(site, review, agency, groups, 1).then(allExperts)
    const plain = await doctor(countyHospital)
    const tcm = await doctor(countyHospital)
    await admit(site, review, plain.actor, roundId, answers)
    const tcmCase = await admit(site, review, tcm.actor, roundId, { ...answers, tcm: true })
    site.moveTo('2024-07-11')
    const organiser = await site.officer('review')
    await site.take(organiser, roundId, 'close')
    await site.take(organiser, roundId, 'draw')
    await scoreAll(site, review, { roundId, agency, experts: known }, () => 80)
    await site.take(organiser, roundId, 'rank')
    const { rankings, draws } = (await site.view(roundId)).file.state as { rankings: unknown[]; draws: unknown[] }
    expect(rankings).toMatchObject([
      { group: 'county', places: 1, lines: [{ standing: 'passed' }] },
      { group: 'tcm', places: 1, lines: [{ standing: 'passed' }] },
    ])
    expect(draws).toMatchObject([{ group: 'county' }, { group: 'tcm' }])
    expect((await stateOf(tcmCase)).found).toMatchObject({ group: 'tcm', results: { usedIn: 'county' } })
  })

  it('C11-t2, C11.03: a failure of medical ethics is refused by the rule, with the way to object', async () => {
    const roundId = await announceRound(site, review, '2024-08-10')
    const { actor } = await doctor(cityHospital)
    const opened = await site.open(actor, {
      flow: review.id,
      body: { roundId, answers: { ...answers, ethicsPassed: false } },
    })
    await site.take(await site.officer('accept'), opened.caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), opened.caseId, 'check', { opinion: '医德考核不合格' })
    expect((await site.view(opened.caseId)).file.status).toBe('refused')
    const history = await site.run((work) => site.cases.history(work, opened.caseId))
    expect(history.at(-1)?.decision).toMatchObject({ decision: { reason: 'ethics_failed', because: 'C11.03' } })
  })
})

describe('the round keeps its promises', () => {
  it('draws nobody who applies, works where an applicant works, or declared one; and anybody can draw again from the seed', async () => {
    const roundId = await announceRound(site, review, '2024-09-10')
    const [colleague, relative] = [await site.person({ employerId: cityHospital }), await site.person()]
    const organiser = await site.officer('review')
    const enter = (personId: Id) =>
      call(organiser, '/review/experts', { body: { personId, groups, from: '2020-01-01' } }) as Promise<{
        expertId: Id
      }>
    const [colleagueId, relativeId] = [
      (await enter(colleague.personId)).expertId,
      (await enter(relative.personId)).expertId,
    ]
    const { items } = (await call(organiser, '/review/experts')) as { items: Array<{ name: string }> }
    expect(items.map(({ name }) => name)).toContain('沈试样')
    const applicant = await doctor(cityHospital)
    await admit(site, review, applicant.actor, roundId, answers)
    const { personId } = applicant
    const idNumber = await site.run((work) => revealIdNumber(work, personId, 'test'))
    await call(relative.actor, '/review/bias', { body: { idNumber, relation: 'sibling' } })
    site.moveTo('2024-09-11')
    await site.take(organiser, roundId, 'close')
    await site.take(organiser, roundId, 'draw')
    const { draws } = (await site.view(roundId)).file.state as {
      draws: Array<{ excluded: unknown[]; seated: Id[]; order: Id[]; seed: string }>
    }
    expect(draws[0]?.excluded).toHaveLength(2)
    expect(draws[0]?.excluded).toEqual(
      expect.arrayContaining([
        { expertId: colleagueId, because: 'same_employer' },
        { expertId: relativeId, because: 'declared' },
      ]),
    )
    known.push(colleague, relative)
    expect(draws[0]?.seated).toHaveLength(5)
    expect(draws[0]?.seated).toEqual(draws[0]?.order.slice(0, 5))
    const { order, seed } = must(draws[0], 'a draw')
    expect(randomOrder(seededRandom(seed), order.toSorted())).toEqual(order)

    // Secret until all are in: an officer is told how many are missing and no score; a reviewer sees no name and only their own score.
    await expect(site.take(organiser, roundId, 'rank')).rejects.toMatchObject({ code: 'review_scores_missing' })
    expect(await call(organiser, '/review/rounds/:roundId/missing', { params: { roundId } })).toEqual({
      missing: { province_city: 5 },
      conflicted: [],
    })
    const desks = await Promise.all(
      known.map(async ({ actor }) => ({
        actor,
        desk: (await call(actor, '/review/desk')) as {
          seats: Array<{ roundId: Id; isOpen: boolean; sheets: Array<Record<string, unknown>> }>
        },
      })),
    )
    const sitting = desks.flatMap(({ actor, desk }) =>
      desk.seats.filter((seat) => seat.roundId === roundId).map((seat) => ({ actor, seat })),
    )
    expect(sitting).toHaveLength(5)
    const [one, other] = sitting
    expect(one?.seat.sheets[0]).toEqual({
      code: 'A-001',
      material: {
        staffKind: 'medical',
        institutionClass: 'province_city',
        target: 'deputy_senior',
        currentTitle: 'intermediate',
        yearsInTitle: 6,
      },
      scores: null,
      comment: null,
    })
    const scores = { treatmentEffect: 90, serviceQuality: 80, patientsReceived: 70, publicHealth: 60 }
    const score = (actor: Actor) =>
      call(actor, '/review/rounds/:roundId/entries/:code/score', {
        params: { roundId, code: 'A-001' },
        body: { scores, comment: '示例评语' },
      })
    expect(await score(must(one, 'a reviewer').actor)).toEqual({ points: 7_950 })
    const seen = (actor: Actor) => scoresSeenBy(site, roundId, actor)
    expect(await seen(must(one, 'a reviewer').actor)).toBe(1)
    expect(await seen(must(other, 'another').actor)).toBe(0)
    expect(await seen(organiser)).toBe(0)
    // Given again, the later one counts; whoever organises does not review, whatever they are besides.
    expect(await score(must(one, 'a reviewer').actor)).toEqual({ points: 7_950 })
    expect(await seen(must(one, 'a reviewer').actor)).toBe(1)
    const both = { ...must(one, 'a reviewer').actor, userId: 'userId' in organiser ? organiser.userId : '' } as Actor
    await expect(score(both)).rejects.toMatchObject({ code: 'review_organises' })
    await expect(score(applicant.actor)).rejects.toMatchObject({ code: 'review_not_seated' })
  })

  it('leaves equals at the last place to people who did not organise, with votes and reasons', async () => {
    const { roundId, applicants, status, organiser } = await judged([80, 80, 80], {
      closesOn: '2024-10-10',
      nextDay: '2024-10-11',
    })
    expect(status).toBe('tied')
    const { rankings } = (await site.view(roundId)).file.state as {
      rankings: Array<{ lines: Array<{ code: string }> }>
    }
    const code = must(rankings[0]?.lines[1]?.code, 'a code')
    const choice = {
      group: 'county',
      passing: [code],
      reasons: '一线接诊年限更长',
      votes: { favour: 4, against: 1, abstained: 0 },
    }
    const approver = await site.officer('approve')
    await expect(site.take(organiser, roundId, 'decideTies', { choices: [choice] })).rejects.toMatchObject({
      code: 'not_your_step',
    })
    await expect(
      site.take(approver, roundId, 'decideTies', { choices: [{ ...choice, passing: ['B-999'] }] }),
    ).rejects.toMatchObject({ code: 'review_choice_wrong' })
    await site.take(approver, roundId, 'decideTies', { choices: [choice] })
    await site.take(approver, roundId, 'publicise')
    const statuses = await Promise.all(applicants.map(async ({ caseId }) => (await site.view(caseId)).file.status))
    expect(statuses.toSorted()).toEqual(['not_granted', 'not_granted', 'publicised'])

    // Before the public: masked, gone when it ends; a challenge is looked into by the supervisor.
    const { items } = (await call({ kind: 'public' }, '/review/publicity')) as {
      items: Array<{ lineId: Id; nameMasked: string }>
    }
    expect(items).toMatchObject([
      { nameMasked: '沈*样', group: 'county', told: { title: 'deputy_senior', usedIn: 'county' } },
    ])
    const neighbour = await site.person()
    const body = { lineId: must(items[0], 'a line').lineId, grounds: '业绩材料不实' }
    const passed = must(applicants[statuses.indexOf('publicised')], 'who passed')
    await expect(call(passed.actor, '/review/challenges', { body })).rejects.toMatchObject({ code: 'review_own_case' })
    await call(neighbour.actor, '/review/challenges', { body })
    const challenged = await site.view(passed.caseId)
    expect(challenged.file.status).toBe('challenged')
    // Who said it is nowhere in the case that the applicant reads.
    expect(JSON.stringify(challenged)).not.toContain(neighbour.personId)
    expect(await call(neighbour.actor, '/review/challenges')).toMatchObject({ items: [{ outcome: null }] })
    await site.take(await site.officer('supervisor'), passed.caseId, 'settleChallenge', {
      outcome: 'unfounded',
      reasons: '经核查属实',
    })
    expect(await call(neighbour.actor, '/review/challenges')).toMatchObject({ items: [{ outcome: 'unfounded' }] })
    site.moveTo('2024-10-25')
    await site.cases.runDue(site.node)
    expect((await site.view(passed.caseId)).file.status).toBe('granted')

    // Withdrawn for fraud, the certificate with it; the withdrawal set aside and not repeated, there is one again.
    await site.take(await site.officer('supervisor'), passed.caseId, 'doubt', { reasons: '举报材料造假' })
    await site.take(passed.actor, passed.caseId, 'answerDoubt', { statement: '材料真实' })
    await site.take(approver, passed.caseId, 'settleDoubt', { outcome: 'revoked', reasons: '核查属实' })
    const standing = async () =>
      (await site.run((work) => certificatesIssued(work, { caseId: passed.caseId }))).filter(
        ({ withdrawn }) => !withdrawn,
      )
    expect(await standing()).toEqual([])
    await site.take(passed.actor, passed.caseId, 'object', { grounds: '认定有误' })
    const second = await site.officer('approve', { another: true })
    await site.take(second, passed.caseId, 'decideObjection', { outcome: 'set_aside', reasons: '证据不足' })
    expect((await site.view(passed.caseId)).file.status).toBe('doubted')
    await site.take(second, passed.caseId, 'settleDoubt', { outcome: 'kept', reasons: '证据不足' })
    expect(await standing()).toHaveLength(1)
    expect((await site.view(passed.caseId)).file.status).toBe('granted')

    // C11-o1 (assumed): the holder moves.
    const { number } = (await site.view(passed.caseId)).file
    const move = async () =>
      (await site.open(passed.actor, { flow: 'health-title-move', body: { titleNumber: number } })).status
    expect(await move()).toBe('holds')
  })

  it('an objection against the experts leads to a panel of people whose votes count', async () => {
    const { roundId, applicants } = await judged([90, 70], { closesOn: '2024-11-10', nextDay: '2024-11-11' })
    await site.take(await site.officer('approve'), roundId, 'publicise')
    const loser = must(applicants[1], 'who did not pass')
    await site.take(loser.actor, loser.caseId, 'object', { grounds: '指标统计有误' })
    const [one, other] = [await site.officer('approve'), await site.officer('approve', { another: true })]
    await site.take(one, loser.caseId, 'decideObjection', { outcome: 'set_aside', reasons: '接诊量统计有误' })
    const panel = { outcome: 'granted', reasons: '更正后达到同组水平', votes: { favour: 2, against: 3, abstained: 0 } }
    await expect(site.take(one, loser.caseId, 'decideAgain', panel)).rejects.toMatchObject({
      code: 'same_officer_excluded',
    })
    await expect(site.take(other, loser.caseId, 'decideAgain', panel)).rejects.toMatchObject({
      code: 'review_votes_differ',
    })
    await site.take(other, loser.caseId, 'decideAgain', { ...panel, votes: { favour: 4, against: 1, abstained: 0 } })
    expect((await site.view(loser.caseId)).file.status).toBe('publicised')
  })

  it('closes only after its day, and never over an application that waits for the agency', async () => {
    const roundId = await announceRound(site, review, '2024-12-10')
    const organiser = await site.officer('review')
    const { actor } = await doctor(countyHospital)
    await expect(site.take(organiser, roundId, 'close')).rejects.toMatchObject({ code: 'review_round_still_open' })
    await site.open(actor, { flow: review.id, body: { roundId, answers } })
    await expect(site.open(actor, { flow: review.id, body: { roundId, answers } })).rejects.toMatchObject({
      code: 'review_already_applied',
    })
    site.moveTo('2024-12-11')
    await expect(site.take(organiser, roundId, 'close')).rejects.toMatchObject({
      code: 'review_applications_unchecked',
    })
    const late = await doctor(countyHospital)
    await expect(site.open(late.actor, { flow: review.id, body: { roundId, answers } })).rejects.toMatchObject({
      code: 'review_round_not_open',
    })
  })
})

describe('C11.05, C11.06: the weights', () => {
  it.each(
    ['medical', 'pharmacy', 'nursing', 'technology'].flatMap((staffKind) =>
      ['province_city', 'county', 'grassroots'].map((institutionClass) => [staffKind, institutionClass] as const),
    ),
  )('of %s at %s come to a hundred', (staffKind, institutionClass) => {
    const full = Object.fromEntries(review.indicators.map((name) => [name, 100]))
    const { decision } = site.rulebook.decideAsShipped({
      policy: review.rules.points,
      on: '2024-06-03',
      insuredRegion: agency,
      facts: { staffKind, institutionClass, ...full },
    })
    expect(decision.results.points?.value).toBe(10_000)
  })
})

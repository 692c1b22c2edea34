import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { certificatesMigrations } from '../../certificates/door.ts'
import { type Actor, type Id, must, randomOrder, seededRandom } from '../../ground/door.ts'
import { revealIdNumber } from '../../people/door.ts'
import { enterExpert, reviewedState, reviewsMigrations } from '../../reviews/door.ts'
import { admit, announceRound, enterExperts, scoreAll } from '../../reviews/testing.ts'
import { skilledTitleReview as review } from './review.ts'
import { service } from './service.ts'

const agency = '150000'
const answers = {
  series: 'engineering',
  target: 'senior',
  award: 'world_skills_gold',
  occupationFits: false,
  ruralFrontline: false,
  ruralYears: 0,
  holdsDeputySenior: false,
}
type Experts = Awaited<ReturnType<typeof enterExperts>>
type RoundView = {
  draws: Array<{
    group: string
    seed: string
    order: Id[]
    seated: Id[]
    excluded: Array<{ expertId: Id; because: string }>
  }>
  rankings: Array<{ lines: Array<{ code: string }> }>
}
let site: BenefitSite
let routes: ReturnType<typeof service.create>['routes']

beforeAll(async () => {
  const migrations = [await certificatesMigrations(), await reviewsMigrations()]
  site = await benefitSite({ region: agency, on: '2024-06-03', service, migrations })
  routes = service.create({ rulebook: site.rulebook, cases: () => site.cases }).routes
})
afterAll(() => site.close())

function call(actor: Actor, path: string, input: { params?: unknown; body?: unknown } = {}) {
  const route = must(
    routes.find((each) => each.path === path && (each.method === 'POST') === 'body' in input),
    path,
  )
  return site.run((work) => route.handle(work, { params: input.params, query: undefined, body: input.body }), actor)
}

/** A round whose committee is drawn, with so many applicants of a series that nobody else uses. */
async function drawnRound(series: string, applicantCount: number, expertCount: number, closesOn: string, next: string) {
  const roundId = await announceRound(site, review, closesOn)
  const experts = await enterExperts(site, review, agency, [series], expertCount)
  const applicants: Array<{ personId: Id; actor: Actor; caseId: Id }> = []
  for (let nth = 0; nth < applicantCount; nth += 1) {
    const person = await site.person()
    applicants.push({ ...person, caseId: await admit(site, review, person.actor, roundId, { ...answers, series }) })
  }
  site.moveTo(next)
  const organiser = await site.officer('review')
  await site.take(organiser, roundId, 'close')
  await site.take(organiser, roundId, 'draw')
  return { roundId, experts, applicants, organiser }
}

const stateOf = async (roundId: Id) => (await site.view(roundId)).file.state as RoundView
const score = (roundId: Id, experts: Experts, points: number) =>
  scoreAll(site, review, { roundId, agency, experts }, () => points)

async function declare(actor: Actor, about: Id): Promise<void> {
  const idNumber = await site.run((work) => revealIdNumber(work, about, 'test'))
  await call(actor, '/review/bias', { body: { idNumber, relation: 'teacher_or_student' } })
}

describe('who reviews', () => {
  it('two officers who enter the same expert at once enter them once', async () => {
    const { personId } = await site.person()
    const [one, other] = [await site.officer('review'), await site.officer('review', { another: true })]
    const enter = (actor: Actor) =>
      site.run(
        (work) => enterExpert(work, review, { personId, groups: ['laboratory'], from: '2020-01-01', agency }),
        actor,
      )
    const tries = await Promise.allSettled([enter(one), enter(other)])
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'review_expert_known' } })
  })

  it('who may not judge any more since the draw is passed over as the next, and replaced before the scores are opened', async () => {
    const { roundId, experts, applicants, organiser } = await drawnRound('sports', 1, 8, '2024-06-10', '2024-06-11')
    const applicant = must(applicants[0], 'the applicant').personId
    const actorOf = (expertId: Id | undefined) =>
      must(
        experts.find((each) => each.expertId === expertId),
        'an expert',
      ).actor
    const { order, seated } = must((await stateOf(roundId)).draws[0], 'a draw')
    await declare(actorOf(order[5]), applicant)
    await call(organiser, '/review/experts/end', { body: { expertId: order[6], reason: '退休' } })
    await declare(actorOf(seated[0]), applicant)
    await score(roundId, experts, 80)
    await expect(site.take(organiser, roundId, 'rank')).rejects.toMatchObject({ code: 'review_reviewers_conflicted' })
    expect(await call(organiser, '/review/rounds/:roundId/missing', { params: { roundId } })).toEqual({
      missing: {},
      conflicted: [{ group: 'sports', expertId: seated[0] }],
    })
    const replace = (expertId: Id | undefined) =>
      site.take(organiser, roundId, 'replaceReviewer', { group: 'sports', expertId, reason: '应回避' })
    await replace(seated[0])
    expect((await stateOf(roundId)).draws[0]?.seated).toEqual([...seated.slice(1), order[7]])
    const history = await site.run((work) => site.cases.history(work, roundId))
    expect(history.at(-1)?.body).toMatchObject({
      nextId: order[7],
      passedOver: [
        { expertId: order[5], because: 'declared' },
        { expertId: order[6], because: 'left' },
      ],
    })

    // The order is at its end: nobody is left, until somebody is entered; then it is drawn again, from a seed that is kept.
    await expect(replace(seated[1])).rejects.toMatchObject({ code: 'review_experts_too_few' })
    const added = await enterExperts(site, review, agency, ['sports'], 2)
    await replace(seated[1])
    const { draws } = await stateOf(roundId)
    expect(draws[0]?.seated).toEqual([...seated.slice(2), order[7]])
    expect(draws[1]?.seated).toEqual(draws[1]?.order.slice(0, 1))
    expect(draws[1]?.order.toSorted()).toEqual(added.map(({ expertId }) => expertId).toSorted())
    expect(randomOrder(seededRandom(must(draws[1], 'another draw').seed), draws[1]?.order.toSorted() ?? [])).toEqual(
      draws[1]?.order,
    )
    await expect(site.take(organiser, roundId, 'rank')).rejects.toMatchObject({ code: 'review_scores_missing' })
    await score(roundId, [...experts, ...added], 80)
    expect((await site.take(organiser, roundId, 'rank')).status).toBe('ranked')
  })

  it('scores and their opening take turns: a score that comes with it counts, or is refused', async () => {
    const { roundId, experts, organiser } = await drawnRound('arts', 1, 5, '2024-07-10', '2024-07-11')
    await score(roundId, experts, 80)
    const [late] = experts
    const again = score(roundId, [must(late, 'a reviewer')], 100).then(
      () => 'counted',
      (error: { code?: string }) => error.code,
    )
    const [outcome] = await Promise.all([again, site.take(organiser, roundId, 'rank')])
    const [line] = must((await stateOf(roundId)).rankings[0], 'a list').lines as Array<
      { code: string } & { sum: number }
    >
    expect([outcome, line?.sum]).toEqual(outcome === 'counted' ? ['counted', 42_000] : ['review_scores_opened', 40_000])
    await expect(score(roundId, [must(late, 'a reviewer')], 100)).rejects.toMatchObject({
      code: 'review_scores_opened',
    })
  })

  it('officers of another agency are not told how far the scores of a round are', async () => {
    const { roundId } = await drawnRound('laboratory', 1, 5, '2024-08-10', '2024-08-12')
    const outsider = await site.officer('audit', { agency: '150100' })
    await expect(call(outsider, '/review/rounds/:roundId/missing', { params: { roundId } })).rejects.toMatchObject({
      code: 'case_not_found',
    })
  })
})

describe('equals, and what is said against them', () => {
  it('a choice among equals gives no more places than there are, and needs more votes in favour than against', async () => {
    const { roundId, experts, applicants, organiser } = await drawnRound(
      'agriculture',
      3,
      5,
      '2024-09-10',
      '2024-09-11',
    )
    await score(roundId, experts, 80)
    expect((await site.take(organiser, roundId, 'rank')).status).toBe('tied')
    const [one, other] = must((await stateOf(roundId)).rankings[0], 'a list').lines.map(({ code }) => code)
    const choice = (group: string, code: string | undefined, favour = 3) => ({
      ...{ group, passing: [code], reasons: '一线年限更长' },
      votes: { favour, against: 2, abstained: 0 },
    })
    const approver = await site.officer('approve')
    const decide = (...choices: unknown[]) => site.take(approver, roundId, 'decideTies', { choices })
    await expect(decide(choice('agriculture', one), choice('arts', other))).rejects.toMatchObject({
      code: 'review_choice_wrong',
    })
    await expect(decide(choice('agriculture', one, 2))).rejects.toMatchObject({ code: 'review_votes_differ' })
    await decide(choice('agriculture', one))
    await site.take(approver, roundId, 'publicise')
    const statuses = await Promise.all(applicants.map(async ({ caseId }) => (await site.view(caseId)).file.status))
    expect(statuses.toSorted()).toEqual(['not_granted', 'not_granted', 'publicised'])
  })

  it('more than one person can say what stands against somebody; confirmed, they are before the public no longer', async () => {
    const { roundId, experts, applicants, organiser } = await drawnRound(
      'engineering',
      1,
      5,
      '2024-10-10',
      '2024-10-11',
    )
    await score(roundId, experts, 80)
    await site.take(organiser, roundId, 'rank')
    await site.take(await site.officer('approve'), roundId, 'publicise')
    const lines = async () => {
      const { items } = (await call({ kind: 'public' }, '/review/publicity')) as {
        items: Array<{ lineId: Id; group: string }>
      }
      return items.filter(({ group }) => group === 'engineering')
    }
    const { lineId } = must((await lines())[0], 'a line')
    const [friend, witness] = [await site.person(), await site.person()]
    const say = (actor: Actor, grounds: string) => call(actor, '/review/challenges', { body: { lineId, grounds } })
    await say(friend.actor, '没有依据')
    await say(witness.actor, '获奖证书不实')
    const { caseId } = must(applicants[0], 'the applicant')
    const { file } = await site.view(caseId)
    expect([file.status, reviewedState.parse(file.state).challenges]).toEqual([
      'challenged',
      [{ grounds: '没有依据' }, { grounds: '获奖证书不实' }],
    ])
    expect(await lines()).toHaveLength(1)
    await site.take(await site.officer('supervisor'), caseId, 'settleChallenge', {
      ...{ outcome: 'founded', reasons: '证书系伪造' },
    })
    expect(await lines()).toEqual([])
    for (const { actor } of [friend, witness]) {
      expect(await call(actor, '/review/challenges')).toMatchObject({ items: [{ outcome: 'founded' }] })
    }
  })
})

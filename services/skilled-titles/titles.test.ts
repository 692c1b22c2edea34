import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { certificatesIssued, certificatesMigrations } from '../../certificates/door.ts'
import { type Actor, type Id, must } from '../../ground/door.ts'
import { accessLogOf, recordCertificate } from '../../people/door.ts'
import { reviewedState, reviewsMigrations } from '../../reviews/door.ts'
import { admit, announceRound, enterExperts, scoreAll } from '../../reviews/testing.ts'
import { linkedSeries, skilledTitleReview as review } from './review.ts'
import { service } from './service.ts'

const agency = '150000'
const answers = {
  series: 'engineering',
  target: 'assistant',
  award: 'none',
  occupationFits: true,
  ruralFrontline: false,
  ruralYears: 0,
  holdsDeputySenior: false,
}
let site: BenefitSite
let numbers = 0

beforeAll(async () => {
  const migrations = [await certificatesMigrations(), await reviewsMigrations()]
  site = await benefitSite({ region: agency, on: '2024-06-03', service, migrations })
})
afterAll(() => site.close())

/** A worker with a certificate of a level since a day, or with none. */
async function worker(held?: { level: number; issuedOn: string }): Promise<{ personId: Id; actor: Actor }> {
  const person = await site.person()
  if (held) {
    await site.run((work) =>
      recordCertificate(work, {
        personId: person.personId,
        number: `T-${String(++numbers).padStart(8, '0')}`,
        kind: 'skill_level',
        occupation: '6-18-01-01',
        issuer: '示例评价机构',
        ...held,
      }),
    )
  }
  return person
}

describe('C12: titles for skilled workers', () => {
  it('C12-t2, C12-t5, C12.05: a medallist, a rural technician and a senior worker are each judged in their series and get their titles', async () => {
    const roundId = await announceRound(site, review, '2024-06-10')
    const experts = await enterExperts(site, review, agency, linkedSeries, 6)
    const medallist = await worker()
    const rural = await worker({ level: 2, issuedOn: '2015-01-01' })
    const senior = await worker({ level: 3, issuedOn: '2020-01-01' })
    const medal = { ...answers, target: 'senior', award: 'world_skills_bronze', occupationFits: false }
    const agronomist = {
      ...answers,
      series: 'agriculture',
      target: 'deputy_senior',
      occupationFits: false,
      ruralFrontline: true,
      ruralYears: 30,
    }
    const cases = [
      await admit(site, review, medallist.actor, roundId, medal),
      await admit(site, review, rural.actor, roundId, agronomist),
      await admit(site, review, senior.actor, roundId, answers),
    ]
    site.moveTo('2024-06-11')
    const organiser = await site.officer('review')
    await site.take(organiser, roundId, 'close')
    await site.take(organiser, roundId, 'draw')
    await scoreAll(site, review, { roundId, agency, experts }, (caseId) => (caseId === cases[2] ? 59 : 85))
    await site.take(organiser, roundId, 'rank')
    await site.take(await site.officer('approve'), roundId, 'publicise')
    site.moveTo('2024-06-21')
    await site.cases.runDue(site.node)
    const ends = await Promise.all(
      cases.map(async (caseId) => {
        const { file } = await site.view(caseId)
        return [
          file.status,
          reviewedState.parse(file.state).found?.group,
          reviewedState.parse(file.state).title?.told ?? null,
        ]
      }),
    )
    expect(ends).toEqual([
      ['granted', 'engineering', { title: 'senior', way: 'green_channel' }],
      ['granted', 'agriculture', { title: 'deputy_senior', way: 'rural' }],
      // Alone at the second place of two: below the minimum, so it stays empty.
      ['not_granted', 'engineering', null],
    ])
    const [paper] = await site.run((work) => certificatesIssued(work, {}), medallist.actor)
    expect(paper?.paper.facts.map(({ value }) => value)).toContainEqual({ zh: '绿色通道', en: 'green channel' })
  })

  it.each([
    [
      'C12-t3: an intermediate worker by the register of certificates',
      { level: 4, issuedOn: '2010-01-01' },
      answers,
      'below_senior_worker',
    ],
    [
      'C12-t4: the health series has no linking standard',
      { level: 1, issuedOn: '2010-01-01' },
      { ...answers, series: 'health' },
      'no_linking_standard',
    ],
  ])('%s is refused by the rule', async (_, held, told, reason) => {
    const roundId = await announceRound(site, review, '2024-12-10')
    const { actor } = await worker(held)
    const { caseId } = await site.open(actor, { flow: review.id, body: { roundId, answers: told } })
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), caseId, 'check', { opinion: '不符合' })
    const { file } = await site.view(caseId)
    expect(file.status).toBe('refused')
    expect(reviewedState.parse(file.state).found?.reason).toBe(reason)
  })

  it('who checks sees the certificates of the register and the ruling, before as now and afterwards as it was decided', async () => {
    const roundId = await announceRound(site, review, '2024-12-10')
    const { actor, personId } = await worker({ level: 2, issuedOn: '2010-01-01' })
    const { caseId } = await site.open(actor, { flow: review.id, body: { roundId, answers } })
    const checks = await site.officer('review')
    const { routes } = service.create({ rulebook: site.rulebook, cases: () => site.cases })
    const route = must(
      routes.find(({ path }) => path.startsWith('/review/applications')),
      'the route',
    )
    const look = async () => {
      const input = { params: { caseId }, query: undefined, body: undefined }
      return route.answer.parse(await site.run((work) => route.handle(work, input), checks))
    }
    const held = [{ level: 2, issuedOn: '2010-01-01' }]
    expect(await look()).toMatchObject({
      decided: false,
      facts: { certificates: held },
      ruling: { decision: { outcome: 'granted' } },
    })
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(checks, caseId, 'check', { opinion: '符合' })
    await site.run((work) =>
      recordCertificate(work, {
        ...{ personId, number: 'LATER-0001', kind: 'skill_level', occupation: '6-18-01-01', level: 1 },
        ...{ issuedOn: '2012-01-01', issuer: '示例评价机构' },
      }),
    )
    expect(await look()).toMatchObject({
      decided: true,
      facts: { certificates: held },
      ruling: { decision: { outcome: 'granted' } },
    })
    expect(z.object({ facts: z.looseObject({}) }).parse(await look()).facts).not.toHaveProperty('series')
    const { number } = (await site.view(caseId)).file
    const log = await site.run((work) => accessLogOf(work, personId))
    expect(log.some(({ purpose }) => purpose === number)).toBe(true)
  })

  it('C12-t1, C12.04: as what a class of a technical school counts is told to everybody', async () => {
    const { routes } = service.create({ rulebook: site.rulebook, cases: () => site.cases })
    const route = must(
      routes.find(({ path }) => path.startsWith('/education')),
      'the route',
    )
    const input = { params: { schoolClass: 'senior_class' }, query: undefined, body: undefined }
    const answer = await site.run((work) => route.handle(work, input), { kind: 'public' })
    expect(answer).toMatchObject({ ruling: { decision: { results: { treatedAs: { value: 'junior_college' } } } } })
  })

  it('C12.03: the weights of the four indicators come to a hundred', () => {
    const scores = { workPerformance: 100, professionalSkill: 100, innovationValue: 100, professionalEthics: 100 }
    const { decision } = site.rulebook.decideAsShipped({
      policy: review.rules.points,
      on: '2024-06-03',
      insuredRegion: agency,
      facts: scores,
    })
    expect(decision.results.points?.value).toBe(10_000)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, actorUserId, type Id } from '../../ground/door.ts'
import { assign, assignmentActor, createUser, getAssignment } from '../../people/door.ts'
import { ranking } from './contest.ts'
import { service } from './service.ts'
import { personTimesTrained } from './training.ts'

let site: BenefitSite
let judges: Actor[]

const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})
beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-12-20', service: { ...service, create: created } })
  judges = []
  for (const login of ['judge-a', 'judge-b', 'judge-c', 'judge-d']) judges.push(await judge(login))
})
afterAll(() => site.close())

const tools = () => ({ rulebook: site.rulebook, cases: () => site.cases })
const judge = (login: string, known?: Id) =>
  site.run(async (work) => {
    const userId = known ?? (await createUser(work, { login, displayName: '示例' }))
    const terms = { userId, role: 'review', agency: '430000', from: '2020-01-01' }
    return assignmentActor(await getAssignment(work, await assign(work, terms)))
  })

async function admitted(contest: string) {
  const { actor } = await site.person()
  const answers = { contest, name: '示例农庄', summary: '返乡开办的农庄' }
  const { caseId } = await site.open(actor, { flow: 'contest-project', step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'admit', { outcome: 'admitted', note: '材料齐全' })
  return { caseId, actor, number: (await site.view(caseId)).file.number }
}
const score = (by: Actor | undefined, caseId: Id, points: number) => {
  if (!by) throw new Error('a judge is missing')
  return site.take(by, caseId, 'giveScore', { points, note: '评语' })
}

describe('C5.07: the contest of projects', () => {
  it('ranks by the points of three judges, of whom none has a conflict or scores twice', async () => {
    const [best, other] = [await admitted('第一届'), await admitted('第一届')]
    const [a, b, c, d] = judges
    await score(a, best.caseId, 90)
    await expect(score(a, best.caseId, 95)).rejects.toMatchObject({ code: 'scored_already' })
    if (b) await site.take(b, best.caseId, 'declareConflict', { note: '同村' })
    await expect(score(b, best.caseId, 100)).rejects.toMatchObject({ code: 'conflict_declared' })
    await score(c, best.caseId, 80)
    const approve = await site.officer('approve')
    await expect(site.take(approve, best.caseId, 'announce')).rejects.toMatchObject({ code: 'contest_not_finished' })
    await score(d, best.caseId, 85)
    for (const each of [a, c, d]) await score(each, other.caseId, 60)
    await expect(score(b, other.caseId, 60)).rejects.toMatchObject({ code: 'scores_complete' })
    const list = await site.run((work) => ranking(work, tools(), '第一届'))
    expect(list.map(({ caseId, points }) => [caseId, points])).toEqual([
      [best.caseId, 255],
      [other.caseId, 180],
    ])
    expect((await site.take(approve, other.caseId, 'announce')).status).toBe('awarded')
    expect((await site.view(other.caseId)).file.state).toMatchObject({ result: { rank: 2, points: 180 } })
  })

  it('nobody scores their own project', async () => {
    const { caseId, actor } = await admitted('第二届')
    const own = await judge('judge-own', actorUserId(actor) ?? undefined)
    await expect(score(own, caseId, 100)).rejects.toMatchObject({ code: 'own_project' })
  })
})

describe('C5.07: mentors to the grassroots', () => {
  it('an appointed mentor visits a project, and who runs it confirms', async () => {
    const project = await admitted('第三届')
    const mentor = await site.person()
    const answers = { field: '农产品电商', organisation: '示例学院', yearsInField: 8 }
    const appointed = await site.open(mentor.actor, { flow: 'startup-mentor', step: 'apply', body: { answers } })
    await site.take(await site.officer('accept'), appointed.caseId, 'accept', { outcome: 'accepted' })
    const { number: mentorNumber } = (await site.view(appointed.caseId)).file
    const told = { mentorNumber, projectNumber: project.number, visitedOn: '2024-12-20', advice: '先办食品经营许可' }
    const visit = async () =>
      site.open(await site.officer('accept'), { flow: 'mentor-visit', step: 'tell', body: told })
    await expect(visit()).rejects.toMatchObject({ code: 'not_a_mentor' })
    await site.take(await site.officer('review'), appointed.caseId, 'decide', { opinion: '符合条件' })
    const { caseId } = await visit()
    expect((await site.take(project.actor, caseId, 'confirm', { outcome: 'confirmed' })).status).toBe('confirmed')
  })
})

describe('C5.04: the training programme', () => {
  it('counts person-times that were completed; two courses a year for one person', async () => {
    const { actor } = await site.person()
    const enrol = (course: string) =>
      site.open(actor, {
        flow: 'startup-training',
        step: 'apply',
        body: { answers: { returned: true, course, startsOn: '2024-12-01' } },
      })
    const clerk = await site.officer('accept')
    const [first, second] = [await enrol('gyb'), await enrol('syb')]
    await expect(enrol('iyb')).rejects.toMatchObject({ code: 'courses_of_the_year_used_up' })
    await site.take(clerk, first.caseId, 'finish', { outcome: 'completed', on: '2024-12-10' })
    await site.take(clerk, second.caseId, 'finish', { outcome: 'dropped', on: '2024-12-12' })
    expect(await site.run((work) => personTimesTrained(work, tools(), 2024))).toBe(1)
    await enrol('iyb')
  })
})

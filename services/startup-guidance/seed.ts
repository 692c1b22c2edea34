import { startOfDate } from '../../ground/door.ts'
import type { DemoNation, DemoNationNode } from '../contract.ts'
import { liveThroughStanding } from '../demo-past.ts'
import { projectFlowId } from './contest.ts'
import { mentorFlowId, visitFlowId } from './mentors.ts'
import { trainingFlowId } from './training.ts'

const contest = '2026 年返乡创业项目选拔'

/** In Hunan a course was completed and one begins, a project is with the judges, and a mentor has visited it. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find('430000')
  if (!node) return
  nation.moveTo(startOfDate('2026-03-02', '09:00'))
  const first = await enrol(node, 'hunan-awarded', { course: 'syb', startsOn: '2026-03-09' })
  nation.moveTo(startOfDate('2026-03-20', '09:00'))
  await node.take('changsha-accept', first, 'finish', { outcome: 'completed', on: '2026-03-20' })
  await liveThroughStanding(node, {
    ...{ flow: mentorFlowId, applicant: 'hunan-mentor', agency: 'changsha', until: 'standing' },
    answers: { field: '农产品加工', organisation: '示例农业技术推广站', yearsInField: 22 },
  })
  nation.moveTo(startOfDate('2026-04-27', '09:00'))
  await enrol(node, 'hunan-borrower', { course: 'iyb', startsOn: '2026-05-18' })
  await projectWithJudges(node)
}

async function enrol(node: DemoNationNode, login: string, answers: { course: string; startsOn: string }) {
  const body = { answers: { returned: true, ...answers } }
  return node.open(login, { flow: trainingFlowId, step: 'apply', body })
}

/** A project that one judge has scored, and a mentor's visit that its owner has yet to confirm. */
async function projectWithJudges(node: DemoNationNode): Promise<void> {
  const answers = { contest, name: '上门修农机', summary: '流动维修车下乡，一个电话当天到田头。' }
  const project = await node.open('hunan-awarded', { flow: projectFlowId, step: 'apply', body: { answers } })
  await node.take('changsha-accept', project, 'admit', { outcome: 'admitted', note: '返乡创业，材料齐全' })
  await node.take('changsha-review', project, 'giveScore', { points: 86, note: '需求真实，带动就业' })
  const numbers = await node.run(async (work) => {
    const [mentor] = await node.cases.find(work, { flow: mentorFlowId, limit: 1 })
    return { mentorNumber: mentor?.number, projectNumber: (await node.cases.get(work, project)).file.number }
  })
  await node.open('changsha-accept', {
    flow: visitFlowId,
    body: { ...numbers, visitedOn: '2026-04-24', advice: '先把两个乡镇的维修量做稳，再添第二辆车。' },
  })
}

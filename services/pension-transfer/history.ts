import { addMonths, type Id, monthOf, type PlainDate, type Work } from '../../ground/door.ts'
import { getPerson, recordPersonContributions, registerPerson, revealIdNumber } from '../../people/door.ts'
import type { DemoNation, DemoNationNode } from '../contract.ts'
import { transferInFlowId } from './flow/in-state.ts'
import { transferOutFlowId } from './flow/out-state.ts'

const purpose = 'demo'

/**
 * Two residents of Nanjing who once worked in Lanzhou: one transfer from the application to the months in the register, and one that waits on
 * Lanzhou's desk. Everything is invented. Nothing where a node is missing.
 */
export async function liveThroughTransfers(nation: DemoNation): Promise<void> {
  const here = nation.find('320000')
  const there = nation.find('620000')
  if (!here || !there) return
  await transferOne(nation, { here, there }, 'person:nanjing-141')
  const waiting = await workedInBoth({ here, there }, 'person:nanjing-142')
  await ask(nation, here, waiting)
}

type Places = { here: DemoNationNode; there: DemoNationNode }

async function transferOne(nation: DemoNation, places: Places, name: string): Promise<void> {
  const { here, there } = places
  const personId = await workedInBoth(places, name)
  const caseId = await ask(nation, here, personId)
  const { number } = await here.run(async (work) => (await here.cases.get(work, caseId)).file)
  const [row] = await there.run((work) => there.cases.find(work, { flow: transferOutFlowId, text: number }))
  if (!row) return
  const opinion = '资料齐全'
  await take(there, 'lanzhou-accept', row.caseId, 'prepare', { opinion, interestFen: 123_456 })
  await take(there, 'lanzhou-approve', row.caseId, 'approve', { outcome: 'approved', opinion })
  await take(there, 'lanzhou-pay', row.caseId, 'pay')
  await nation.deliver()
  await take(here, 'nanjing-accept', caseId, 'confirm', { opinion: '信息表与到账一致' })
}

/** Records four years of work in Lanzhou, and work in Nanjing since, one month of which was paid in both. Returns the id in Nanjing. */
async function workedInBoth({ here, there }: Places, name: string): Promise<Id> {
  const personId = here.idOf(name)
  const known = await here.run(async (work) => {
    await payMonths(work, personId, '2023-12-01', 25)
    return { ...(await getPerson(work, personId, purpose)), idNumber: await revealIdNumber(work, personId, purpose) }
  })
  await there.run(async (work) => {
    const { idNumber, name: called, homeRegion } = known
    const formerly = await registerPerson(work, { idNumber, name: called, homeRegion, agency: '620100' })
    await payMonths(work, formerly.personId, '2020-01-01', 48)
  })
  return personId
}

async function payMonths(work: Work, personId: Id, from: PlainDate, count: number): Promise<void> {
  const months = Array.from({ length: count }, (_, nth) => monthOf(addMonths(from, nth)))
  await recordPersonContributions(
    work,
    months.map((month) => ({
      personId,
      insurance: 'pension' as const,
      month,
      employerId: null,
      baseFen: 480_000,
      paidOn: `${month}-20`,
    })),
  )
}

/** Applied for at the counter of Nanjing, reviewed, and asked of Gansu. */
async function ask(nation: DemoNation, here: DemoNationNode, personId: Id): Promise<Id> {
  const { caseId } = await here.runAs('nanjing-accept', (work) =>
    here.cases.open(work, {
      flow: transferInFlowId,
      agency: '320100',
      subject: {},
      idempotencyKey: `history:transfer:${personId}`,
      body: { personId, fromRegion: '620000', overlapAgreed: true },
    }),
  )
  await take(here, 'nanjing-review', caseId, 'review', { opinion: '符合转移条件' })
  await nation.deliver()
  return caseId
}

function take(node: DemoNationNode, login: string, caseId: Id, step: string, body: object = {}) {
  return node.runAs(login, async (work) => {
    const { file } = await node.cases.get(work, caseId)
    const idempotencyKey = `history:${step}:${file.seq}`
    return node.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey })
  })
}

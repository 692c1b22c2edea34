import type { Id } from '../ground/door.ts'
import type { DemoNationNode } from './contract.ts'

/** An application of the demo world's past: who applies for what, the officers of which agency take it how far. */
type PastApplication = {
  flow: string
  applicant: string
  /** The agency by its name in its officers' logins. */
  agency: string
  answers: Readonly<Record<string, unknown>>
  until: 'submitted' | 'accepted' | 'reviewed' | 'paid'
}

/** Lives an application for a benefit through to where it stands when the demo world begins; answers its case. */
export async function liveThroughApplication(node: DemoNationNode, past: PastApplication): Promise<Id> {
  const { flow, applicant, agency, answers, until } = past
  const opinion = '与登记和材料相符'
  const caseId = await node.open(applicant, { flow, step: 'apply', body: { answers } })
  if (until === 'submitted') return caseId
  await node.take(`${agency}-accept`, caseId, 'accept', { outcome: 'accepted' })
  if (until === 'accepted') return caseId
  await node.take(`${agency}-review`, caseId, 'review', { opinion })
  if (until === 'reviewed') return caseId
  await node.take(`${agency}-approve`, caseId, 'approve', { outcome: 'approved', opinion })
  const batchId = await node.open(`${agency}-pay`, { flow: `${flow}-payment`, body: {} })
  await node.take(`${agency}-approve`, batchId, 'approve', { outcome: 'approved', opinion })
  await node.take(`${agency}-pay`, batchId, 'recordResult', { lines: [], othersPaid: true })
  return caseId
}

/** Lives an application for what then holds (a recognition, a place, a post) through to where it stands; answers its case. */
export async function liveThroughStanding(
  node: DemoNationNode,
  past: Omit<PastApplication, 'until'> & {
    /** Whom an officer applies for; then another officer accepts. */
    partyId?: Id
    officer?: string
    until: 'submitted' | 'accepted' | 'standing'
  },
): Promise<Id> {
  const { flow, applicant, agency, answers, partyId, until, officer = `${past.agency}-accept` } = past
  const opinion = '与登记和材料相符'
  const body = { answers, ...(partyId !== undefined && { partyId }) }
  const caseId = await node.open(applicant, { flow, step: 'apply', body })
  if (until === 'submitted') return caseId
  await node.take(officer, caseId, 'accept', { outcome: 'accepted' })
  if (until === 'accepted') return caseId
  await node.take(`${agency}-review`, caseId, 'decide', { opinion })
  const { status } = await node.runAs(`${agency}-review`, async (work) => (await node.cases.get(work, caseId)).file)
  if (status === 'referred') {
    await node.take(`${agency}-approve`, caseId, 'determine', { outcome: 'granted', opinion })
  }
  return caseId
}

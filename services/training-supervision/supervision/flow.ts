import { type CaseFlow, defineFlow } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { decidingSteps } from './deciding-steps.ts'
import { inquirySteps } from './inquiry-steps.ts'
import { initialSupervision, type SupervisionState, supervisionFlowId, supervisionState } from './state.ts'

/** A case against an institution (C8.06): found or complained of, looked into, heard, proposed, decided by another officer, and what may undo it. */
export function supervisionFlow(tools: ServiceTools): CaseFlow<SupervisionState> {
  return defineFlow<SupervisionState>({
    id: supervisionFlowId,
    service: 'training-supervision',
    version: 1,
    title: { zh: '职业培训违规查处', en: 'Supervision of subsidised training' },
    numberPrefix: 'PXC',
    state: supervisionState,
    initial: initialSupervision,
    statuses: {
      investigating: { title: { zh: '调查中', en: 'Being looked into' }, task: { role: 'supervisor' } },
      hearing: {
        title: { zh: '听取陈述申辩', en: 'The institution is heard' },
        waitsFor: 'applicant',
        automatic: { step: 'closeHearing', afterDeadline: 'statement' },
      },
      heard: { title: { zh: '待提出处理意见', en: 'Sanctions to be proposed' }, task: { role: 'supervisor' } },
      proposed: { title: { zh: '待审批', en: 'To be decided' }, task: { role: 'approve' } },
      sanctioned: { title: { zh: '已处理', en: 'Sanctioned' }, final: true },
      unfounded: { title: { zh: '查无实据', en: 'Unfounded' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    deadlines: { statement: { zh: '陈述申辩期限', en: 'Time to be heard' } },
    steps: { ...inquirySteps(tools), ...decidingSteps(tools) },
    summary: ({ state }) => ({
      classNumber: state.classNumber,
      findings: state.findingIds.length,
      violations: state.violations.filter(({ established }) => established).length,
      sanctions: state.sanctions.length - state.lifted.length,
    }),
  })
}

import { useQuery } from '@tanstack/react-query'
import {
  type CasePartProps,
  type CaseView,
  defineWords,
  Link,
  type StepFormProps,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { FactList, type Field, FieldsForm, Loaded, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import {
  sanctionKinds,
  serviceId,
  supervisionFlow,
  supervisionState,
  trainingWords,
  useClass,
  useFindings,
  violationKinds,
} from './words.ts'

const words = defineWords({
  complaint: { zh: '举报内容', en: 'Complaint' },
  violations: { zh: '查实的违规', en: 'Established' },
  notEstablished: { zh: '未查实', en: 'Not established' },
  disallowed: { zh: '不予认定的学员', en: 'Trainees disallowed' },
  people: { zh: '{count} 人', en: '{count}' },
  statement: { zh: '机构陈述申辩', en: "The institution's statement" },
  byRule: { zh: '规则建议', en: 'Proposed by the rule' },
  proposed: { zh: '拟处理', en: 'Proposed' },
  sanctions: { zh: '现行处理', en: 'Sanctions that stand' },
  rectifyBy: { zh: '整改截止', en: 'To be put right by' },
  referrals: { zh: '移送', en: 'Passed on' },
  note: { zh: '查明的事实', en: 'What was established' },
  wholeClass: { zh: '全班学员不予认定', en: 'Disallow the whole class' },
  reasons: { zh: '理由', en: 'Reasons' },
  stake: {
    zh: '涉及补贴 {amountFen}；规则建议已勾选，可以增减。',
    en: '{amountFen} at stake; the proposal of the rule is ticked, change it as needed.',
  },
  outcome: { zh: '结论', en: 'Outcome' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回', en: 'Return' },
  opinion: { zh: '意见', en: 'Opinion' },
  sanction: { zh: '解除哪一项', en: 'Which sanction' },
  kind: { zh: '事项', en: 'What' },
  to: { zh: '移送机关', en: 'To whom' },
  reference: { zh: '移送文号', en: 'Reference' },
  referredOn: { zh: '移送日期', en: 'On' },
})

const passedOn = ['revoke_licence', 'hold_persons_responsible', 'administrative_penalty', 'refer_to_justice'] as const

function stateOf({ file }: CaseView) {
  return supervisionState.safeParse(file.state).data
}

/** Supervision cases: what was found, established and decided, and the form of each step. */
export const casePart: StaffCasePart = {
  flow: supervisionFlow,
  nextStep: ({ file: { status } }) =>
    status === 'investigating'
      ? 'investigate'
      : status === 'hearing'
        ? 'makeStatement'
        : status === 'heard'
          ? 'propose'
          : status === 'proposed'
            ? 'decide'
            : // What undoes a decision is done on request only.
              status === 'sanctioned'
              ? null
              : undefined,
  Facts: SupervisionFacts,
  stepForms: {
    investigate: InvestigateForm,
    makeStatement: stepForm({
      fields: [{ name: 'statement', kind: 'long_text', label: words.statement, required: true }],
    }),
    propose: ProposeForm,
    dismiss: stepForm({ fields: [{ name: 'reasons', kind: 'long_text', label: words.reasons, required: true }] }),
    decide: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['approved', 'returned'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
    lift: LiftForm,
    noteReferral: ReferralForm,
  },
}

function SupervisionFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const state = stateOf(view)
  const findings = useFindings(
    state?.classId ?? '',
    state?.classId !== undefined && view.file.subject.employerId !== null,
  )
  if (!state) return null
  const listed = (kinds: readonly string[]) => kinds.map((kind) => tell(`choices.${kind}`)).join('、')
  const found = (findings.data?.items ?? []).filter(({ findingId }) => state.findingIds.includes(findingId))
  return (
    <FactList
      columns={1}
      facts={[
        {
          label: say(trainingWords.class),
          value: state.classId && <Link to={`/training/classes/${state.classId}`}>{state.classNumber}</Link>,
        },
        { label: say(words.complaint), value: state.complaint },
        {
          label: say(trainingWords.findings),
          value:
            found.length > 0 ? (
              <ul>
                {found.map(({ findingId, rule, params }) => (
                  <li key={findingId}>{tell(`finding.${rule}`, params)}</li>
                ))}
              </ul>
            ) : null,
        },
        {
          label: say(words.violations),
          value: state.violations
            .map(({ kind, established, note }) =>
              [tell(`choices.${kind}`), established ? note : say(words.notEstablished)].join('：'),
            )
            .join('；'),
        },
        {
          label: say(words.disallowed),
          value: state.disallowed.length > 0 ? say(words.people, { count: state.disallowed.length }) : null,
        },
        { label: say(words.statement), value: state.statement },
        { label: say(words.byRule), value: listed(state.proposedByRule) },
        { label: say(words.proposed), value: listed(state.proposed) },
        {
          label: say(words.sanctions),
          value: listed(
            state.sanctions.filter(({ sanctionId }) => !state.lifted.includes(sanctionId)).map(({ kind }) => kind),
          ),
        },
        { label: say(words.rectifyBy), value: state.rectifyBy && day(state.rectifyBy) },
        {
          label: say(words.referrals),
          value: state.referrals
            .map(({ kind, to, reference }) => `${tell(`choices.${kind}`)} → ${to}（${reference}）`)
            .join('；'),
        },
      ]}
    />
  )
}

/** Which of several: the names of what was ticked. */
function ticked(values: unknown): string[] {
  return typeof values === 'object' && values !== null
    ? Object.entries(values)
        .filter(([, isTicked]) => isTicked === true)
        .map(([name]) => name)
    : []
}

function useChoiceFields(prefix: string, kinds: readonly string[]): Field[] {
  const { tell } = useTeller(serviceId)
  return kinds.map((kind) => ({
    name: `${prefix}.${kind}`,
    kind: 'flag',
    label: { zh: tell(`choices.${kind}`), en: tell(`choices.${kind}`) },
  }))
}

function InvestigateForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const found = useClass(stateOf(view)?.classId)
  const violationFields = useChoiceFields('violation', violationKinds)
  return (
    <Loaded query={found}>
      {({ trainees }) => (
        <FieldsForm
          fields={[
            ...violationFields,
            { name: 'note', kind: 'long_text', label: words.note, required: true },
            { name: 'wholeClass', kind: 'flag', label: words.wholeClass },
            ...trainees.map(({ personId, name, idNumberMasked }): Field => {
              const label = `${say(words.disallowed)}：${name} ${idNumberMasked}`
              return {
                ...{ name: `trainee.${personId}`, kind: 'flag', label: { zh: label, en: label } },
                askedWhen: { field: 'wholeClass', is: [false] },
              }
            }),
          ]}
          initial={{ wholeClass: false }}
          submitLabel={say(trainingWords.submit)}
          isSubmitting={isTaking}
          onSubmit={({ violation, trainee, note, wholeClass }) =>
            take({
              violations: ticked(violation).map((kind) => ({ kind, established: true, note })),
              disallowed: ticked(trainee),
              wholeClass: wholeClass === true,
            })
          }
        />
      )}
    </Loaded>
  )
}

type Proposal = { sanctions: string[]; subsidyAtStakeFen: number }

function ProposeForm({ view, isTaking, take }: StepFormProps) {
  const api = useApi()
  const { say } = useSpeech()
  const sanctionFields = useChoiceFields('sanction', sanctionKinds)
  const proposal = useQuery({
    queryKey: ['training proposal', view.file.id, view.file.seq],
    queryFn: () => api.get<Proposal>(`/services/${serviceId}/cases/${view.file.id}/proposal`),
  })
  return (
    <Loaded query={proposal}>
      {({ sanctions, subsidyAtStakeFen }) => (
        <FieldsForm
          fields={[...sanctionFields, { name: 'reasons', kind: 'long_text', label: words.reasons, required: true }]}
          initial={Object.fromEntries(sanctions.map((kind) => [`sanction.${kind}`, true]))}
          submitLabel={say(trainingWords.submit)}
          isSubmitting={isTaking}
          onSubmit={({ sanction, reasons }) => take({ sanctions: ticked(sanction), reasons })}
        >
          <p>{say(words.stake, { amountFen: subsidyAtStakeFen })}</p>
        </FieldsForm>
      )}
    </Loaded>
  )
}

function LiftForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { sanctions = [], lifted = [] } = stateOf(view) ?? {}
  return (
    <FieldsForm
      fields={[
        {
          name: 'sanctionId',
          kind: 'choice',
          label: words.sanction,
          required: true,
          options: sanctions
            .filter(({ sanctionId }) => !lifted.includes(sanctionId))
            .map(({ sanctionId: value, kind }) => ({
              value,
              label: { zh: tell(`choices.${kind}`), en: tell(`choices.${kind}`) },
            })),
        },
        { name: 'reason', kind: 'long_text', label: words.reasons, required: true },
      ]}
      submitLabel={say(trainingWords.submit)}
      isSubmitting={isTaking}
      onSubmit={take}
    />
  )
}

function ReferralForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const decided = new Set(stateOf(view)?.sanctions.map(({ kind }) => kind))
  return (
    <FieldsForm
      fields={[
        {
          name: 'kind',
          kind: 'choice',
          label: words.kind,
          required: true,
          options: passedOn
            .filter((kind) => decided.has(kind))
            .map((value) => ({ value, label: { zh: tell(`choices.${value}`), en: tell(`choices.${value}`) } })),
        },
        { name: 'to', kind: 'text', label: words.to, required: true },
        { name: 'reference', kind: 'text', label: words.reference, required: true },
        { name: 'referredOn', kind: 'date', label: words.referredOn, required: true },
      ]}
      submitLabel={say(trainingWords.submit)}
      isSubmitting={isTaking}
      onSubmit={take}
    />
  )
}

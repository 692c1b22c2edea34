import { useQuery } from '@tanstack/react-query'
import { Card, Tag } from 'antd'
import {
  AnswerInWords,
  type AnswerOf,
  type ApplicationState,
  answerIn,
  type BenefitParts,
  type CasePartProps,
  type CaseView,
  defineWords,
  findApplicationState,
  type OrderedPayment,
  useApi,
  useBenefitOf,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { DataTable, FactList, fenColumn, Loaded, type StaffCasePart } from '../../kit/staff/door.ts'
import { batchPart } from './benefit-batch.tsx'
import { applicationForms } from './benefit-case-forms.tsx'
import { KnownFactTable } from './benefit-facts.tsx'
import { RecalculationTable } from './benefit-recalculations.tsx'
import { revisionPart } from './benefit-revision.tsx'
import { roundPart } from './benefit-round.tsx'
import { RulingNow } from './benefit-ruling.tsx'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  application: { zh: '申请内容', en: 'The application' },
  employer: { zh: '申请单位', en: 'Employer' },
  creditCode: { zh: '统一社会信用代码', en: 'Credit code' },
  appliedOn: { zh: '申请日期', en: 'Applied on' },
  broughtBy: { zh: '来源', en: 'Brought by' },
  party: { zh: '申请人自己', en: 'the party' },
  counter: { zh: '窗口代为提交', en: 'the counter' },
  found: { zh: '免申即享（系统核定）', en: 'found without an application' },
  expected: { zh: '申请时的预判', en: 'Expected when applied for' },
  decided: { zh: '核定', en: 'Found' },
  owed: { zh: '应退回（待抵扣）', en: 'To be paid back' },
  paidOn: { zh: '最近支付日期', en: 'Last paid on' },
  money: { zh: '付款', en: 'Payments' },
  state: { zh: '状态', en: 'State' },
  takenBack: { zh: '已追回（元）', en: 'Claimed back (CNY)' },
  ordered: { zh: '待支付', en: 'to be paid' },
  returned: { zh: '退票', en: 'returned' },
  paid: { zh: '已支付', en: 'paid' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  now: { zh: '现在的事实和判定（复核、审批参考）', en: 'Facts and ruling as of now, for review and approval' },
})

const stateColours = { ordered: 'processing', returned: 'error', paid: 'success', cancelled: 'default' } as const

/** The case page's parts for benefits: an application, a bank batch, a round, a revision. */
export const benefitParts: BenefitParts<StaffCasePart> = {
  application: (flow) => ({ flow, nextStep, Facts: ApplicationFacts, stepForms: applicationForms }),
  batch: batchPart,
  round: roundPart,
  revision: revisionPart,
}

/** Each desk's own step is put forward; none where nothing has to be done. */
function nextStep({ file: { status } }: CaseView): string | null {
  const steps: Record<string, string> = {
    submitted: 'accept',
    awaiting_superior: 'approveRisk',
    awaiting_completion: 'complete',
    accepted: 'review',
    referred: 'determine',
    reviewed: 'approve',
    returned: 'reissue',
    under_objection: 'decideObjection',
  }
  return steps[status] ?? null
}

function ApplicationFacts({ view }: CasePartProps) {
  const { acting } = useSignedIn()
  const state = findApplicationState(view.file.state)
  if (!state) return null
  const isBeingDecided = ['submitted', 'awaiting_superior', 'accepted', 'referred', 'reviewed'].includes(
    view.file.status,
  )
  return (
    <div className="staff-stack">
      <ApplicationPart view={view} state={state} />
      {isBeingDecided && deskRoles.includes(acting.role) && <NowPart view={view} />}
      <OrderTable orders={state.orders} />
      <RecalculationTable view={view} />
    </div>
  )
}

const deskRoles = ['accept', 'review', 'approve']

function ApplicationPart({ view, state }: { view: CaseView; state: ApplicationState }) {
  const { say, day, yuan } = useSpeech()
  const teller = useTeller(view.file.service)
  const { flow } = view.file
  const fields = useBenefitOf(flow)?.fields ?? []
  const employer = useEmployerOf(state)
  const { answers, appliedOn, broughtBy, expected, found, owedFen, paidOn } = state
  const inWords = (finding: typeof found) =>
    finding && `${say(benefitWords[finding.outcome])} · ${yuan(finding.amountFen)}`
  return (
    <FactList
      title={say(words.application)}
      columns={1}
      facts={[
        { label: say(words.employer), value: employer?.name },
        { label: say(words.creditCode), value: employer?.creditCode },
        { label: say(words.appliedOn), value: appliedOn && day(appliedOn) },
        { label: say(words.broughtBy), value: broughtBy && say(words[broughtBy]) },
        ...fields.map((field) => ({
          label: teller.tell(`form.${flow}.${field.name}`),
          value: <AnswerInWords field={field} teller={teller} answer={answerIn(answers, field.name)} />,
        })),
        { label: say(words.expected), value: inWords(expected) },
        { label: say(words.decided), value: inWords(found) },
        { label: say(words.owed), value: owedFen > 0 ? yuan(owedFen) : null },
        { label: say(words.paidOn), value: paidOn && day(paidOn) },
      ]}
    />
  )
}

function useEmployerOf({ party }: ApplicationState) {
  const api = useApi()
  const employerId = party?.kind === 'employer' ? party.id : undefined
  const { data } = useQuery({
    queryKey: ['employer', employerId],
    queryFn: () => api.get<AnswerOf<'GET /employers/{employerId}'>>(`/employers/${employerId}`),
    enabled: employerId !== undefined,
    staleTime: 300_000,
  })
  return data
}

/** Beside what was applied for: what registers hold today, each with its source, and what the rule makes of both. */
function NowPart({ view: { file } }: { view: CaseView }) {
  const { say } = useSpeech()
  const api = useApi()
  const now = useQuery({
    queryKey: ['deciding now', file.id, file.seq],
    queryFn: () => api.get<AnswerOf<'GET /benefits/cases/{caseId}/now'>>(`/benefits/cases/${file.id}/now`),
    staleTime: 300_000,
    retry: false,
  })
  return (
    <Card size="small" title={say(words.now)}>
      <Loaded query={now}>
        {({ facts, ruling }) => (
          <div className="staff-stack">
            <KnownFactTable facts={facts} />
            {ruling && <RulingNow ruling={ruling} service={file.service} />}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function OrderTable({ orders }: { orders: readonly OrderedPayment[] }) {
  const { say } = useSpeech()
  if (orders.length === 0) return null
  return (
    <DataTable<OrderedPayment>
      rowKey="orderId"
      title={() => say(words.money)}
      dataSource={[...orders]}
      columns={[
        fenColumn(say(benefitWords.amountYuan), ({ amountFen }) => amountFen),
        {
          title: say(words.state),
          key: 'state',
          render: (_, { state }) => <Tag color={stateColours[state]}>{say(words[state])}</Tag>,
        },
        fenColumn(say(words.takenBack), ({ takenBackFen }) => (takenBackFen > 0 ? takenBackFen : null)),
      ]}
    />
  )
}

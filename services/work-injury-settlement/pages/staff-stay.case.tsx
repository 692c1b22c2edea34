import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Statistic } from 'antd'
import {
  type CasePartProps,
  type CaseView,
  defineWords,
  findRuling,
  formatFen,
  Link,
  RegionName,
  type StepFormProps,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { FactList, type Field, Loaded, RulingPanel, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { BillImport } from './staff-bill-import.tsx'
import { serviceId, servicePath, useServiceTeller } from './staff-service.ts'
import { StayLines } from './staff-stay-lines.tsx'
import { type StayLine, type StayState, stayStateOf } from './staff-stay-state.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  admission: { zh: '入院登记', en: 'Admission' },
  shownBy: { zh: '身份核验', en: 'Shown' },
  qr: { zh: '电子社保卡二维码', en: 'e-card code' },
  card: { zh: '实体社保卡', en: 'card' },
  bed: { zh: '床号', en: 'Bed' },
  filing: { zh: '备案', en: 'Filing' },
  manualClaim: { zh: '已在参保地立手工报销案', en: 'A manual claim was opened at home' },
  eligibility: { zh: '参保地答复', en: 'What the insured place answered' },
  bill: { zh: '费用明细', en: 'Bill' },
  billOf: {
    zh: '第 {version} 版，{lineCount} 行，{totalFen}（{sourceName}）',
    en: 'version {version}, {lineCount} lines, {totalFen} ({sourceName})',
  },
  awaiting: {
    zh: '辅助器具按参保地目录核价，已发出询问，等待答复。',
    en: 'Devices are priced by the insured place’s catalogue. It was asked and has not answered yet.',
  },
  preview: { zh: '预结算', en: 'Preview' },
  notForInjury: { zh: '其中非工伤', en: 'of it, not for the injury' },
  outsideCatalogue: { zh: '其中目录外', en: 'of it, outside the catalogue' },
  overLimit: { zh: '其中超限价', en: 'of it, over a limit' },
  slip: { zh: '打印结算单（供本人签字）', en: 'Print the slip for signature' },
  settlement: { zh: '结算', en: 'Settlement' },
  undoneOn: { zh: '撤销日期', en: 'Undone on' },
  settledOn: { zh: '结算日期', en: 'Settled on' },
  home: { zh: '参保地入账', en: 'At the insured place' },
  home_waiting: { zh: '已发出，待回执', en: 'told; receipt awaited' },
  home_booked: { zh: '已入账', en: 'booked' },
  home_disputed: { zh: '有异议', en: 'disputed' },
  claim: { zh: '手工报销案', en: 'Manual claim' },
  deduction: { zh: '拟扣款 {amountFen}：{reason}', en: 'Proposed deduction of {amountFen}: {reason}' },
  appealed: { zh: '医院申诉：{appeal}', en: 'The hospital appeals: {appeal}' },
  leaveReason: { zh: '未直接结算的原因', en: 'Why it was not settled directly' },
  signed: { zh: '本人已在结算单上签字', en: 'The person has signed the slip' },
  consent: {
    zh: '目录外、超限价费用已签知情同意',
    en: 'Consent to costs outside the catalogue or over a limit is signed',
  },
  travel: { zh: '申报交通费', en: 'Declared travel cost' },
  lodging: { zh: '申报食宿费', en: 'Declared board and lodging' },
  declaredHelp: { zh: '凭票据在参保地报销；没有则填 0', en: 'Reimbursed at home against receipts; 0 if none' },
  personPays: { zh: '本人应付 {amountFen}', en: 'The person pays {amountFen}' },
  settle: { zh: '出院结算', en: 'Settle' },
  pending: {
    zh: '参保地尚未答复：照常治疗、录入费用、试算；答复后自动转入结算。先出院的，参保地自动立手工报销案。',
    en: 'The insured place has not answered yet. Treat, enter the bill and preview; its answer comes by itself. Whoever leaves before gets a manual claim at home.',
  },
  transactionNumber: { zh: '交易流水号', en: 'Transaction number' },
  transactionHelp: {
    zh: '医院系统的流水号；结果不明时凭它冲正',
    en: 'Of the hospital’s own system; with it a transaction of unknown outcome is reversed',
  },
  lessFen: { zh: '更正减少金额', en: 'Less by' },
  undoReason: { zh: '撤销原因', en: 'Why it is undone' },
  audit: { zh: '审核结论', en: 'Audit' },
  passed: { zh: '通过', en: 'Passed' },
  deduct: { zh: '扣款', en: 'Deduct' },
  deductFen: { zh: '扣款金额', en: 'Amount to deduct' },
  appealGrounds: { zh: '申诉理由', en: 'Grounds of the appeal' },
  decidedFen: { zh: '裁定扣款金额', en: 'Amount to deduct after the appeal' },
})

function StayFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const state = stayStateOf(view)
  const ruling = findRuling(state.eligibility?.ruling)
  return (
    <div className="staff-stack">
      <AdmissionFacts state={state} />
      {ruling && !view.decision && (
        <Card size="small" title={say(words.eligibility)}>
          <RulingPanel ruling={ruling} service={serviceId} isFolded={ruling.outcome === 'granted'} />
        </Card>
      )}
      {state.proposedDeduction && <DeductionNote deduction={state.proposedDeduction} />}
      {state.settlement && <SettlementFacts settlement={state.settlement} />}
      {view.file.status === 'pending_eligibility' && <Alert type="info" showIcon title={say(words.pending)} />}
      {state.preview && <PreviewFigures preview={state.preview} stayId={view.file.id} />}
      {state.awaitingPrices !== null && <Alert type="info" showIcon title={say(words.awaiting)} />}
      {state.bill && <BillPart bill={state.bill} stayId={view.file.id} seq={view.file.seq} />}
    </div>
  )
}

function AdmissionFacts({ state: { admission, eligibility } }: { state: StayState }) {
  const { say, day } = useSpeech()
  const { choice } = useServiceTeller()
  if (!admission) return null
  return (
    <FactList
      title={say(words.admission)}
      columns={2}
      facts={[
        { label: say(serviceWords.insuredRegion), value: <RegionName code={admission.insuredRegion} /> },
        { label: say(serviceWords.careKind), value: choice(admission.careKind) },
        { label: say(serviceWords.costType), value: choice(admission.costType) },
        { label: say(serviceWords.admittedOn), value: day(admission.admittedOn) },
        { label: say(words.shownBy), value: say(words[admission.shownBy]) },
        { label: say(words.bed), value: admission.bed },
        {
          label: say(words.filing),
          value: eligibility?.filing && `${eligibility.filing.number} · ${choice(eligibility.filing.filingClass)}`,
        },
        { label: say(words.manualClaim), value: eligibility?.manualClaim },
      ]}
    />
  )
}

function DeductionNote({ deduction }: { deduction: NonNullable<StayState['proposedDeduction']> }) {
  const { say } = useSpeech()
  const { amountFen, reason, appeal } = deduction
  return (
    <Alert
      type="warning"
      showIcon
      title={say(words.deduction, { amountFen, reason })}
      {...(appeal !== null && { description: say(words.appealed, { appeal }) })}
    />
  )
}

function SettlementFacts({ settlement }: { settlement: NonNullable<StayState['settlement']> }) {
  const { say, day, yuan } = useSpeech()
  const { find } = useServiceTeller()
  const { homeCode } = settlement
  const home = say(words[`home_${settlement.home}`])
  return (
    <FactList
      title={say(words.settlement)}
      columns={2}
      facts={[
        { label: say(serviceWords.settlementNumber), value: settlement.number },
        { label: say(serviceWords.dischargedOn), value: day(settlement.dischargedOn) },
        { label: say(words.settledOn), value: day(settlement.settledOn) },
        { label: say(serviceWords.totalFen), value: yuan(settlement.totalFen) },
        { label: say(serviceWords.fundFen), value: yuan(settlement.fundFen) },
        { label: say(serviceWords.personFen), value: yuan(settlement.personFen) },
        {
          label: say(serviceWords.deductedFen),
          value: settlement.deductedFen > 0 ? yuan(settlement.deductedFen) : null,
        },
        { label: say(words.home), value: homeCode === null ? home : `${home} · ${find(homeCode) ?? homeCode}` },
        { label: say(words.claim), value: settlement.claimNumber },
        { label: say(words.undoneOn), value: settlement.undoneOn && day(settlement.undoneOn) },
      ]}
    />
  )
}

function PreviewFigures({ preview, stayId }: { preview: NonNullable<StayState['preview']>; stayId: string }) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const figures = [
    { title: serviceWords.totalFen, amountFen: preview.totalFen },
    { title: serviceWords.fundFen, amountFen: preview.fundFen },
    { title: serviceWords.personFen, amountFen: preview.personFen },
    { title: words.outsideCatalogue, amountFen: preview.outsideCatalogueFen },
    { title: words.overLimit, amountFen: preview.overLimitFen },
    { title: words.notForInjury, amountFen: preview.notForInjuryFen },
  ]
  return (
    <Card
      size="small"
      title={say(words.preview)}
      extra={
        acting.role === 'hospital_office' && <Link to={`/work-injury/stays/${stayId}/slip`}>{say(words.slip)}</Link>
      }
    >
      <div className="staff-figures">
        {figures.map(({ title, amountFen }) => (
          <Statistic key={title.en} title={say(title)} value={formatFen(amountFen)} />
        ))}
      </div>
    </Card>
  )
}

function BillPart(props: { bill: NonNullable<StayState['bill']>; stayId: string; seq: number }) {
  const { bill, stayId, seq } = props
  const { say } = useSpeech()
  const api = useApi()
  const lines = useQuery({
    queryKey: ['stay-lines', stayId, seq],
    queryFn: () => api.get<{ lines: StayLine[] }>(`${servicePath}/stays/${stayId}/lines`),
  })
  return (
    <Card size="small" title={`${say(words.bill)} · ${say(words.billOf, bill)}`}>
      <Loaded query={lines}>{({ lines: shown }) => <StayLines lines={shown} />}</Loaded>
    </Card>
  )
}

const SettleFields = stepForm({
  fields: [
    { name: 'dischargedOn', kind: 'date', label: serviceWords.dischargedOn, required: true },
    { name: 'slipSigned', kind: 'flag', label: words.signed },
    { name: 'consentSigned', kind: 'flag', label: words.consent },
    { name: 'declaredTravelFen', kind: 'money', label: words.travel, help: words.declaredHelp, required: true },
    { name: 'declaredLodgingFen', kind: 'money', label: words.lodging, required: true },
    { name: 'transactionNumber', kind: 'text', label: words.transactionNumber, help: words.transactionHelp },
  ],
  initial: () => ({ declaredTravelFen: 0, declaredLodgingFen: 0 }),
  toBody: (values, view) => ({ ...values, expectedPersonFen: stayStateOf(view).preview?.personFen ?? 0 }),
  submitLabel: words.settle,
})

/** Settling: what the person pays stands first; it must still be what they signed for. */
function SettleForm(props: StepFormProps) {
  const { say } = useSpeech()
  const { preview } = stayStateOf(props.view)
  return (
    <div className="staff-stack">
      {preview && <Alert type="info" title={say(words.personPays, { amountFen: preview.personFen })} />}
      <SettleFields {...props} />
    </div>
  )
}

const auditFields: Field[] = [
  {
    name: 'outcome',
    kind: 'choice',
    label: words.audit,
    required: true,
    options: [
      { value: 'passed', label: words.passed },
      { value: 'deduct', label: words.deduct },
    ],
  },
  {
    name: 'opinion',
    kind: 'long_text',
    label: serviceWords.opinion,
    askedWhen: { field: 'outcome', is: ['passed'] },
  },
  {
    name: 'amountFen',
    kind: 'money',
    label: words.deductFen,
    required: true,
    askedWhen: { field: 'outcome', is: ['deduct'] },
  },
  {
    name: 'reason',
    kind: 'long_text',
    label: serviceWords.reason,
    required: true,
    askedWhen: { field: 'outcome', is: ['deduct'] },
  },
]

function nextStepOf(view: CaseView): string | null {
  const { bill, preview } = stayStateOf(view)
  if (view.file.status === 'reconciled') return 'audit'
  if (view.file.status === 'deduction_proposed') return 'acceptDeduction'
  if (view.file.status === 'appealed') return 'decideAppeal'
  if (view.file.status === 'redirected') return 'leave'
  if (view.file.status === 'previewed') return 'settle'
  if (!['pending_eligibility', 'in_hospital', 'undone'].includes(view.file.status)) return null
  if (preview) return null
  return bill ? 'previewBill' : 'importBill'
}

/** Stays: at the hospital from admission to settlement, at the agency for audit and appeal. */
export const casePart: StaffCasePart = {
  flow: 'stay',
  nextStep: nextStepOf,
  Facts: StayFacts,
  stepForms: {
    importBill: BillImport,
    settle: SettleForm,
    leave: stepForm({
      fields: [
        { name: 'dischargedOn', kind: 'date', label: serviceWords.dischargedOn, required: true },
        { name: 'reason', kind: 'long_text', label: words.leaveReason, required: true },
      ],
    }),
    undo: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: words.undoReason, required: true }],
      isDangerous: true,
    }),
    reverse: stepForm({
      fields: [
        {
          name: 'transactionNumber',
          kind: 'text',
          label: words.transactionNumber,
          help: words.transactionHelp,
          required: true,
        },
      ],
      isDangerous: true,
    }),
    correct: stepForm({
      fields: [
        { name: 'lessFen', kind: 'money', label: words.lessFen, required: true },
        { name: 'reason', kind: 'long_text', label: serviceWords.reason, required: true },
      ],
      isDangerous: true,
    }),
    audit: stepForm({ fields: auditFields }),
    appeal: stepForm({
      fields: [{ name: 'grounds', kind: 'long_text', label: words.appealGrounds, required: true }],
    }),
    decideAppeal: stepForm({
      fields: [
        { name: 'deductFen', kind: 'money', label: words.decidedFen, required: true },
        { name: 'opinion', kind: 'long_text', label: serviceWords.opinion, required: true },
      ],
      initial: (view) => ({ deductFen: stayStateOf(view).proposedDeduction?.amountFen }),
    }),
  },
}

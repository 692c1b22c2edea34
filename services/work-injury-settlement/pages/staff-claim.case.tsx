import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePartProps,
  type CaseView,
  commonWords,
  defineWords,
  parseYuan,
  RegionName,
  type StepFormProps,
  useSpeech,
} from '../../../kit/door.ts'
import { DataTable, FactList, fenColumn, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { useServiceTeller } from './staff-service.ts'
import { inYuan, opinionField, outcomeField, riskApprovalFields, serviceWords } from './staff-words.ts'

const words = defineWords({
  about: { zh: '就医情况', en: 'The stay' },
  stayNumber: { zh: '住院编号', en: 'Stay' },
  stayDays: { zh: '住院天数', en: 'Days' },
  filingClass: { zh: '备案类型', en: 'Class of filing' },
  notDirect: { zh: '未直接结算的原因', en: 'Why it was not settled directly' },
  declared: { zh: '出院时申报交通、食宿', en: 'Travel and lodging declared at discharge' },
  amounts: { zh: '应付金额', en: 'Amounts' },
  mealFen: { zh: '伙食补助', en: 'Meal allowance' },
  travelFen: { zh: '交通食宿费', en: 'Travel, board and lodging' },
  billFen: { zh: '医疗费', en: 'Treatment' },
  totalFen: { zh: '合计', en: 'Total' },
  account: { zh: '收款账户', en: 'Account' },
  paidOn: { zh: '支付日期', en: 'Paid on' },
  receipts: { zh: '票据', en: 'Receipts' },
  receiptNumber: { zh: '电子票据号', en: 'E-receipt number' },
  kind: { zh: '类别', en: 'Kind' },
  amount: { zh: '金额', en: 'Amount' },
  travel: { zh: '交通', en: 'travel' },
  lodging: { zh: '食宿', en: 'board and lodging' },
  treatment: { zh: '医疗', en: 'treatment' },
  noReceipts: { zh: '没有票据（伙食补助不需要票据）', en: 'No receipts (the meal allowance needs none)' },
  add: { zh: '增加一张', en: 'Add one' },
  remove: { zh: '删除', en: 'Remove' },
  bankName: { zh: '开户银行', en: 'Bank' },
  bankAccount: { zh: '银行账号', en: 'Account number' },
  inScope: { zh: '医疗票据中符合目录的金额', en: 'Part of the treatment receipts that is in scope' },
  inScopeHelp: {
    zh: '按参保地目录核定；没有医疗票据填 0',
    en: 'By the insured place’s catalogue; 0 without treatment receipts',
  },
  whyNot: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  bankReference: { zh: '银行回单号', en: 'Bank reference' },
})

const receiptKinds = ['travel', 'lodging', 'treatment'] as const
const receipt = z.object({ number: z.string(), kind: z.enum(receiptKinds), amountFen: z.number() })
type Receipt = z.infer<typeof receipt>
const claimState = z.object({
  occasion: z.nullable(
    z.object({
      stayNumber: z.string(),
      institutionName: z.string(),
      treatmentRegion: z.string(),
      admittedOn: z.string(),
      dischargedOn: z.nullable(z.string()),
      stayDays: z.number(),
      filingClass: z.nullable(z.string()),
      declaredTravelFen: z.number(),
      declaredLodgingFen: z.number(),
      notDirectBecause: z.nullable(z.string()),
    }),
  ),
  amounts: z.nullable(
    z.object({ mealFen: z.number(), travelFen: z.number(), billFen: z.number(), totalFen: z.number() }),
  ),
  receipts: z.array(receipt),
  account: z.nullable(z.object({ bankName: z.string(), bankAccount: z.string() })),
  paidOn: z.nullable(z.string()),
})

const stateOf = ({ file }: CaseView) => z.parse(claimState, file.state)

function ClaimFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { choice, find } = useServiceTeller()
  const { occasion, amounts, receipts, account, paidOn } = stateOf(view)
  const reason = occasion?.notDirectBecause ?? null
  return (
    <div className="staff-stack">
      {occasion && (
        <FactList
          title={say(words.about)}
          columns={1}
          facts={[
            { label: say(serviceWords.institution), value: occasion.institutionName },
            { label: say(serviceWords.treatmentRegion), value: <RegionName code={occasion.treatmentRegion} /> },
            { label: say(words.stayNumber), value: occasion.stayNumber },
            { label: say(serviceWords.admittedOn), value: day(occasion.admittedOn) },
            { label: say(serviceWords.dischargedOn), value: occasion.dischargedOn && day(occasion.dischargedOn) },
            { label: say(words.stayDays), value: occasion.stayDays },
            { label: say(words.filingClass), value: occasion.filingClass && choice(occasion.filingClass) },
            { label: say(words.notDirect), value: reason && (find(`reasons.${reason}`) ?? choice(reason)) },
            {
              label: say(words.declared),
              value:
                occasion.declaredTravelFen + occasion.declaredLodgingFen > 0
                  ? `${yuan(occasion.declaredTravelFen)} + ${yuan(occasion.declaredLodgingFen)}`
                  : null,
            },
          ]}
        />
      )}
      {amounts && (
        <FactList
          title={say(words.amounts)}
          columns={1}
          facts={(['mealFen', 'travelFen', 'billFen', 'totalFen'] as const).map((name) => ({
            label: say(words[name]),
            value: yuan(amounts[name]),
          }))}
        />
      )}
      <ReceiptTable receipts={receipts} />
      <FactList
        columns={1}
        facts={[
          { label: say(words.account), value: account && `${account.bankName} …${account.bankAccount.slice(-4)}` },
          { label: say(words.paidOn), value: paidOn && day(paidOn) },
        ]}
      />
    </div>
  )
}

function ReceiptTable({ receipts }: { receipts: readonly Receipt[] }) {
  const { say } = useSpeech()
  return (
    <DataTable<Receipt>
      rowKey="number"
      dataSource={[...receipts]}
      emptyText={say(words.noReceipts)}
      columns={[
        { title: say(words.receiptNumber), dataIndex: 'number' },
        { title: say(words.kind), key: 'kind', render: (_, { kind }) => say(words[kind]) },
        fenColumn(say(inYuan(words.amount)), ({ amountFen }) => amountFen),
      ]}
    />
  )
}

type TypedReceipt = { id: number; number: string; kind: Receipt['kind']; amount: string }

const AccountFields = stepForm({
  fields: [
    { name: 'bankName', kind: 'text', label: words.bankName, required: true },
    { name: 'bankAccount', kind: 'text', label: words.bankAccount, required: true },
  ],
})

/** Entering at the counter what the person brought: receipts, and the account to pay to. */
function SupplyForm(props: StepFormProps) {
  const { say } = useSpeech()
  const [typed, setTyped] = useState<TypedReceipt[]>([])
  const change = (id: number, part: Partial<TypedReceipt>) =>
    setTyped(typed.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const receipts = typed.map(({ number, kind, amount }) => ({ number, kind, amountFen: parseYuan(amount) ?? 0 }))
  return (
    <div className="staff-stack">
      <strong>{say(words.receipts)}</strong>
      {typed.map(({ id, number, kind, amount }) => (
        <Space.Compact key={id} block>
          <Input
            aria-label={say(words.receiptNumber)}
            placeholder={say(words.receiptNumber)}
            value={number}
            onChange={({ target }) => change(id, { number: target.value })}
          />
          <Select<Receipt['kind']>
            aria-label={say(words.kind)}
            value={kind}
            onChange={(chosen) => change(id, { kind: chosen })}
            options={receiptKinds.map((value) => ({ value, label: say(words[value]) }))}
            style={{ minWidth: 110 }}
          />
          <Input
            aria-label={say(inYuan(words.amount))}
            placeholder={say(inYuan(words.amount))}
            inputMode="decimal"
            value={amount}
            status={amount !== '' && parseYuan(amount) === undefined ? 'error' : ''}
            onChange={({ target }) => change(id, { amount: target.value })}
          />
          <Button onClick={() => setTyped(typed.filter((each) => each.id !== id))}>{say(words.remove)}</Button>
        </Space.Compact>
      ))}
      <Button
        onClick={() =>
          setTyped([...typed, { id: (typed.at(-1)?.id ?? 0) + 1, number: '', kind: 'travel', amount: '' }])
        }
      >
        {say(words.add)}
      </Button>
      <AccountFields {...props} take={(account) => props.take({ ...z.parse(accountFields, account), receipts })} />
    </div>
  )
}

const accountFields = z.object({ bankName: z.string(), bankAccount: z.string() })

/** Manual claims at home: what is claimed and why, receipts, and the four desks that handle it. */
export const casePart: StaffCasePart = {
  flow: 'claim',
  nextStep: ({ file }) => (file.status === 'submitted' ? 'accept' : undefined),
  Facts: ClaimFacts,
  stepForms: {
    supply: SupplyForm,
    accept: stepForm({
      fields: [
        outcomeField('accepted', 'not_accepted'),
        { name: 'billInScopeFen', kind: 'money', label: words.inScope, help: words.inScopeHelp, required: true },
        {
          name: 'reason',
          kind: 'long_text',
          label: words.whyNot,
          required: true,
          askedWhen: { field: 'outcome', is: ['not_accepted'] },
        },
      ],
      initial: () => ({ outcome: 'accepted', billInScopeFen: 0 }),
    }),
    approveRisk: stepForm({ fields: riskApprovalFields }),
    review: stepForm({ fields: [opinionField] }),
    approve: stepForm({ fields: [opinionField] }),
    pay: stepForm({
      fields: [{ name: 'bankReference', kind: 'text', label: words.bankReference, required: true }],
      submitLabel: commonWords.confirm,
    }),
  },
}

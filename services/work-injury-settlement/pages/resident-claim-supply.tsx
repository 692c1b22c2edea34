import { useState } from 'react'
import * as z from 'zod/mini'
import {
  defineWords,
  formatFen,
  parseYuan,
  SelectField,
  StepForm,
  type StepFormProps,
  TextField,
  useSpeech,
} from '../../../kit/door.ts'

/** What a receipt can be for. */
export const receiptKinds = ['travel', 'lodging', 'treatment'] as const

/** The kinds of receipts in words. */
export const receiptWords = defineWords({
  travel: { zh: '交通', en: 'Travel' },
  lodging: { zh: '食宿', en: 'Board and lodging' },
  treatment: { zh: '医疗', en: 'Treatment' },
})

const words = defineWords({
  noReceipts: {
    zh: '伙食补助按住院天数计算，不用票据，填好收款账户就可以。',
    en: 'The meal allowance follows from the days in hospital: no receipt is needed, only your account.',
  },
  receipt: { zh: '第 {number} 张票据', en: 'Receipt {number}' },
  kind: { zh: '是什么费用', en: 'What it is for' },
  number: { zh: '电子票据号码', en: 'Number of the e-receipt' },
  numberHelp: {
    zh: '票据右上角的号码。同一张票据只能报销一次。',
    en: 'At its top right. A receipt is paid only once.',
  },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  amountWrong: { zh: '请填金额，例如 128.50', en: 'An amount such as 128.50' },
  numberWrong: { zh: '请填 6 到 40 位的数字或字母', en: 'Please give 6 to 40 digits or letters' },
  bankAccountWrong: { zh: '请填 8 到 30 位数字', en: 'Please give 8 to 30 digits' },
  add: { zh: '再加一张票据', en: 'Add a receipt' },
  remove: { zh: '去掉这一张', en: 'Remove this one' },
  bankName: { zh: '开户银行', en: 'Bank' },
  bankAccount: { zh: '本人银行账号', en: 'Your account number' },
  bankAccountHelp: { zh: '社保卡的金融账户也可以。', en: 'The account of your social security card will do.' },
})

const occasionNeeds = z.object({
  occasion: z.object({
    declaredTravelFen: z.number(),
    declaredLodgingFen: z.number(),
    notDirectBecause: z.nullable(z.string()),
  }),
})

type ReceiptRow = { id: number; kind: string; number: string; amount: string }

const isAccount = (text: string) => /^\d{8,30}$/.test(text)
const isReceiptNumber = (text: string) => /^[0-9A-Za-z-]{6,40}$/.test(text)
const isAmount = (text: string) => (parseYuan(text) ?? 0) > 0
const isWhole = ({ kind, number, amount }: ReceiptRow) => kind !== '' && isReceiptNumber(number) && isAmount(amount)

/** One row for each receipt that this claim cannot do without. */
function neededRows(state: unknown): ReceiptRow[] {
  const needs = occasionNeeds.safeParse(state)
  if (!needs.success) return []
  const { declaredTravelFen, declaredLodgingFen, notDirectBecause } = needs.data.occasion
  const row = (id: number, kind: string, amountFen: number) => ({
    id,
    kind,
    number: '',
    amount: amountFen > 0 ? formatFen(amountFen) : '',
  })
  return [
    ...(declaredTravelFen > 0 ? [row(1, 'travel', declaredTravelFen)] : []),
    ...(declaredLodgingFen > 0 ? [row(2, 'lodging', declaredLodgingFen)] : []),
    ...(notDirectBecause !== null ? [row(3, 'treatment', 0)] : []),
  ]
}

/** Giving the receipts of a claim and the account to pay into. */
export function SupplyForm({ view, take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [rows, setRows] = useState(() => neededRows(view.file.state))
  const [bankName, setBankName] = useState('')
  const [bankAccount, setBankAccount] = useState('')
  const change = (changed: ReceiptRow) => setRows(rows.map((row) => (row.id === changed.id ? changed : row)))
  const submit = () => {
    if (!isAccount(bankAccount) || !rows.every(isWhole)) return
    const receipts = rows.map(({ kind, number, amount }) => ({ kind, number, amountFen: parseYuan(amount) }))
    take({ receipts, bankName, bankAccount })
  }
  return (
    <StepForm isTaking={isTaking} onSubmit={submit}>
      {rows.length === 0 && <p className="kit-note">{say(words.noReceipts)}</p>}
      {rows.map((row, index) => (
        <ReceiptFields
          key={row.id}
          row={row}
          position={index + 1}
          onChange={change}
          onRemove={() => setRows(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      <button
        type="button"
        className="kit-button"
        onClick={() => setRows([...rows, { id: nextId(rows), kind: '', number: '', amount: '' }])}
      >
        {say(words.add)}
      </button>
      <TextField label={say(words.bankName)} required value={bankName} onChange={setBankName} />
      <TextField
        label={say(words.bankAccount)}
        help={say(words.bankAccountHelp)}
        required
        inputMode="numeric"
        value={bankAccount}
        problem={bankAccount === '' || isAccount(bankAccount) ? undefined : say(words.bankAccountWrong)}
        onChange={setBankAccount}
      />
    </StepForm>
  )
}

function nextId(rows: readonly ReceiptRow[]): number {
  return Math.max(3, ...rows.map(({ id }) => id)) + 1
}

type ReceiptFieldsProps = {
  row: ReceiptRow
  position: number
  onChange: (row: ReceiptRow) => void
  onRemove: () => void
}

function ReceiptFields({ row, position, onChange, onRemove }: ReceiptFieldsProps) {
  const { say } = useSpeech()
  return (
    <fieldset className="kit-section">
      <legend>{say(words.receipt, { number: position })}</legend>
      <SelectField
        label={say(words.kind)}
        required
        value={row.kind}
        options={receiptKinds.map((kind) => ({ value: kind, label: say(receiptWords[kind]) }))}
        onChange={(kind) => onChange({ ...row, kind })}
      />
      <TextField
        label={say(words.number)}
        help={say(words.numberHelp)}
        required
        value={row.number}
        problem={row.number === '' || isReceiptNumber(row.number) ? undefined : say(words.numberWrong)}
        onChange={(number) => onChange({ ...row, number })}
      />
      <TextField
        label={say(words.amount)}
        required
        inputMode="decimal"
        value={row.amount}
        problem={row.amount === '' || isAmount(row.amount) ? undefined : say(words.amountWrong)}
        onChange={(amount) => onChange({ ...row, amount })}
      />
      <button type="button" className="kit-button kit-button-text" onClick={onRemove}>
        {say(words.remove)}
      </button>
    </fieldset>
  )
}

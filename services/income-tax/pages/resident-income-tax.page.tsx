import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  defineWords,
  FlagField,
  Loaded,
  ProblemNote,
  parseYuan,
  SelectField,
  type ServicePage,
  TextField,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const serviceId = 'income-tax'

const words = defineWords({
  title: { zh: '个税年度汇算测算', en: 'Income tax settlement: estimate' },
  summary: {
    zh: '算一算要补税还是退税；不用登录，不会保存',
    en: 'Is tax to pay or to be refunded? No sign-in, nothing is kept',
  },
  lead: {
    zh: '这是测算。真正办理请用个人所得税 App 或拨打 12366；不要点短信里的链接。',
    en: 'This is an estimate. Settle in the personal tax app or call 12366; never through a link in a message.',
  },
  year: { zh: '哪一年的收入', en: 'Income of which year' },
  yearOf: { zh: '{year} 年', en: '{year}' },
  income: { zh: '全年收入（税前，元）', en: 'Income of the year (before tax, in yuan)' },
  deductions: { zh: '全年扣除（元）', en: 'Deductions of the year (in yuan)' },
  donations: { zh: '公益捐赠（元）', en: 'Donations (in yuan)' },
  paid: { zh: '已经缴的税（元）', en: 'Tax paid already (in yuan)' },
  optional: { zh: '没有的不填', en: 'Leave empty what you have not' },
  help_specialDeductionsFen: { zh: '个人缴的社保和公积金', en: 'Your own social insurance and housing fund' },
  help_additionalDeductionsFen: {
    zh: '子女教育、赡养老人、住房贷款或租金等',
    en: 'Children, parents, mortgage or rent and the like',
  },
  help_otherDeductionsFen: { zh: '年金、个人养老金等', en: 'Annuities, the personal pension and the like' },
  help_prepaidFen: { zh: '工资单上每月扣的税，加起来', en: 'What was taken from your wages, all months together' },
  amount: { zh: '请填金额，最多两位小数', en: 'Please give an amount, at most two decimals' },
  foreign: { zh: '有境外所得', en: 'I have income from abroad' },
  missed: {
    zh: '单位没有按规定预扣税款',
    en: 'My employer did not withhold tax as it had to',
  },
  count: { zh: '算一算', en: 'Work it out' },
  pay: { zh: '要补税 {amount}', en: 'To pay: {amount}' },
  refund: { zh: '可以退税 {amount}', en: 'To be refunded: {amount}' },
  even: { zh: '不补不退', en: 'Nothing to pay, nothing to be refunded' },
  exempt: { zh: '可以不办汇算，不用补税', en: 'You need not settle, and nothing is to pay' },
  late: {
    zh: '汇算期已过，请尽快补办。',
    en: 'The time to settle is over; please settle soon.',
  },
  taxable: { zh: '应纳税所得额', en: 'Taxable income' },
  tax: { zh: '全年应纳税额', en: 'Tax of the year' },
  how: { zh: '怎么算出来的', en: 'How it was computed' },
})

const incomes = ['wagesFen', 'labourFen', 'authorFen', 'royaltiesFen'] as const
const deductions = ['specialDeductionsFen', 'additionalDeductionsFen', 'otherDeductionsFen'] as const
const donations = ['donationsFen', 'donationsInFullFen'] as const
const amounts = [...incomes, ...deductions, ...donations, 'prepaidFen'] as const

type AmountName = (typeof amounts)[number]

type Estimate = {
  outcome: 'granted' | 'refused' | 'referred'
  balanceFen?: number
  taxFen?: number
  taxableFen?: number
  settlement?: 'pay' | 'refund' | 'even' | 'exempt'
  afterWindow?: boolean
  meaning: { zh: string; en: string } | null
  advice: { zh: string; en: string } | null
  sentences: { zh: string[]; en: string[] }
}

/** Anybody's estimate of a yearly settlement (M3.02, M3.03). */
export const page: ServicePage = {
  id: 'income-tax',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  withoutSignIn: true,
  order: 91,
  path: '/services/income-tax',
  Component: IncomeTaxPage,
}

function IncomeTaxPage() {
  const api = useApi()
  const { say } = useSpeech()
  const years = useQuery({
    queryKey: ['tax years'],
    queryFn: async () => (await api.get<{ years: number[] }>(`/services/${serviceId}/years`)).years.map(String),
  })
  const [year, setYear] = useState<string>()
  const [typed, setTyped] = useState<Partial<Record<AmountName, string>>>({})
  const [foreignIncome, setForeign] = useState(false)
  const [withholdingMissed, setMissed] = useState(false)
  const [isChecked, setChecked] = useState(false)
  const estimate = useAction((body: object, key) => api.post<Estimate>(`/services/${serviceId}/estimate`, body, key))
  const wrong = amounts.filter((name) => typed[name] && parseYuan(typed[name]) === undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (wrong.length > 0) return
    const given = amounts.flatMap((name) => (typed[name] ? [[name, parseYuan(typed[name])] as const] : []))
    const taxYear = Number(year ?? years.data?.[0])
    estimate.mutate({ taxYear, foreignIncome, withholdingMissed, ...Object.fromEntries(given) })
  }
  const group = (title: keyof typeof words, names: readonly AmountName[]) => (
    <Amounts
      title={say(words[title])}
      names={names}
      typed={typed}
      wrong={isChecked ? wrong : []}
      onType={(name, text) => setTyped({ ...typed, [name]: text })}
    />
  )
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <form onSubmit={submit} noValidate>
        <Loaded query={years}>
          {(offered) => (
            <SelectField
              label={say(words.year)}
              value={year ?? offered[0] ?? ''}
              onChange={setYear}
              options={offered.map((value) => ({ value, label: say(words.yearOf, { year: value }) }))}
            />
          )}
        </Loaded>
        <p className="kit-quiet">{say(words.optional)}</p>
        {group('income', incomes)}
        {group('deductions', deductions)}
        {group('donations', donations)}
        {group('paid', ['prepaidFen'])}
        <FlagField label={say(words.foreign)} value={foreignIncome} onChange={setForeign} />
        <FlagField label={say(words.missed)} value={withholdingMissed} onChange={setMissed} />
        <div className="kit-actions">
          <button type="submit" className="kit-button kit-button-primary" disabled={estimate.isPending || !years.data}>
            {say(words.count)}
          </button>
        </div>
      </form>
      {estimate.error && <ProblemNote error={estimate.error} />}
      <div aria-live="polite">{estimate.data && <Result estimate={estimate.data} />}</div>
    </>
  )
}

type AmountsProps = {
  title: string
  names: readonly AmountName[]
  typed: Partial<Record<AmountName, string>>
  wrong: readonly AmountName[]
  onType: (name: AmountName, text: string) => void
}

function Amounts({ title, names, typed, wrong, onType }: AmountsProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  return (
    <fieldset className="kit-field">
      <legend>{title}</legend>
      {names.map((name) => (
        <TextField
          key={name}
          label={tell(`facts.${name}`)}
          help={helpOf(name, say)}
          inputMode="decimal"
          value={typed[name] ?? ''}
          problem={wrong.includes(name) ? say(words.amount) : undefined}
          onChange={(text) => onType(name, text)}
        />
      ))}
    </fieldset>
  )
}

function helpOf(name: AmountName, say: ReturnType<typeof useSpeech>['say']): string | undefined {
  switch (name) {
    case 'specialDeductionsFen':
    case 'additionalDeductionsFen':
    case 'otherDeductionsFen':
    case 'prepaidFen':
      return say(words[`help_${name}`])
    default:
      return undefined
  }
}

function Result({ estimate }: { estimate: Estimate }) {
  const { say, yuan, language } = useSpeech()
  const { outcome, settlement, balanceFen = 0, taxFen = 0, taxableFen = 0, afterWindow } = estimate
  if (outcome !== 'granted' || settlement === undefined) {
    return (
      <section className="kit-note kit-note-warning">
        <p className="kit-note-title">{estimate.meaning?.[language]}</p>
        <p>{estimate.advice?.[language]}</p>
      </section>
    )
  }
  return (
    <section className={`kit-note ${settlement === 'pay' ? 'kit-note-warning' : 'kit-note-good'}`}>
      <p className="kit-note-title">{say(words[settlement], { amount: yuan(Math.abs(balanceFen)) })}</p>
      {afterWindow && settlement === 'pay' && <p>{say(words.late)}</p>}
      <dl className="kit-facts">
        <dt>{say(words.taxable)}</dt>
        <dd>{yuan(taxableFen)}</dd>
        <dt>{say(words.tax)}</dt>
        <dd>{yuan(taxFen)}</dd>
      </dl>
      <details>
        <summary>{say(words.how)}</summary>
        <ol>
          {estimate.sentences[language].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      </details>
    </section>
  )
}

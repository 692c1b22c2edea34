import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import {
  ChoiceField,
  defineWords,
  Loaded,
  type ServicePage,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'

const serviceId = 'contributions'

const words = defineWords({
  title: { zh: '缴费和养老金测算', en: 'Estimate contributions and pension' },
  summary: {
    zh: '拖动滑块，看看现在缴多少、将来每月领多少',
    en: 'Move the sliders: what you pay now, what you would draw later',
  },
  lead: {
    zh: '这是测算，不是核定。不读取、不保存您的任何资料；都按今天的钱算，不计利息和工资增长。',
    en: "This is an estimate and no decision. Nothing of yours is read or kept; all is in today's money, without interest or growth of wages.",
  },
  kind: { zh: '参加哪一种养老保险？', en: 'Which pension insurance?' },
  employee: { zh: '职工养老保险', en: 'Employees' },
  resident: { zh: '城乡居民养老保险', en: 'Urban and rural residents' },
  wage: { zh: '月工资', en: 'Monthly wage' },
  yearly: { zh: '每年缴费', en: 'Paid in a year' },
  years: { zh: '一共缴多少年', en: 'Years of contribution' },
  yearsValue: { zh: '{years} 年', en: '{years} years' },
  age: { zh: '多少岁退休', en: 'Age of retirement' },
  ageValue: { zh: '{age} 岁', en: '{age} years of age' },
  retiresIn: { zh: '哪一年退休', en: 'Year of retirement' },
  retiresInValue: { zh: '{year} 年', en: '{year}' },
  soFar: { zh: '个人账户现有多少', en: 'In the personal account now' },
  pays: { zh: '每月个人缴费', en: 'You pay a month' },
  employerPays: { zh: '每月单位缴费', en: 'The employer pays a month' },
  draws: { zh: '将来每月领取', en: 'You would draw a month' },
  basic: { zh: '其中基础养老金', en: 'of which the basic pension' },
  account: { zh: '其中个人账户养老金', en: 'of which from your account' },
  accountText: {
    zh: '账户 {accountFen}，按 {months} 个月发',
    en: '{accountFen} in the account, paid out over {months} months',
  },
  how: { zh: '怎么算出来的', en: 'How it was computed' },
  assumed: {
    zh: '这些数值是假定的，以当地公布为准',
    en: 'These figures are assumed; what your region publishes counts',
  },
})

/** Sliders over both pensions and the contributions: no data of anybody is needed. */
export const page: ServicePage = {
  id: 'pension-estimate',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 60,
  path: '/services/estimate',
  Component: EstimatePage,
}

type Estimate = {
  basicFen: number
  accountFen: number
  accountMonths: number
  accountMonthFen: number
  pensionFen: number
  assumed: Array<{ name: string; zh: string; en: string }>
  sentences: { zh: string[]; en: string[] }
}

type Contributions = { personFen: number; employerFen: number }

const monthsOfYear = 12

function EstimatePage() {
  const { say } = useSpeech()
  const [kind, setKind] = useState('employee')
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <ChoiceField
        label={say(words.kind)}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'employee', label: say(words.employee) },
          { value: 'resident', label: say(words.resident) },
        ]}
      />
      {kind === 'employee' ? <EmployeeEstimate /> : <ResidentEstimate />}
    </>
  )
}

function EmployeeEstimate() {
  const api = useApi()
  const { say, yuan } = useSpeech()
  const thisYear = Number(useSignedIn().today.slice(0, 4))
  const [wageYuan, setWage] = useState(7_200)
  const [years, setYears] = useState(30)
  const [age, setAge] = useState(63)
  const [year, setYear] = useState(thisYear + 20)
  const [soFarYuan, setSoFar] = useState(0)
  const wageFen = wageYuan * 100
  const question = {
    monthlyBaseFen: wageFen,
    years,
    retirementAge: age,
    accountSoFarFen: soFarYuan * 100,
    on: `${year}-12-31`,
  }
  const paid = useQuery({
    queryKey: ['contribution estimate', wageFen],
    queryFn: () => api.post<Contributions>(`/services/${serviceId}/estimate`, { monthlyWageFen: wageFen }),
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <>
      <Slider
        label={say(words.wage)}
        value={wageYuan}
        shown={yuan(wageFen)}
        min={2_000}
        max={30_000}
        step={100}
        onChange={setWage}
      />
      <Slider
        label={say(words.years)}
        value={years}
        shown={say(words.yearsValue, { years })}
        min={10}
        max={45}
        onChange={setYears}
      />
      <Slider
        label={say(words.age)}
        value={age}
        shown={say(words.ageValue, { age })}
        min={50}
        max={70}
        onChange={setAge}
      />
      <Slider
        label={say(words.retiresIn)}
        value={year}
        shown={say(words.retiresInValue, { year: String(year) })}
        min={thisYear}
        max={thisYear + 45}
        onChange={setYear}
      />
      <Slider
        label={say(words.soFar)}
        value={soFarYuan}
        shown={yuan(soFarYuan * 100)}
        min={0}
        max={300_000}
        step={1_000}
        onChange={setSoFar}
      />
      <Loaded query={paid}>
        {({ personFen, employerFen }) => (
          <dl className="kit-sums">
            <Sum label={say(words.pays)} value={yuan(Math.round(personFen / monthsOfYear))} />
            <Sum label={say(words.employerPays)} value={yuan(Math.round(employerFen / monthsOfYear))} />
          </dl>
        )}
      </Loaded>
      <Drawn path="employee-pension" question={question} />
    </>
  )
}

function ResidentEstimate() {
  const { say, yuan } = useSpeech()
  const [yearlyYuan, setYearly] = useState(500)
  const [years, setYears] = useState(20)
  const [soFarYuan, setSoFar] = useState(0)
  const question = { yearlyPaidFen: yearlyYuan * 100, years, accountSoFarFen: soFarYuan * 100 }
  return (
    <>
      <Slider
        label={say(words.yearly)}
        value={yearlyYuan}
        shown={yuan(yearlyYuan * 100)}
        min={100}
        max={10_000}
        step={100}
        onChange={setYearly}
      />
      <Slider
        label={say(words.years)}
        value={years}
        shown={say(words.yearsValue, { years })}
        min={10}
        max={44}
        onChange={setYears}
      />
      <Slider
        label={say(words.soFar)}
        value={soFarYuan}
        shown={yuan(soFarYuan * 100)}
        min={0}
        max={100_000}
        step={500}
        onChange={setSoFar}
      />
      <Drawn path="residents-pension" question={question} />
    </>
  )
}

/** What would be drawn a month, how it was computed, and which figures are assumed. */
function Drawn({ path, question }: { path: string; question: object }) {
  const api = useApi()
  const { say, yuan, language } = useSpeech()
  const estimate = useQuery({
    queryKey: [path, question],
    queryFn: () => api.post<Estimate>(`/services/${serviceId}/${path}`, question),
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <section className="kit-section" aria-labelledby="drawn" aria-live="polite">
      <h2 id="drawn">{say(words.draws)}</h2>
      <Loaded query={estimate}>
        {({ basicFen, accountFen, accountMonths, accountMonthFen, pensionFen, assumed, sentences }) => (
          <>
            <p className="kit-note-title">{yuan(pensionFen)}</p>
            <dl className="kit-sums">
              <Sum label={say(words.basic)} value={yuan(basicFen)} />
              <Sum label={say(words.account)} value={yuan(accountMonthFen)} />
            </dl>
            <p className="kit-quiet">
              {say(words.accountText, { accountFen: yuan(accountFen), months: accountMonths })}
            </p>
            <details>
              <summary>{say(words.how)}</summary>
              <ol>
                {sentences[language].map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </details>
            <p className="kit-quiet">
              {say(words.assumed)}: {assumed.map((value) => value[language]).join(' · ')}
            </p>
          </>
        )}
      </Loaded>
    </section>
  )
}

function Sum({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

type SliderProps = {
  label: string
  value: number
  /** The value in words, beside the slider and read out. */
  shown: string
  min: number
  max: number
  step?: number
  onChange: (value: number) => void
}

function Slider({ label, value, shown, min, max, step = 1, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className="kit-field">
      <label htmlFor={id}>
        {label}: <output htmlFor={id}>{shown}</output>
      </label>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={shown}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  )
}

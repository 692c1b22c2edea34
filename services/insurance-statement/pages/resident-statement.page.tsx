import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import {
  defineWords,
  Empty,
  formatFen,
  Link,
  Loaded,
  ProblemNote,
  RegionName,
  SelectField,
  type ServicePage,
  TextField,
  useAction,
  useApi,
  useRegionsUnder,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { type InsuranceName, type Issued, insuranceWords, serviceId, type Wanted } from './words.ts'

type Records = {
  sums: Array<{ insurance: InsuranceName; monthsPaid: number; first: string | null; last: string | null }>
  months: Array<{
    insurance: InsuranceName
    month: string
    baseFen: number
    paidOn: string | null
    employerName: string | null
  }>
}
type Asked = {
  askedId: string
  region: string
  kind: Wanted['kind']
  year: number | null
  askedAt: string
  state: 'waiting' | 'issued' | 'refused'
  code: string | null
  reason: string | null
}

const words = defineWords({
  title: { zh: '社保权益单和参保证明', en: 'My insurance: statement and proof' },
  summary: {
    zh: '查各险种缴费，开具可核验的权益单、参保证明',
    en: 'What was paid for you; a statement or proof that anybody can verify',
  },
  year: { zh: '年度', en: 'Year' },
  records: { zh: '{year} 年各月缴费', en: 'Months of {year}' },
  sums: { zh: '历年累计', en: 'All years' },
  monthsPaid: { zh: '已缴 {count} 个月', en: '{count} months paid' },
  fromTo: { zh: '{first} 至 {last}', en: '{first} to {last}' },
  month: { zh: '月份', en: 'Month' },
  insurance: { zh: '险种', en: 'Insurance' },
  base: { zh: '基数（元）', en: 'Base (CNY)' },
  paid: { zh: '到账', en: 'Paid on' },
  notPaid: { zh: '未缴', en: 'not paid' },
  payer: { zh: '缴费单位', en: 'Paid by' },
  self: { zh: '个人', en: 'myself' },
  none: { zh: '没有查到这一年的缴费记录。', en: 'Nothing is recorded for this year.' },
  issue: { zh: '开具证明', en: 'Get a paper' },
  purpose: { zh: '用途', en: 'What for' },
  purposeFirst: { zh: '先填写用途（至少两个字），就可以开具。', en: 'Say first what it is for; then you can get it.' },
  placeFirst: {
    zh: '先选参保地、填写用途（至少两个字），就可以申请。',
    en: 'Choose the insured region and say what it is for; then you can ask.',
  },
  purposeHelp: { zh: '例如：子女入学、购房、本人核对', en: 'For example: school, housing, to check it myself' },
  statement: { zh: '开具 {year} 年权益单', en: 'Statement of {year}' },
  proof: { zh: '开具参保证明', en: 'Proof of insurance' },
  issued: { zh: '已开具，核验码 {code}。', en: 'Issued, verification code {code}.' },
  open: { zh: '打开 PDF', en: 'Open the PDF' },
  mine: { zh: '我的全部证明', en: 'All my certificates' },
  elsewhere: { zh: '在外地参保？', en: 'Insured elsewhere?' },
  elsewhereHelp: {
    zh: '不用回去：向参保地申请，由那里开具并发到这里。',
    en: 'No need to travel: ask the insured region, which issues it and sends it here.',
  },
  region: { zh: '参保地', en: 'Insured region' },
  askStatement: { zh: '申请 {year} 年权益单', en: 'Ask for the statement of {year}' },
  askProof: { zh: '申请参保证明', en: 'Ask for a proof' },
  waiting: { zh: '等待答复', en: 'waiting for the answer' },
  statementOf: { zh: '{year} 年权益单', en: 'statement of {year}' },
  proofName: { zh: '参保证明', en: 'proof of insurance' },
})

/** What the registers hold of one's own insurance, and papers of it, from here or from the region that insures. */
export const page: ServicePage = {
  id: 'insurance-statement',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 15,
  path: '/insurance',
  Component: StatementPage,
}

function StatementPage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const thisYear = Number(today.slice(0, 4))
  const [year, setYear] = useState(thisYear - 1)
  const years = Array.from({ length: 10 }, (_, back) => String(thisYear - back))
  return (
    <>
      <h1>{say(words.title)}</h1>
      <SelectField
        label={say(words.year)}
        value={String(year)}
        onChange={(chosen) => setYear(Number(chosen) || thisYear)}
        options={years.map((value) => ({ value, label: value }))}
      />
      <RecordsPart year={year} />
      <IssuePart year={year} />
      <ElsewherePart year={year} />
    </>
  )
}

function RecordsPart({ year }: { year: number }) {
  const api = useApi()
  const { say, day } = useSpeech()
  const records = useQuery({
    queryKey: ['insurance records', year],
    queryFn: () => api.get<Records>(`/services/${serviceId}/records`, { year }),
  })
  return (
    <Loaded query={records}>
      {({ sums, months }) => (
        <>
          <section className="kit-section" aria-labelledby="sums">
            <h2 id="sums">{say(words.sums)}</h2>
            {sums.length === 0 && <Empty>{say(words.none)}</Empty>}
            <ul className="kit-plain-list">
              {sums.map(({ insurance, monthsPaid, first, last }) => (
                <li key={insurance}>
                  <strong>{say(insuranceWords[insurance])}</strong> · {say(words.monthsPaid, { count: monthsPaid })}
                  {first !== null && last !== null && ` · ${say(words.fromTo, { first, last })}`}
                </li>
              ))}
            </ul>
          </section>
          {months.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key scrolls the table (WCAG 2.1.1)
            <section className="resident-table" aria-label={say(words.records, { year })} tabIndex={0}>
              <table>
                <caption>{say(words.records, { year })}</caption>
                <thead>
                  <tr>
                    {(['month', 'insurance', 'base', 'paid', 'payer'] as const).map((name) => (
                      <th key={name} scope="col">
                        {say(words[name])}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {months.map(({ month, insurance, baseFen, paidOn, employerName }) => (
                    <tr key={`${month} ${insurance} ${employerName}`}>
                      <td data-label={say(words.month)}>{month}</td>
                      <td data-label={say(words.insurance)}>{say(insuranceWords[insurance])}</td>
                      <td data-label={say(words.base)}>{formatFen(baseFen)}</td>
                      <td data-label={say(words.paid)}>{paidOn === null ? say(words.notPaid) : day(paidOn)}</td>
                      <td data-label={say(words.payer)}>{employerName ?? say(words.self)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </>
      )}
    </Loaded>
  )
}

function IssuePart({ year }: { year: number }) {
  const api = useApi()
  const { say, language } = useSpeech()
  const [purpose, setPurpose] = useState('')
  const issue = useAction((wanted: Wanted, key) => api.post<Issued>(`/services/${serviceId}/papers`, wanted, key))
  return (
    <section className="kit-section" aria-labelledby="issue">
      <h2 id="issue">{say(words.issue)}</h2>
      <TextField label={say(words.purpose)} help={say(words.purposeHelp)} value={purpose} onChange={setPurpose} />
      <TwoPapers
        statement={say(words.statement, { year })}
        proof={say(words.proof)}
        disabled={issue.isPending}
        missing={purpose.trim().length < 2 ? say(words.purposeFirst) : undefined}
        onWanted={(kind) => issue.mutate(wantedOf(kind, year, purpose))}
      />
      {issue.error && <ProblemNote error={issue.error} />}
      <div aria-live="polite">
        {issue.data && (
          <div className="kit-note kit-note-good">
            <p>{say(words.issued, { code: issue.data.code })}</p>
            <p>
              <a
                href={api.href(`/certificates/${issue.data.certificateId}/file`, { language })}
                target="_blank"
                rel="noreferrer"
              >
                {say(words.open)}
              </a>
            </p>
          </div>
        )}
      </div>
      <Link to="/me/certificates" className="resident-more">
        {say(words.mine)} ›
      </Link>
    </section>
  )
}

function wantedOf(kind: Wanted['kind'], year: number, purpose: string): Wanted {
  return kind === 'statement' ? { kind, year, purpose } : { kind, purpose }
}

function TwoPapers(props: {
  statement: string
  proof: string
  disabled: boolean
  /** What has to be said first. */
  missing: string | undefined
  onWanted: (kind: Wanted['kind']) => void
}) {
  const noteId = useId()
  return (
    <div className="kit-actions">
      {(['statement', 'proof'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="kit-button kit-button-primary"
          disabled={props.disabled || props.missing !== undefined}
          aria-describedby={props.missing === undefined ? undefined : noteId}
          onClick={() => props.onWanted(kind)}
        >
          {props[kind]}
        </button>
      ))}
      {props.missing !== undefined && (
        <p id={noteId} className="kit-quiet">
          {props.missing}
        </p>
      )}
    </div>
  )
}

function ElsewherePart({ year }: { year: number }) {
  const api = useApi()
  const { say } = useSpeech()
  const [region, setRegion] = useState('')
  const [purpose, setPurpose] = useState('')
  const provinces = useRegionsUnder('000000')
  const others = (provinces.data ?? []).filter(({ code }) => code !== api.region)
  const ask = useAction((wanted: Wanted, key) => api.post(`/services/${serviceId}/elsewhere`, { region, wanted }, key))
  return (
    <section className="kit-section" aria-labelledby="elsewhere">
      <h2 id="elsewhere">{say(words.elsewhere)}</h2>
      <p>{say(words.elsewhereHelp)}</p>
      <SelectField
        label={say(words.region)}
        value={region}
        onChange={setRegion}
        options={others.map(({ code, name }) => ({ value: code, label: say(name) }))}
      />
      <TextField label={say(words.purpose)} value={purpose} onChange={setPurpose} />
      <TwoPapers
        statement={say(words.askStatement, { year })}
        proof={say(words.askProof)}
        disabled={ask.isPending}
        missing={region === '' || purpose.trim().length < 2 ? say(words.placeFirst) : undefined}
        onWanted={(kind) => ask.mutate(wantedOf(kind, year, purpose))}
      />
      {ask.error && <ProblemNote error={ask.error} />}
      <AskedList />
    </section>
  )
}

function AskedList() {
  const api = useApi()
  const { say, moment } = useSpeech()
  const { tell } = useTeller(serviceId)
  const asked = useQuery({
    queryKey: ['asked elsewhere'],
    queryFn: async () => (await api.get<{ items: Asked[] }>(`/services/${serviceId}/elsewhere`)).items,
    // The answer comes from another region within seconds.
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'waiting') ? 3_000 : false),
  })
  const { data: items = [] } = asked
  return (
    <ul className="resident-list">
      {items.map(({ askedId, region, kind, year, askedAt, state, code, reason }) => (
        <li key={askedId} className="resident-row">
          <span className="resident-row-title">
            <RegionName code={region} /> ·{' '}
            {kind === 'statement' ? say(words.statementOf, { year }) : say(words.proofName)}
          </span>
          <span className="kit-quiet">{moment(askedAt)}</span>
          {state === 'waiting' && <span>{say(words.waiting)}</span>}
          {state === 'refused' && reason !== null && <span className="kit-bad">{tell(reason)}</span>}
          {state === 'issued' && <OpenFromElsewhere askedId={askedId} code={code ?? ''} />}
        </li>
      ))}
    </ul>
  )
}

/** The file comes within an answer, because it is printed anew from what the other region signed. */
function OpenFromElsewhere({ askedId, code }: { askedId: string; code: string }) {
  const api = useApi()
  const { say, language } = useSpeech()
  const open = useAction(async () => {
    const query = { language, origin: window.location.origin }
    const file = await api.get<{ name: string; contentBase64: string }>(
      `/services/${serviceId}/elsewhere/${askedId}/file`,
      query,
    )
    const link = document.createElement('a')
    link.href = `data:application/pdf;base64,${file.contentBase64}`
    link.download = file.name
    link.click()
  })
  return (
    <>
      <span className="kit-code">{code}</span>
      <button type="button" className="kit-button" disabled={open.isPending} onClick={() => open.mutate(undefined)}>
        {say(words.open)}
      </button>
      {open.error && <ProblemNote error={open.error} />}
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  commonWords,
  defineWords,
  Empty,
  Link,
  Loaded,
  ProblemNote,
  RegionName,
  securityWords,
  useApi,
  useSessionChanges,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '我的', en: 'Me' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  birthOn: { zh: '出生日期', en: 'Born on' },
  phone: { zh: '手机', en: 'Phone' },
  agency: { zh: '负责的经办机构', en: 'Responsible agency' },
  insurances: { zh: '我的参保', en: 'My insurance' },
  none: { zh: '没有查到参保记录。', en: 'No insurance on record.' },
  since: { zh: '{from} 起', en: 'since {from}' },
  contributing: { zh: '连续缴费', en: 'contributing' },
  notContributing: { zh: '未连续缴费', en: 'not contributing continuously' },
  work_injury: { zh: '工伤保险', en: 'Work-injury insurance' },
  pension: { zh: '养老保险', en: 'Pension insurance' },
  resident_pension: { zh: '城乡居民养老保险', en: 'Resident pension insurance' },
  unemployment: { zh: '失业保险', en: 'Unemployment insurance' },
  medical: { zh: '医疗保险', en: 'Medical insurance' },
  accessLog: { zh: '谁查看过我的信息', en: 'Who looked at my data' },
  accessLogHelp: { zh: '每一次查看都有记录：谁、什么时候、为什么', en: 'Every look is recorded: who, when and why' },
  proxies: { zh: '亲友代办', en: 'Acting for a relative' },
  proxiesHelp: { zh: '替家人办事，或让家人替我办', en: 'Act for your family, or let them act for you' },
  certificates: { zh: '我的证明', en: 'My certificates' },
  certificatesHelp: {
    zh: '开具过的权益单、参保证明等，可再次下载',
    en: 'Statements and proofs issued to you, to download again',
  },
  notices: { zh: '我的通知', en: 'My notices' },
})

const ways = [
  ['certificates', '/me/certificates'],
  ['accessLog', '/me/access-log'],
  ['proxies', '/me/proxies'],
] as const

const insurances = new Map(
  (['work_injury', 'pension', 'resident_pension', 'unemployment', 'medical'] as const).map((code) => [
    code as string,
    words[code],
  ]),
)

/** What the register knows of the person, and the ways to everything else that is theirs. */
export function MyDataPage() {
  const { say, day } = useSpeech()
  const { person } = useSignedIn()
  const { signOut } = useSessionChanges()
  return (
    <>
      <h1>{person?.name ?? say(words.title)}</h1>
      {person && (
        <section className="kit-section">
          <dl className="kit-facts">
            <dt>{say(words.idNumber)}</dt>
            <dd>{person.idNumberMasked}</dd>
            <dt>{say(words.birthOn)}</dt>
            <dd>{day(person.birthOn)}</dd>
            <dt>{say(words.phone)}</dt>
            <dd>{person.phoneMasked ?? '—'}</dd>
            <dt>{say(words.agency)}</dt>
            <dd>
              <RegionName code={person.agency} />
            </dd>
          </dl>
        </section>
      )}
      <Enrolments />
      <ul className="kit-card-list resident-ways">
        {ways.map(([name, path]) => (
          <li key={name}>
            <Link to={path} className="kit-card-button">
              <span className="kit-card-title">{say(words[name])}</span>
              <span className="kit-card-text">{say(words[`${name}Help`])}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/me/security" className="kit-card-button">
            <span className="kit-card-title">{say(securityWords.title)}</span>
            <span className="kit-card-text">{say(securityWords.help)}</span>
          </Link>
        </li>
        <li>
          <Link to="/notices" className="kit-card-button">
            <span className="kit-card-title">{say(words.notices)}</span>
          </Link>
        </li>
      </ul>
      {signOut.error && <ProblemNote error={signOut.error} />}
      <div className="kit-actions">
        <button type="button" className="kit-button" onClick={() => signOut.mutate()}>
          {say(commonWords.signOut)}
        </button>
      </div>
    </>
  )
}

function Enrolments() {
  const api = useApi()
  const { say } = useSpeech()
  const enrolments = useQuery({
    queryKey: ['my enrolments'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/enrolments'>>('/me/enrolments')).items,
  })
  return (
    <section className="kit-section" aria-labelledby="insurances">
      <h2 id="insurances">{say(words.insurances)}</h2>
      <Loaded query={enrolments}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul className="kit-plain-list">
              {items.map(({ enrolmentId, insurance, agency, from, contributingContinuously }) => {
                const title = insurances.get(insurance)
                return (
                  <li key={enrolmentId}>
                    <strong>{title ? say(title) : insurance}</strong> · <RegionName code={agency} /> ·{' '}
                    {say(words.since, { from })} ·{' '}
                    {say(contributingContinuously ? words.contributing : words.notContributing)}
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

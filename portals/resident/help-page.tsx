import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  type BothLanguages,
  defineWords,
  Empty,
  Link,
  Loaded,
  RegionName,
  useApi,
  useMe,
  useSpeech,
} from '../../kit/door.ts'
import { helpOfPages, helpOfQuestions } from './help-content.ts'

const words = defineWords({
  title: { zh: '帮助', en: 'Help' },
  person: { zh: '找人帮忙', en: 'A person helps you' },
  call: { zh: '拨打 12333', en: 'Call 12333' },
  callHelp: {
    zh: '人社服务热线，全国都是这个号码。说清您的姓名、在办什么、页面上写了什么；不要把密码告诉任何人。',
    en: 'The service line of human resources and social security, the same number everywhere. Say your name, what you are doing and what the page says; tell nobody your password.',
  },
  relative: { zh: '请家人替我办', en: 'Let a relative act for me' },
  relativeHelp: {
    zh: '家人出示代办码，您同意后他就能替您办',
    en: 'They show a code; once you agree they may act for you',
  },
  counters: { zh: '去窗口办', en: 'Go to a counter' },
  noCounters: {
    zh: '这个地区还没有登记窗口的地址。请拨打 12333 询问。',
    en: 'No counter of this region is on record. Call 12333 and ask.',
  },
  mine: { zh: '您的经办机构', en: 'Your agency' },
  address: { zh: '地址', en: 'Address' },
  hours: { zh: '时间', en: 'Hours' },
  phone: { zh: '电话', en: 'Phone' },
  bring: { zh: '带上本人身份证。', en: 'Bring your identity card.' },
  pages: { zh: '每一页是做什么的', en: 'What each page is for' },
  questions: { zh: '常见问题', en: 'What people ask' },
})

type Counters = AnswerOf<'GET /registers/counters'>['items']

/** Help: first a person (the service line, a counter, a relative), then every page in plain words. Open to everybody. */
export function HelpPage() {
  const { say } = useSpeech()
  const { data: me } = useMe()
  const isPerson = me?.acting.kind === 'person'
  return (
    <>
      <h1>{say(words.title)}</h1>
      <section className="kit-section" aria-labelledby="help-person">
        <h2 id="help-person">{say(words.person)}</h2>
        <p>
          <a className="kit-button kit-button-primary resident-call" href="tel:12333">
            {say(words.call)}
          </a>
        </p>
        <p>{say(words.callHelp)}</p>
        {isPerson && (
          <Link to="/me/proxies" className="kit-card-button">
            <span className="kit-card-title">{say(words.relative)}</span>
            <span className="kit-card-text">{say(words.relativeHelp)}</span>
          </Link>
        )}
      </section>
      <CounterList agency={me?.person?.agency} />
      {isPerson && (
        <section className="kit-section" aria-labelledby="help-pages">
          <h2 id="help-pages">{say(words.pages)}</h2>
          <ul className="kit-card-list">
            {helpOfPages.map(({ path, title, text }) => (
              <li key={path}>
                <Link to={path} className="kit-card-button">
                  <span className="kit-card-title">{say(title)}</span>
                  <span className="kit-card-text">{say(text)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="kit-section" aria-labelledby="help-questions">
        <h2 id="help-questions">{say(words.questions)}</h2>
        {helpOfQuestions.map(({ title, text }) => (
          <Question key={title.zh} title={title} text={text} />
        ))}
      </section>
    </>
  )
}

function Question({ title, text }: { title: BothLanguages; text: BothLanguages }) {
  const { say } = useSpeech()
  return (
    <>
      <h3>{say(title)}</h3>
      <p>{say(text)}</p>
    </>
  )
}

/** The counters of the region; that of one's own agency first. */
function CounterList({ agency }: { agency: string | undefined }) {
  const api = useApi()
  const { say } = useSpeech()
  const counters = useQuery({
    queryKey: ['counters'],
    queryFn: async () => (await api.get<AnswerOf<'GET /registers/counters'>>('/registers/counters')).items,
  })
  const ownFirst = (items: Counters) =>
    items.toSorted((one, other) => Number(other.region === agency) - Number(one.region === agency))
  return (
    <section className="kit-section" aria-labelledby="help-counters">
      <h2 id="help-counters">{say(words.counters)}</h2>
      {agency !== undefined && (
        <p>
          {say(words.mine)}: <RegionName code={agency} />
        </p>
      )}
      <p>{say(words.bring)}</p>
      <Loaded query={counters}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.noCounters)}</Empty>
          ) : (
            <ul className="resident-list">
              {ownFirst(items).map(({ id, region, name, address, hours, phone }) => (
                <li key={id} className="resident-row">
                  <span className="resident-row-title">
                    {say(name)} {region === agency && <span className="kit-badge">{say(words.mine)}</span>}
                  </span>
                  <span>
                    {say(words.address)}: {say(address)}
                  </span>
                  <span>
                    {say(words.hours)}: {say(hours)}
                  </span>
                  {phone !== null && (
                    <span>
                      {say(words.phone)}: <a href={`tel:${phone}`}>{phone}</a>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

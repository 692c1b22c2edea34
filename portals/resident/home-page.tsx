import { defineWords, Empty, isMyTurn, Link, Loaded, useMyCases, useSignedIn, useSpeech } from '../../kit/door.ts'
import { CaseList } from './case-list.tsx'
import { homeParts } from './home-parts.ts'
import { NoticeList, useMyNotices } from './my-notices.tsx'
import { Offers } from './offers.tsx'
import { ReceivedMoney } from './received-money.tsx'

const words = defineWords({
  hello: { zh: '{name}，您好', en: 'Hello, {name}' },
  homeOf: { zh: '{name} 的首页', en: 'Home of {name}' },
  today: { zh: '今天是 {today}', en: 'Today is {today}' },
  yourTurn: { zh: '等您办理', en: 'Waiting for you' },
  nothingToDo: { zh: '现在没有需要您办理的事。', en: 'There is nothing for you to do right now.' },
  news: { zh: '新通知', en: 'New notices' },
  allNotices: { zh: '全部通知', en: 'All notices' },
  running: { zh: '进行中', en: 'In progress' },
  quick: { zh: '常办事项', en: 'What you can do' },
  showCard: { zh: '出示电子社保卡', en: 'Show my e-card' },
  showCardHelp: { zh: '看病、办事时给工作人员扫一扫', en: 'For hospitals and counters to scan' },
  canGet: { zh: '我能享受什么', en: 'What can I get?' },
  canGetHelp: { zh: '答几个问题，看看有哪些待遇和补贴', en: 'A few questions, and you see which benefits are for you' },
  all: { zh: '全部事项', en: 'All services' },
  allHelp: { zh: '按名称、拼音或首字母查找', en: 'Find one by name' },
})

/** A resident's home: what matters now comes first. */
export function HomePage() {
  const { say } = useSpeech()
  const me = useSignedIn()
  return (
    <>
      <h1 className="resident-hello">
        {say(me.acting.onBehalfOf === null ? words.hello : words.homeOf, {
          name: me.person?.name ?? me.user.displayName,
        })}
      </h1>
      <p className="kit-quiet">{say(words.today, { today: me.today })}</p>
      <MyTurn />
      <Offers />
      <ReceivedMoney />
      {homeParts.map(({ id, Component }) => (
        <Component key={id} />
      ))}
      <NewNotices />
      <QuickWays />
      <Running />
    </>
  )
}

function MyTurn() {
  const { say } = useSpeech()
  const cases = useMyCases()
  return (
    <section className="kit-section" aria-labelledby="my-turn">
      <h2 id="my-turn">{say(words.yourTurn)}</h2>
      <Loaded query={cases}>
        {(rows) => {
          const mine = rows.filter(isMyTurn)
          return mine.length === 0 ? <Empty>{say(words.nothingToDo)}</Empty> : <CaseList rows={mine} />
        }}
      </Loaded>
    </section>
  )
}

function NewNotices() {
  const { say } = useSpeech()
  const { data: notices = [] } = useMyNotices()
  const unread = notices.filter(({ readAt }) => readAt === null)
  if (notices.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="news">
      <h2 id="news">{say(words.news)}</h2>
      <NoticeList notices={unread.slice(0, 3)} />
      <Link to="/notices" className="resident-more">
        {say(words.allNotices)} ›
      </Link>
    </section>
  )
}

function QuickWays() {
  const { say } = useSpeech()
  const ways = [
    { to: '/card', title: words.showCard, text: words.showCardHelp },
    { to: '/entitlements', title: words.canGet, text: words.canGetHelp },
    { to: '/services', title: words.all, text: words.allHelp },
  ]
  return (
    <section className="kit-section" aria-labelledby="quick">
      <h2 id="quick">{say(words.quick)}</h2>
      <ul className="kit-card-list">
        {ways.map(({ to, title, text }) => (
          <li key={to}>
            <Link to={to} className="kit-card-button">
              <span className="kit-card-title">{say(title)}</span>
              <span className="kit-card-text">{say(text)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Running() {
  const { say } = useSpeech()
  const { data: rows = [] } = useMyCases()
  const running = rows.filter((row) => row.closedAt === null && !isMyTurn(row))
  if (running.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="running">
      <h2 id="running">{say(words.running)}</h2>
      <CaseList rows={running.slice(0, 5)} />
    </section>
  )
}

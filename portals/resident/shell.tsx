import type { ReactNode } from 'react'
import {
  commonWords,
  defineWords,
  Link,
  type Me,
  OfflineNote,
  RegionName,
  SessionEnded,
  useAuthorityOver,
  useColour,
  usePlace,
  useSessionChanges,
  useSpeech,
  useTypeSize,
} from '../../kit/door.ts'
import { Icon, type IconName } from './icons.tsx'

const words = defineWords({
  main: { zh: '主要页面', en: 'Main pages' },
  home: { zh: '首页', en: 'Home' },
  services: { zh: '办事', en: 'Services' },
  card: { zh: '我的卡', en: 'My card' },
  cases: { zh: '办件', en: 'My cases' },
  me: { zh: '我的', en: 'Me' },
  largeOn: { zh: '大字版', en: 'Large type' },
  largeOff: { zh: '标准字号', en: 'Normal type' },
  actingFor: { zh: '您正在替 {name} 办理', en: 'You are acting for {name}' },
  authorityOver: {
    zh: '代办授权已被收回或已到期，现在换回您本人办理。',
    en: 'The authority was withdrawn or has ended. You act for yourself again.',
  },
  understood: { zh: '知道了', en: 'Got it' },
  actForSelf: { zh: '换回本人', en: 'Act for myself' },
  help: { zh: '帮助', en: 'Help' },
  activities: { zh: '正在进行的活动', en: 'What is going on' },
  otherRegion: { zh: '换一个地区', en: 'Another region' },
})

const pages: ReadonlyArray<{ path: string; name: IconName }> = [
  { path: '/', name: 'home' },
  { path: '/services', name: 'services' },
  { path: '/card', name: 'card' },
  { path: '/cases', name: 'cases' },
  { path: '/me', name: 'me' },
  { path: '/help', name: 'help' },
]

/**
 * What stands around every page: the region, language and type size, whom one acts for, the main pages. Help is in reach of the thumb among them, and
 * in the head for whoever has not signed in.
 */
export function Shell({ region, me, children }: { region: string; me: Me | null; children: ReactNode }) {
  const { say, language, switchTo } = useSpeech()
  const { isLarge, toggle } = useTypeSize()
  const colour = useColour()
  return (
    <div className="resident">
      <a className="resident-skip" href="#main">
        {say(commonWords.skipToContent)}
      </a>
      <header className="resident-head">
        <div className="resident-head-inner">
          <Link to="/" className="resident-brand">
            {say(commonWords.product)} <span>{<RegionName code={region} />}</span>
          </Link>
          {me?.acting.kind !== 'person' && (
            <Link to="/help" className="resident-help">
              {say(words.help)}
            </Link>
          )}
          <button type="button" onClick={toggle} aria-pressed={isLarge}>
            {say(isLarge ? words.largeOff : words.largeOn)}
          </button>
          <button type="button" onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
            {say(commonWords.switchLanguage)}
          </button>
        </div>
      </header>
      <OfflineNote />
      {me && <SessionEnded me={me} />}
      <AuthorityOver />
      {me?.acting.onBehalfOf && <ActingFor name={me.person?.name ?? ''} />}
      <div className="resident-body">
        {me?.acting.kind === 'person' && <MainPages />}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <footer className="resident-foot">
        <a href="tel:12333">{say(commonWords.callHelp)}</a>
        <Link to="/activities">{say(words.activities)}</Link>
        <a href="/">{say(words.otherRegion)}</a>
        <button type="button" onClick={colour.toggle}>
          {say(colour.isDark ? commonWords.light : commonWords.dark)}
        </button>
      </footer>
    </div>
  )
}

function ActingFor({ name }: { name: string }) {
  const { say } = useSpeech()
  const { actAs } = useSessionChanges()
  return (
    <div className="resident-acting" role="status">
      <strong>{say(words.actingFor, { name })}</strong>
      <button type="button" className="kit-button" onClick={() => actAs.mutate({ person: true })}>
        {say(words.actForSelf)}
      </button>
    </div>
  )
}

function AuthorityOver() {
  const { say } = useSpeech()
  const { isOver, read } = useAuthorityOver()
  return (
    <div role="status">
      {isOver && (
        <div className="resident-acting">
          <strong>{say(words.authorityOver)}</strong>
          <button type="button" className="kit-button" onClick={read}>
            {say(words.understood)}
          </button>
        </div>
      )}
    </div>
  )
}

function MainPages() {
  const { say } = useSpeech()
  const { path } = usePlace()
  const isHere = (page: string) => (page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`))
  return (
    <nav className="resident-nav" aria-label={say(words.main)}>
      {pages.map((page) => (
        <Link key={page.path} to={page.path} aria-current={isHere(page.path) ? 'page' : undefined}>
          <Icon name={page.name} />
          {say(words[page.name])}
        </Link>
      ))}
    </nav>
  )
}

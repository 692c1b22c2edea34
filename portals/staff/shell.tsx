import { Button, Layout, Popconfirm, Select, Skeleton } from 'antd'
import {
  type Assignment,
  commonWords,
  defineWords,
  go,
  Later,
  type Me,
  OfflineNote,
  RegionName,
  Routes,
  SessionEnded,
  useColour,
  useOfferedServices,
  usePlace,
  useSessionChanges,
  useSpeech,
} from '../../kit/door.ts'
import { OutboxNote, OutboxSender, ProblemAlert, useOutboxForms } from '../../kit/staff/door.ts'
import { CommandField } from './command-field.tsx'
import { DemoClock } from './demo-clock.tsx'
import { StaffMenu } from './menu.tsx'
import { PageNotFound } from './page-refused.tsx'
import { homePathOf, menuOf, offeredAt, outboxPath, routesOf } from './pages.tsx'

const words = defineWords({
  post: { zh: '当前岗位', en: 'Acting as' },
  menu: { zh: '主菜单', en: 'Main menu' },
  unsent: {
    zh: '还有 {count} 份表单没有送达。退出后它们加密留在本机，只有您再登录才会发送。',
    en: '{count} forms have not been received. They stay on this device, sealed, and are sent only when you sign in here again.',
  },
})

/** The frame around every page: who acts where, the pages of the role, the page itself. */
export function Shell({ me, acting }: { me: Me; acting: Assignment }) {
  const { say, language, switchTo } = useSpeech()
  const { actAs, signOut } = useSessionChanges()
  const colour = useColour()
  const { data: services } = useOfferedServices()
  const offered = services && offeredAt(me.region, services)
  const { path } = usePlace()
  const shownPath = path === '/' ? homePathOf(acting.role, offered) : path
  const menu = menuOf(acting.role, offered, (service) => services?.find(({ id }) => id === service)?.title)
  return (
    <Layout className="staff-shell">
      <a className="staff-skip" href="#main">
        {say(commonWords.skipToContent)}
      </a>
      <Layout.Header className="staff-header">
        <strong className="staff-brand">
          {say(commonWords.product)} · <RegionName code={me.region} />
        </strong>
        <CommandField groups={menu} />
        <DemoClock />
        <Select
          aria-label={say(words.post)}
          value={acting.assignmentId}
          loading={actAs.isPending}
          onChange={(assignmentId) => {
            actAs.mutate({ assignmentId })
            go('/')
          }}
          options={me.assignments.map(({ assignmentId, roleTitle, bodyName }) => ({
            value: assignmentId,
            label: `${say(roleTitle)} · ${say(bodyName)}`,
          }))}
          className="staff-post"
        />
        <span>{me.user.displayName}</span>
        <Button type="text" onClick={() => go('/help')}>
          {say(commonWords.help)}
        </Button>
        <Button type="text" onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
          {say(commonWords.switchLanguage)}
        </Button>
        <Button type="text" onClick={colour.toggle}>
          {say(colour.isDark ? commonWords.light : commonWords.dark)}
        </Button>
        <SignOut onSignOut={() => signOut.mutate(undefined, { onSuccess: () => go('/') })} />
      </Layout.Header>
      <Layout>
        <Layout.Sider
          theme={colour.isDark ? 'dark' : 'light'}
          width={268}
          breakpoint="lg"
          collapsedWidth={0}
          zeroWidthTriggerStyle={{ position: 'fixed', top: 'auto', bottom: 16, left: 0, insetInlineEnd: 'auto' }}
          className="staff-sider"
        >
          <nav aria-label={say(words.menu)}>
            <StaffMenu groups={menu} path={shownPath} />
          </nav>
        </Layout.Sider>
        <Layout.Content id="main" tabIndex={-1} role="main" className="staff-content">
          <OfflineNote />
          <OutboxSender />
          <OutboxNote to={outboxPath} />
          <SessionEnded me={me} />
          <ProblemAlert error={actAs.error} />
          <ProblemAlert error={signOut.error} />
          <Later place={path} meanwhile={<Skeleton active aria-label={say(commonWords.loading)} />}>
            <Routes key={acting.assignmentId} routes={routesOf(acting.role, offered)} NotFound={PageNotFound} />
          </Later>
        </Layout.Content>
      </Layout>
    </Layout>
  )
}

/** Signing out; whose forms have not been received is told first what becomes of them. */
function SignOut({ onSignOut }: { onSignOut(): void }) {
  const { say } = useSpeech()
  const count = useOutboxForms()?.filter(({ state }) => state !== 'sent').length ?? 0
  return (
    <Popconfirm
      title={<div className="staff-leaving">{say(words.unsent, { count })}</div>}
      okText={say(commonWords.signOut)}
      cancelText={say(commonWords.cancel)}
      disabled={count === 0}
      onConfirm={onSignOut}
    >
      <Button type="text" {...(count === 0 && { onClick: onSignOut })}>
        {say(commonWords.signOut)}
      </Button>
    </Popconfirm>
  )
}

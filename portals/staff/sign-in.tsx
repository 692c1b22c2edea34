import { useQuery } from '@tanstack/react-query'
import { Button, Card, Form, Input, Tag, Typography } from 'antd'
import {
  type Assignment,
  type BothLanguages,
  commonWords,
  createApi,
  defineWords,
  PasskeyButton,
  RegionName,
  useApi,
  useSessionChanges,
  useSpeech,
} from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '工作人员登录', en: 'Sign in for staff' },
  login: { zh: '登录名', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  signIn: { zh: '登录', en: 'Sign in' },
  demo: { zh: '演示账号', en: 'Demo users' },
  demoNote: {
    zh: '演示世界中的人员、机构和数据都是虚构的。点一下即可以该岗位登录。',
    en: 'Everybody and everything in the demo world is synthetic. One click signs you in.',
  },
  residents: { zh: '我是参保人', en: 'I am a resident' },
  otherRegion: { zh: '换一个地区', en: 'Another region' },
})

type DemoUser = {
  userId: string
  login: string
  displayName: string
  story: BothLanguages | null
  assignments: Assignment[]
}

/** Signing in by password or passkey; in the demo world also by a click on one of its users. */
export function SignIn({ region }: { region: string }) {
  const { say, language, switchTo } = useSpeech()
  const nation = createApi('')
  const nodes = useQuery({ queryKey: ['nodes'], queryFn: () => nation.get<{ demo: boolean }>('/nodes') })
  return (
    <main id="main" tabIndex={-1} className="staff-sign-in">
      <header className="staff-sign-in-head">
        <Typography.Title level={1}>
          <RegionName code={region} /> · {say(words.title)}
        </Typography.Title>
        <Button type="link" onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
          {say(commonWords.switchLanguage)}
        </Button>
      </header>
      <div className="staff-sign-in-ways">
        <PasswordForm />
        {nodes.data?.demo && <DemoUsers />}
      </div>
      <p>
        <a href={`/${region}/resident`}>{say(words.residents)}</a> · <a href="/">{say(words.otherRegion)}</a>
      </p>
    </main>
  )
}

function PasswordForm() {
  const { say } = useSpeech()
  const { signIn, signInByPasskey } = useSessionChanges()
  return (
    <Card>
      <Form<{ login: string; password: string }>
        layout="vertical"
        onFinish={(credentials) => signIn.mutate(credentials)}
      >
        <Form.Item name="login" label={say(words.login)} rules={[{ required: true, message: say(words.login) }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={say(words.password)}
          rules={[{ required: true, message: say(words.password) }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <ProblemAlert error={signIn.error} />
        <Button type="primary" htmlType="submit" loading={signIn.isPending} block>
          {say(words.signIn)}
        </Button>
      </Form>
      <PasskeyButton
        isPending={signInByPasskey.isPending}
        error={signInByPasskey.error}
        onSignIn={() => signInByPasskey.mutate()}
      />
    </Card>
  )
}

function DemoUsers() {
  const { say } = useSpeech()
  const api = useApi()
  const { signInToDemo } = useSessionChanges()
  const users = useQuery({
    queryKey: ['demo-users'],
    queryFn: () => api.get<{ password: string; items: DemoUser[] }>('/demo/users'),
  })
  const staff = users.data?.items.filter(({ assignments }) => assignments.length > 0) ?? []
  return (
    <Card title={say(words.demo)}>
      <p className="staff-quiet">{say(words.demoNote)}</p>
      <ProblemAlert error={signInToDemo.error} />
      <ul className="staff-demo-users">
        {staff.map(({ userId, login, displayName, story, assignments }) => (
          <li key={userId}>
            <button type="button" onClick={() => signInToDemo.mutate(login)} disabled={signInToDemo.isPending}>
              <span className="staff-demo-name">
                {displayName} <small>{login}</small>
              </span>
              {assignments.map(({ assignmentId, roleTitle, bodyName }) => (
                <Tag key={assignmentId}>
                  {say(roleTitle)} · {say(bodyName)}
                </Tag>
              ))}
              {story && <span className="staff-quiet">{say(story)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

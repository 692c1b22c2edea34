import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AnswerOf } from './api-types.ts'
import { TextField } from './fields.tsx'
import { type BothLanguages, useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { useSessionChanges } from './session.ts'
import { ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  byPassword: { zh: '用账号和密码登录', en: 'Sign in with a password' },
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  signIn: { zh: '登录', en: 'Sign in' },
  demo: { zh: '演示：点一下就登录', en: 'Demonstration: one click to sign in' },
  demoHelp: {
    zh: '以下人员、单位和数据全部是虚构的。',
    en: 'All people, bodies and data below are synthetic.',
  },
  demoPassword: { zh: '演示账号的密码都是 {password}', en: 'The password of every demo account is {password}' },
})

/** A synthetic user of the demo world. */
export type DemoUser = AnswerOf<'GET /demo/users'>['items'][number]

/** The demo world's users, where this node is one; none on a real node. */
export function useDemoUsers() {
  const api = useApi()
  return useQuery({
    queryKey: ['demo users'],
    queryFn: () => api.get<AnswerOf<'GET /demo/users'>>('/demo/users'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Signing in: in the demo world by a click on one of `isShown`, anywhere by password. */
export function SignIn({ isShown }: { isShown: (user: DemoUser) => boolean }) {
  const { say } = useSpeech()
  const demo = useDemoUsers()
  const { signInToDemo } = useSessionChanges()
  const users = demo.data?.items.filter(isShown) ?? []
  return (
    <div className="kit-sign-in">
      {users.length > 0 && (
        <section aria-labelledby="demo-users">
          <h2 id="demo-users">{say(words.demo)}</h2>
          <p className="kit-quiet">{say(words.demoHelp)}</p>
          {signInToDemo.error && <ProblemNote error={signInToDemo.error} />}
          <ul className="kit-card-list">
            {users.map((user) => (
              <li key={user.userId}>
                <button
                  type="button"
                  className="kit-card-button"
                  disabled={signInToDemo.isPending}
                  onClick={() => signInToDemo.mutate(user.login)}
                >
                  <span className="kit-card-title">{user.displayName}</span>
                  <span className="kit-card-text">{describe(user, say)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <PasswordForm demoPassword={demo.data?.password} />
    </div>
  )
}

function describe({ story, assignments }: DemoUser, say: (text: BothLanguages) => string): string {
  const held = assignments.map(({ roleTitle, bodyName }) => `${say(bodyName)} ${say(roleTitle)}`)
  return [...held, ...(story ? [say(story)] : [])].join(' · ')
}

function PasswordForm({ demoPassword }: { demoPassword: string | undefined }) {
  const { say } = useSpeech()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const { signIn } = useSessionChanges()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ login, password })
  }
  return (
    <section aria-labelledby="by-password">
      <h2 id="by-password">{say(words.byPassword)}</h2>
      {demoPassword !== undefined && <p className="kit-quiet">{say(words.demoPassword, { password: demoPassword })}</p>}
      <form onSubmit={submit}>
        <TextField label={say(words.login)} required autoComplete="username" value={login} onChange={setLogin} />
        <TextField
          label={say(words.password)}
          required
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {signIn.error && <ProblemNote error={signIn.error} />}
        <button type="submit" className="kit-button kit-button-primary" disabled={signIn.isPending}>
          {say(words.signIn)}
        </button>
      </form>
    </section>
  )
}

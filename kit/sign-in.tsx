import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from './api-types.ts'
import { type BothLanguages, useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'
import { useSessionChanges } from './session.ts'
import { ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  byPassword: { zh: '用账号和密码登录', en: 'Sign in with a password' },
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

/** Signing in: in the demo world by a click on one of `isShown`, anywhere by passkey or password. */
export function SignIn({ isShown }: { isShown: (user: DemoUser) => boolean }) {
  const { say } = useSpeech()
  const demo = useDemoUsers()
  const { signInToDemo, signInByPasskey } = useSessionChanges()
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
      <PasskeyButton
        isPending={signInByPasskey.isPending}
        error={signInByPasskey.error}
        onSignIn={() => signInByPasskey.mutate()}
      />
      <ByPassword demoPassword={demo.data?.password} />
    </div>
  )
}

function describe({ story, assignments }: DemoUser, say: (text: BothLanguages) => string): string {
  const held = assignments.map(({ roleTitle, bodyName }) => `${say(bodyName)} ${say(roleTitle)}`)
  return [...held, ...(story ? [say(story)] : [])].join(' · ')
}

function ByPassword({ demoPassword }: { demoPassword: string | undefined }) {
  const { say } = useSpeech()
  const { signIn } = useSessionChanges()
  const { isPending, error, mutate } = signIn
  return (
    <section aria-labelledby="by-password">
      <h2 id="by-password">{say(words.byPassword)}</h2>
      {demoPassword !== undefined && <p className="kit-quiet">{say(words.demoPassword, { password: demoPassword })}</p>}
      <PasswordForm submitLabel={words.signIn} isPending={isPending} error={error} onSubmit={mutate} />
    </section>
  )
}

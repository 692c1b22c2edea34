import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Me } from './api-types.ts'
import { TextField } from './fields.tsx'
import { useSpeech } from './language.tsx'
import { useSessionEnded, useSignInAgain } from './session.ts'
import { useDemoUsers } from './sign-in.tsx'
import { ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  title: { zh: '登录已过期', en: 'Your session has ended' },
  kept: {
    zh: '为了您的信息安全，长时间没有操作会退出登录。页面上填写的内容还在，重新登录后可以接着办。',
    en: 'To protect your data you are signed out after a while without activity. What you typed is still here; sign in again and go on.',
  },
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  signIn: { zh: '重新登录', en: 'Sign in again' },
  demo: { zh: '以 {name} 继续（演示）', en: 'Go on as {name} (demonstration)' },
  leave: { zh: '不再继续，清空页面', en: 'Leave, and clear the page' },
})

/**
 * Over every page of somebody whose session ended by itself: signing in again, with the page below as it was, and hidden from whoever comes by
 * meanwhile. Nothing otherwise.
 */
export function SessionEnded({ me }: { me: Me }) {
  return useSessionEnded() ? <Dialog me={me} /> : null
}

function Dialog({ me }: { me: Me }) {
  const { say } = useSpeech()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const signIn = useSignInAgain(me)
  const demo = useDemoUsers()
  const [login, setLogin] = useState(me.user.login)
  const [password, setPassword] = useState('')
  useEffect(() => dialog.current?.showModal(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ login, password })
  }
  return (
    // Escape would leave a page behind on which nothing works.
    <dialog ref={dialog} className="kit-dialog" aria-labelledby={id} onCancel={(event) => event.preventDefault()}>
      <h2 id={id}>{say(words.title)}</h2>
      <p>{say(words.kept)}</p>
      {signIn.error && <ProblemNote error={signIn.error} />}
      {demo.data && (
        <div className="kit-actions">
          <button type="button" className="kit-button" onClick={() => signIn.mutate({ demo: true })}>
            {say(words.demo, { name: me.user.displayName })}
          </button>
        </div>
      )}
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
        <div className="kit-actions">
          <button type="submit" className="kit-button kit-button-primary" disabled={signIn.isPending}>
            {say(words.signIn)}
          </button>
          <button type="button" className="kit-button" onClick={() => window.location.reload()}>
            {say(words.leave)}
          </button>
        </div>
      </form>
    </dialog>
  )
}

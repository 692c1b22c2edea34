import { useEffect, useId, useRef } from 'react'
import type { Me } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'
import { useSessionEnded, useSignInAgain } from './session.ts'
import { useDemoUsers } from './sign-in.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  title: { zh: '登录已过期', en: 'Your session has ended' },
  kept: {
    zh: '为了您的信息安全，长时间没有操作会退出登录。页面上填写的内容还在，重新登录后可以接着办。',
    en: 'To protect your data you are signed out after a while without activity. What you typed is still here; sign in again and go on.',
  },
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
  useEffect(() => dialog.current?.showModal(), [])
  return (
    // Escape would leave a page behind on which nothing works.
    <dialog ref={dialog} className="kit-dialog" aria-labelledby={id} onCancel={(event) => event.preventDefault()}>
      <h2 id={id}>{say(words.title)}</h2>
      <p>{say(words.kept)}</p>
      {demo.data && (
        <div className="kit-actions">
          <button type="button" className="kit-button" onClick={() => signIn.mutate({ demo: true })}>
            {say(words.demo, { name: me.user.displayName })}
          </button>
        </div>
      )}
      <PasskeyButton
        isPending={signIn.isPending}
        error={signIn.variables && 'passkey' in signIn.variables ? signIn.error : null}
        onSignIn={() => signIn.mutate({ passkey: true })}
      />
      <PasswordForm
        login={me.user.login}
        submitLabel={words.signIn}
        isPending={signIn.isPending}
        error={signIn.variables && 'passkey' in signIn.variables ? null : signIn.error}
        onSubmit={signIn.mutate}
      >
        <button type="button" className="kit-button" onClick={() => window.location.reload()}>
          {say(words.leave)}
        </button>
      </PasswordForm>
    </dialog>
  )
}

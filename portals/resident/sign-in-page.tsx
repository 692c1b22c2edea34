import { lazy, Suspense } from 'react'
import { defineWords, Link, SignIn, useSpeech } from '../../kit/door.ts'

const OpenPages = lazy(async () => ({ default: (await import('./open-pages.tsx')).OpenPages }))

const words = defineWords({
  title: { zh: '个人登录', en: 'Sign in' },
  verify: { zh: '核验别人出示的证明（不用登录）', en: 'Verify a certificate that somebody shows you (no sign-in)' },
  lead: { zh: '登录后可以办事、出示电子社保卡、查进度。', en: 'Apply, show your e-card, follow your cases.' },
})

/** Signing in as a resident. */
export function SignInPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <SignIn isShown={({ personId }) => personId !== null} />
      <p>
        <Link to="/verify">{say(words.verify)}</Link>
      </p>
      <Suspense>
        <OpenPages />
      </Suspense>
    </>
  )
}

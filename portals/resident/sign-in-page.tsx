import { defineWords, SignIn, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '个人登录', en: 'Sign in' },
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
    </>
  )
}

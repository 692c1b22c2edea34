import { defineWords, Link, SecurityPart, securityWords, useSpeech } from '../../kit/door.ts'

const words = defineWords({ me: { zh: '我的', en: 'Me' } })

/** How a resident signs in. */
export function SecurityPage() {
  const { say } = useSpeech()
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.me)}</Link>
      </p>
      <h1>{say(securityWords.title)}</h1>
      <SecurityPart />
    </>
  )
}

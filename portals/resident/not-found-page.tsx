import { commonWords, defineWords, Link, useSpeech } from '../../kit/door.ts'

const words = defineWords({ home: { zh: '回到首页', en: 'Go to my home page' } })

/** For an address that leads nowhere. */
export function NotFoundPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(commonWords.pageNotFound)}</h1>
      <Link to="/" className="kit-button kit-button-primary">
        {say(words.home)}
      </Link>
    </>
  )
}

import { useApi, useSpeech } from '../../kit/door.ts'
import type { Labels } from '../../policy/browser.ts'
import { type Changes, changeTexts } from './changes.ts'
import { words } from './words.ts'

/** Hands each changed value over to the page on which an officer proposes it; signing in stands before that page. */
export function Propose({ service, labels, changes }: { service: string; labels: Labels; changes: Changes }) {
  const { say } = useSpeech()
  const api = useApi()
  if (changes.size === 0) return null
  const names = [...new Set([...changes.keys()].map((path) => path.split('.')[0] ?? path))]
  return (
    <section className="kit-section">
      <h2>{say(words.propose)}</h2>
      <p className="kit-help">{say(words.proposeHelp)}</p>
      {names.map((name) => {
        const query = new URLSearchParams({ service, name })
        for (const text of changeTexts(changes)) if (/^\w+/.exec(text)?.[0] === name) query.append('set', text)
        return (
          <p key={name}>
            <a className="kit-button" href={`/${api.region}/staff/values?${query}`}>
              {say(words.proposeOne, { label: labels.get(`values.${name}`) ?? name })}
            </a>
          </p>
        )
      })}
    </section>
  )
}

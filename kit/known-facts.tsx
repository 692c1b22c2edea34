import type { KnownFact } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  from: { zh: '来自{source}', en: 'from the {source}' },
})

/** What registers hold already: each fact with its value and where it stands. */
export function KnownFacts({ facts }: { facts: readonly KnownFact[] }) {
  const { say } = useSpeech()
  return (
    <dl className="kit-known">
      {facts.map(({ name, label, text, source }) => (
        <div key={name}>
          <dt>{say(label)}</dt>
          <dd>
            {say(text)}
            {source && <span className="kit-fact-source">{say(words.from, { source: say(source) })}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

import type { Ruling } from './api-types.ts'
import { useSpeech } from './language.tsx'

/** The steps of a ruling in the reader's words, in order. Two steps may say the same: they never change their places, so the place is the key. */
export function RulingSteps({ sentences }: Pick<Ruling, 'sentences'>) {
  const { language } = useSpeech()
  return (
    <ol className="kit-steps">
      {sentences[language].map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>{sentence}</li>
      ))}
    </ol>
  )
}

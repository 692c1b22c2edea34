import { useState } from 'react'
import { useSpeech } from '../../kit/door.ts'
import { words } from './words.ts'

/** The command that says the same in a terminal, to be copied. */
export function Command({ text }: { text: string }) {
  const { say } = useSpeech()
  const [copied, setCopied] = useState<string>()
  return (
    <section className="kit-section">
      <h2>{say(words.command)}</h2>
      <p className="kit-code workbench-command">{text}</p>
      <button
        type="button"
        className="kit-button"
        // Where the browser denies it, the command can still be selected.
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(
            () => setCopied(text),
            () => undefined,
          )
        }
      >
        {say(copied === text ? words.copied : words.copy)}
      </button>
    </section>
  )
}

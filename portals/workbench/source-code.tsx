import { useSpeech } from '../../kit/door.ts'
import type { PolicyBody } from '../../policy/browser.ts'
import { ScrollFrame } from './scroll-frame.tsx'
import { words } from './words.ts'

/** The lines of a policy's definition, each with its number in the file. */
export function sourceLines({ source, at }: Pick<PolicyBody, 'source' | 'at'>): { number: number; text: string }[] {
  return source.split('\n').map((text, index) => ({ number: at.line + index, text }))
}

/** The definition as it is written, to be read and not changed. */
export function SourceCode({ body, file }: { body: PolicyBody; file: string }) {
  const { say } = useSpeech()
  return (
    <section className="kit-section">
      <h2>{say(words.code)}</h2>
      <p className="kit-help">
        {say(words.codeHelp)} <span className="kit-code">{file}</span>
      </p>
      <ScrollFrame label={say(words.code)}>
        <pre className="workbench-code">
          <code>
            {sourceLines(body).map(({ number, text }) => (
              <span key={number} className="workbench-code-line">
                <span aria-hidden="true">{number}</span>
                {`${text}\n`}
              </span>
            ))}
          </code>
        </pre>
      </ScrollFrame>
    </section>
  )
}

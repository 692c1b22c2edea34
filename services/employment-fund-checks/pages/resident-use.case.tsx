import { type CasePart, type CasePartProps, useSpeech } from '../../../kit/door.ts'
import { useUseInWords } from './use-state.ts'
import { useWords } from './words.ts'

/** A declared use on the case page of whoever declared it. */
export const casePart: CasePart = { flow: 'fund-use', Facts: UseFacts }

function UseFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const facts = useUseInWords(view.file.state)
  return (
    <section className="kit-section" aria-labelledby="use">
      <h2 id="use">{say(useWords.title)}</h2>
      <dl className="kit-facts">
        {facts.map(({ label, value }) => (
          <div key={label} className="kit-fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

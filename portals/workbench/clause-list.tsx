import { ClauseText, useSpeech } from '../../kit/door.ts'
import { endsOf, type Labels, type PolicyBody } from '../../policy/browser.ts'
import { words } from './words.ts'

/** The clauses that a rule stands on, in the order of the rule, each with the paragraph in which it was printed. */
export function ClauseList({ service, body, labels }: { service: string; body: PolicyBody; labels: Labels }) {
  const { say } = useSpeech()
  const clauses = new Set([body.clause, ...endsOf(body).map(({ clause }) => clause)])
  return (
    <details className="kit-details">
      <summary>{say(words.clauses)}</summary>
      <ul className="workbench-clauses">
        {[...clauses].map((clause) => (
          <li key={clause}>
            {labels.get(`clauses.${clause}`) ?? clause} <span className="kit-code">{clause}</span>
            <ClauseText service={service} clause={clause} />
          </li>
        ))}
      </ul>
    </details>
  )
}

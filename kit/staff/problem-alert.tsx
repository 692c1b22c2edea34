import { Alert } from 'antd'
import { ApiProblem, type WrongEntry } from '../api.ts'
import { ClauseCited } from '../clause-cited.tsx'
import { useSpeech } from '../language.tsx'
import { commonWords } from '../words.ts'
import { shownLabel } from './shown-labels.ts'

/** What the server refused or could not do: what happened, what the person can do, the clause, and each place that did not parse. */
export function ProblemAlert({ error }: { error: Error | null }) {
  const { say } = useSpeech()
  if (error === null) return null
  if (!(error instanceof ApiProblem) || error.problem.code === 'unreachable') {
    return (
      <Alert
        type="error"
        showIcon
        title={say(commonWords.unreachable)}
        description={say(commonWords.unreachableAdvice)}
      />
    )
  }
  const { detail, advice, clause, problems = [], status } = error.problem
  return (
    <Alert
      role="alert"
      type={status >= 500 ? 'error' : 'warning'}
      showIcon
      title={detail}
      description={
        <>
          {advice && (
            <div>
              {say(commonWords.whatYouCanDo)}: {advice}
            </div>
          )}
          {clause && <ClauseCited clause={clause} />}
          {problems.length > 0 && <ProblemList problems={problems} />}
        </>
      }
    />
  )
}

function ProblemList({ problems }: { problems: readonly WrongEntry[] }) {
  const { say } = useSpeech()
  return (
    <ul className="staff-problems">
      {problems.map(({ path, expected, label, sentence }) => (
        <li key={`${path} ${expected}`}>
          <strong>{shownLabel(path, say) ?? label ?? path}</strong>
          {say(commonWords.colon)}
          {sentence}
        </li>
      ))}
    </ul>
  )
}

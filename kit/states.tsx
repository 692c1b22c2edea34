import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiProblem, type Problem } from './api.ts'
import { ClauseCited } from './clause-cited.tsx'
import { useSpeech } from './language.tsx'
import { commonWords } from './words.ts'

/** Shows what was read; until then that it is being read, or why it could not be. */
export function Loaded<Data>({
  query,
  children,
}: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
  return <Loading />
}

/** That something is being read. */
export function Loading() {
  const { say } = useSpeech()
  return (
    <p className="kit-loading" role="status">
      <span className="kit-spinner" aria-hidden="true" />
      {say(commonWords.loading)}
    </p>
  )
}

/** That there is nothing, said kindly, with what one could do. */
export function Empty({ children }: { children?: ReactNode }) {
  const { say } = useSpeech()
  return <div className="kit-empty">{children ?? say(commonWords.nothing)}</div>
}

/** What went wrong or was refused: what happened, the clause it stands on, what the person can do. Read out when it appears. */
export function ProblemNote({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { say } = useSpeech()
  const problem = problemOf(error)
  const unreachable = problem.code === 'unreachable'
  const advice = unreachable ? say(commonWords.unreachableAdvice) : problem.advice
  return (
    <div className="kit-note kit-note-problem" role="alert">
      <p className="kit-note-title">{unreachable ? say(commonWords.unreachable) : problem.detail}</p>
      {problem.clause && <ClauseCited clause={problem.clause} />}
      {problem.problems && (
        <ul>
          {problem.problems.map(({ path, expected, label, sentence }) => (
            <li key={`${path} ${expected}`}>
              <strong>{label ?? path}</strong>
              {say(commonWords.colon)}
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {advice && (
        <p>
          <strong>{say(commonWords.whatYouCanDo)}</strong> {advice}
        </p>
      )}
      <div className="kit-actions">
        {onRetry && (
          <button type="button" className="kit-button" onClick={onRetry}>
            {say(commonWords.retry)}
          </button>
        )}
        <a className="kit-button kit-button-text" href="tel:12333">
          {say(commonWords.callHelp)}
        </a>
      </div>
    </div>
  )
}

/** The problem behind an error; a defect of the page itself is shown by its message. */
export function problemOf(error: Error): Problem {
  if (error instanceof ApiProblem) return error.problem
  return { title: '', status: 0, detail: error.message, code: 'page_defect' }
}

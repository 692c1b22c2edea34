import { memo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import type { Comparison, Labels, PolicyBody } from '../../policy/browser.ts'
import { formatCount, formatShare } from './figures.ts'
import { type OutcomeLine, outcomeLines } from './rule.ts'
import { words } from './words.ts'

type BarsProps = { comparison: Comparison; body: PolicyBody; labels: Labels }

/** How many come to each outcome, before and after, as two bars each. */
export const OutcomeBars = memo(function OutcomeBars({ comparison, body, labels }: BarsProps) {
  const { say } = useSpeech()
  const { rows, before, after } = comparison.all
  const lines = outcomeLines(body, labels).map((line) => ({
    ...line,
    was: countOf(line, before.ends),
    is: countOf(line, after.ends),
  }))
  const shown = lines.filter(({ was, is }) => was + is > 0)
  const most = Math.max(1, ...shown.flatMap(({ was, is }) => [was, is]))
  return (
    <section className="kit-section">
      <h2>{say(words.outcomes)}</h2>
      <p className="kit-help">{say(words.outcomesHelp)}</p>
      <ul className="kit-plain-list workbench-outcomes">
        {shown.map(({ key, outcome, label, clause, was, is }) => (
          <li key={key}>
            <p>
              <strong className={`workbench-${outcome}`}>{say(words[outcome])}</strong> {label}
              {outcome !== 'grant' && <small className="kit-quiet"> {labels.get(`clauses.${clause}`) ?? clause}</small>}
            </p>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className="workbench-was" x="0" y="0" width={(was * 100) / most} height="3.5" />
              <rect className="workbench-is" x="0" y="4.5" width={(is * 100) / most} height="3.5" />
            </svg>
            <p className="workbench-outcome-figures">
              <span>
                {say(words.before)} {formatCount(was)} <small>{formatShare(was, rows)}</small>
              </span>
              <span>
                {say(words.after)} {formatCount(is)} <small>{formatShare(is, rows)}</small>
              </span>
              {is !== was && (
                <strong>
                  {is > was ? '+' : '−'}
                  {formatCount(Math.abs(is - was))}
                </strong>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
})

function countOf({ ends }: OutcomeLine, counts: readonly number[]): number {
  return ends.reduce((sum, end) => sum + (counts[end] ?? 0), 0)
}

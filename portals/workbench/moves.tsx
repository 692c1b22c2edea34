import { memo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import type { Comparison } from '../../policy/browser.ts'
import { formatChange, formatCount, formatShare } from './figures.ts'
import { words } from './words.ts'

/** How many see a larger amount, a smaller one and the same, as one bar and in figures; who is granted now and was not. */
export const Moves = memo(function Moves({ comparison, unit }: { comparison: Comparison; unit: string }) {
  const { say, language } = useSpeech()
  const { rows, winners, losers, unchanged, newlyGranted, noLongerGranted } = comparison.all
  const parts = [
    { name: words.less, kind: 'less', count: losers.rows, sum: formatChange(-losers.sum, unit, language) },
    { name: words.same, kind: 'same', count: unchanged, sum: '' },
    { name: words.more, kind: 'more', count: winners.rows, sum: formatChange(winners.sum, unit, language) },
  ]
  let start = 0
  return (
    <section className="kit-section">
      <h2>{say(words.moved)}</h2>
      <svg className="workbench-moves" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ kind, count }) => {
          const width = rows === 0 ? 0 : (count * 100) / rows
          const x = start
          start += width
          return <rect key={kind} className={`workbench-${kind}`} x={x} y="0" width={width} height="6" />
        })}
      </svg>
      <dl className="workbench-counts">
        {parts.map(({ name, kind, count, sum }) => (
          <div key={kind}>
            <dt>
              <span className={`workbench-key-mark workbench-${kind}`} aria-hidden="true" />
              {say(name)}
            </dt>
            <dd>
              {formatCount(count)} <small>{formatShare(count, rows)}</small>
            </dd>
            <dd className="kit-quiet">{count === 0 ? '' : sum}</dd>
          </div>
        ))}
        {[
          { name: words.newlyGranted, count: newlyGranted },
          { name: words.noLongerGranted, count: noLongerGranted },
        ].map(({ name, count }) => (
          <div key={name.en}>
            <dt>{say(name)}</dt>
            <dd>
              {formatCount(count)} <small>{formatShare(count, rows)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
})

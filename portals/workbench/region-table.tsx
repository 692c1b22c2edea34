import { memo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import type { Comparison } from '../../policy/browser.ts'
import { formatChange, formatCount, formatShort, formatShortChange } from './figures.ts'
import type { RuleToTry } from './rule.ts'
import { ScrollFrame } from './scroll-frame.tsx'
import { words } from './words.ts'

type TableProps = { comparison: Comparison; unit: string; regions: RuleToTry['regions'] }

/** The same for every region, with the difference as a bar. */
export const RegionTable = memo(function RegionTable({ comparison, unit, regions }: TableProps) {
  const { say, language } = useSpeech()
  const lines = regions.flatMap(({ region, name }, index) => {
    const group = comparison.groups[index]
    return group ? [{ region, name, ...group, ...shownOf(group, comparison.amount !== null) }] : []
  })
  const moves = comparison.amount === null ? [words.newlyGranted, words.noLongerGranted] : [words.more, words.less]
  const most = Math.max(1, ...lines.map(({ difference }) => Math.abs(Number(difference))))
  return (
    <section className="kit-section">
      <h2>{say(words.byRegion)}</h2>
      <ScrollFrame label={say(words.byRegion)}>
        <table className="workbench-table workbench-regions">
          <thead>
            <tr>
              {[words.region, words.before, words.after, words.difference, ...moves, words.same].map((word) => (
                <th key={word.en} scope="col">
                  {say(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ region, name, was, is, difference, more, less, same }) => (
              <tr key={region}>
                <th scope="row">{say(name)}</th>
                <td>{formatShort(was, unit, language)}</td>
                <td>{formatShort(is, unit, language)}</td>
                <td>
                  <span title={formatChange(difference, unit, language)}>
                    {formatShortChange(difference, unit, language)}
                  </span>
                  <DifferenceBar part={Number(difference) / most} />
                </td>
                <td>{formatCount(more)}</td>
                <td>{formatCount(less)}</td>
                <td>{formatCount(same)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  )
})

/** What a line shows: sums of money, or where there are none how many are granted. */
function shownOf({ rows, before, after, ...moved }: Comparison['all'], hasAmount: boolean) {
  if (hasAmount) {
    const { winners, losers, unchanged } = moved
    return {
      was: before.cost,
      is: after.cost,
      difference: after.cost - before.cost,
      more: winners.rows,
      less: losers.rows,
      same: unchanged,
    }
  }
  const { newlyGranted, noLongerGranted } = moved
  return {
    ...{ was: BigInt(before.granted), is: BigInt(after.granted) },
    difference: BigInt(after.granted - before.granted),
    ...{ more: newlyGranted, less: noLongerGranted, same: rows - newlyGranted - noLongerGranted },
  }
}

/** A bar to the left of the middle for less, to the right for more; `part` of the half from -1 to 1. */
function DifferenceBar({ part }: { part: number }) {
  const width = Math.abs(part) * 50
  return (
    <svg className="workbench-difference" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className="workbench-axis-line" x="49.75" width="0.5" y="0" height="4" />
      <rect
        className={part < 0 ? 'workbench-less' : 'workbench-more'}
        x={part < 0 ? 50 - width : 50}
        width={width}
        y="0"
        height="4"
      />
    </svg>
  )
}

import { memo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import type { Comparison } from '../../policy/browser.ts'
import { formatAxis, formatChange, formatCount } from './figures.ts'
import { ScrollFrame } from './scroll-frame.tsx'
import { words } from './words.ts'

type Bin = Comparison['changes']['bins'][number]

const height = 100
const binWidth = 12

/** Labels that fit beside each other on a phone, each as wide as the bins up to the next; the last may reach a little into the margin. */
const axisLabelsMax = 5

/** How many see their amount change by how much: doubling bins, less to the left of the middle and more to the right. */
export const ChangeHistogram = memo(function ChangeHistogram({
  comparison,
  unit,
}: {
  comparison: Comparison
  unit: string
}) {
  const { say, language } = useSpeech()
  const { bins } = comparison.changes
  return (
    <section className="kit-section">
      <h2>{say(words.histogram)}</h2>
      {bins.length === 0 ? (
        <p className="kit-empty">{say(words.noChanges)}</p>
      ) : (
        <>
          <p className="kit-help">{say(words.histogramHelp)}</p>
          <Bars bins={bins} unit={unit} />
          <details className="kit-details">
            <summary>{say(words.asTable)}</summary>
            <ScrollFrame label={say(words.asTable)}>
              <table className="workbench-table">
                <thead>
                  <tr>
                    <th scope="col">{say(words.binFrom)}</th>
                    <th scope="col">{say(words.binTo)}</th>
                    <th scope="col">{say(words.number)}</th>
                  </tr>
                </thead>
                <tbody>
                  {bins.map(({ from, to, rows }) => (
                    <tr key={from}>
                      <td>{formatChange(BigInt(from), unit, language)}</td>
                      <td>{formatChange(BigInt(to), unit, language)}</td>
                      <td>{formatCount(rows)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
          </details>
        </>
      )}
    </section>
  )
})

/** The bins between the widest and the narrowest that hold anybody, those that hold nobody too, so that distances are true. */
function allBins(bins: readonly Bin[]): Bin[] {
  const exponents = bins.map(({ from, to }) => Math.floor(Math.log2(Math.min(Math.abs(from), Math.abs(to)))))
  const [lowest, highest] = [Math.min(...exponents), Math.max(...exponents)]
  const known = new Map(bins.map((bin) => [bin.from, bin]))
  const sides = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index)
  const bin = (from: number, to: number) => known.get(from) ?? { from, to, rows: 0 }
  const hasLess = bins.some(({ from }) => from < 0)
  const hasMore = bins.some(({ from }) => from > 0)
  return [
    ...(hasLess ? sides.toReversed().map((exponent) => bin(-(2 ** (exponent + 1) - 1), -(2 ** exponent))) : []),
    ...(hasMore ? sides.map((exponent) => bin(2 ** exponent, 2 ** (exponent + 1) - 1)) : []),
  ]
}

function Bars({ bins, unit }: { bins: readonly Bin[]; unit: string }) {
  const { language } = useSpeech()
  const all = allBins(bins)
  const most = Math.max(...all.map(({ rows }) => rows))
  const width = all.length * binWidth
  const everyNth = Math.ceil(all.length / axisLabelsMax)
  return (
    <div className="workbench-histogram">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {all.map(({ from, to, rows }, index) => (
          <rect
            key={from}
            className={from < 0 ? 'workbench-less' : 'workbench-more'}
            x={index * binWidth + 1}
            width={binWidth - 2}
            // A single case among millions is still to be seen.
            height={rows === 0 ? 0 : Math.max(1, (rows * height) / most)}
            y={rows === 0 ? height : height - Math.max(1, (rows * height) / most)}
          >
            <title>{`${formatChange(BigInt(from), unit, language)} … ${formatChange(BigInt(to), unit, language)}: ${formatCount(rows)}`}</title>
          </rect>
        ))}
      </svg>
      <div className="workbench-axis" aria-hidden="true">
        {all.map(({ from, to }, index) => (
          <span key={from}>
            {index % everyNth === 0 &&
              index + 0.75 * everyNth <= all.length &&
              `${from < 0 ? '−' : '+'}${formatAxis(Math.min(Math.abs(from), Math.abs(to)), unit, language)}`}
          </span>
        ))}
      </div>
    </div>
  )
}

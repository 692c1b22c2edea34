import { memo, useEffect, useState } from 'react'
import { commonWords, useSpeech } from '../../kit/door.ts'
import type { Comparison, Labels, PolicyBody, ResolvedValues } from '../../policy/browser.ts'
import { ChangeHistogram } from './change-histogram.tsx'
import { Extremes } from './extremes.tsx'
import { formatChange, formatCount, formatShare, formatShort, formatShortChange, formatSum } from './figures.ts'
import type { Priced, Pricing } from './live-pricing.ts'
import { Moves } from './moves.tsx'
import { OutcomeBars } from './outcome-bars.tsx'
import { RegionTable } from './region-table.tsx'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

type ResultProps = {
  rule: RuleToTry
  body: PolicyBody
  labels: Labels
  sets: readonly ResolvedValues[]
  pricing: Pricing
  /** How many were asked for. */
  people: number
  retry(): void
}

/** What the changed values lead to; until then what is being done, or why it cannot be. */
export function Result({ rule, body, labels, sets, pricing, people, retry }: ResultProps) {
  const { say } = useSpeech()
  if (pricing.state === 'failed') return <Failed error={pricing.error} retry={retry} />
  if (pricing.state === 'making' || pricing.priced === undefined) {
    const n = formatCount(pricing.state === 'making' ? people : pricing.people)
    return (
      <section className="kit-section workbench-waiting" aria-busy="true">
        <p className="kit-loading" role="status">
          <span className="kit-spinner" aria-hidden="true" />
          {pricing.state === 'making' ? say(words.making, { n }) : say(words.deciding)}
        </p>
        <p className="kit-quiet">{say(words.makingHelp)}</p>
      </section>
    )
  }
  const { priced } = pricing
  const { amount } = priced.comparison
  const unit = amount === null ? undefined : body.results[amount]
  const shown = { comparison: priced.comparison, unit: unit?.kind === 'money' ? 'fen' : (unit?.kind ?? '') }
  return (
    <>
      {pricing.people < people && (
        <p className="kit-note kit-note-warning" role="status">
          {say(words.fewer, { made: formatCount(pricing.people) })}
        </p>
      )}
      {amount === null ? (
        <OutcomeHeadline comparison={shown.comparison} priced={priced} />
      ) : (
        <>
          <Headline {...shown} label={labels.get(`results.${amount}`) ?? amount} priced={priced} />
          <Moves {...shown} />
        </>
      )}
      <OutcomeBars comparison={shown.comparison} body={body} labels={labels} />
      {amount !== null && <ChangeHistogram {...shown} />}
      {rule.regions.length > 1 && <RegionTable {...shown} regions={rule.regions} />}
      {amount !== null && (
        <Extremes
          {...{ rule, body, labels, sets, unit: shown.unit }}
          comparison={shown.comparison}
          personOf={pricing.personOf}
        />
      )}
    </>
  )
}

function Failed({ error, retry }: { error: Error; retry(): void }) {
  const { say } = useSpeech()
  return (
    <div className="kit-note kit-note-problem" role="alert">
      <p className="kit-note-title">{say(words.failed)}</p>
      <p>{say(words.failedAdvice)}</p>
      <p className="kit-quiet kit-code">{error.message}</p>
      <button type="button" className="kit-button" onClick={retry}>
        {say(commonWords.retry)}
      </button>
    </div>
  )
}

type HeadlineProps = { comparison: Comparison; unit: string; label: string; priced: Priced }

/** What it comes to, before and after. Stays in sight while values are moved on a phone. */
const Headline = memo(function Headline({ comparison, unit, label, priced }: HeadlineProps) {
  const { say, language } = useSpeech()
  const { before, after, rows } = comparison.all
  const difference = after.cost - before.cost
  const sums = [
    {
      name: words.before,
      short: formatShort(before.cost, unit, language),
      exact: formatSum(before.cost, unit, language),
    },
    { name: words.after, short: formatShort(after.cost, unit, language), exact: formatSum(after.cost, unit, language) },
    {
      name: words.difference,
      short: formatShortChange(difference, unit, language),
      exact: `${formatChange(difference, unit, language)} (${shareOf(difference, before.cost)})`,
    },
  ]
  return (
    <section className="kit-section workbench-headline">
      <h2>{say(words.sumOf, { label })}</h2>
      <dl className="kit-sums" data-result>
        {sums.map(({ name, short, exact }) => (
          <div key={name.en}>
            <dt>{say(name)}</dt>
            <dd>{short}</dd>
            <dd className="workbench-exact">{exact}</dd>
          </div>
        ))}
      </dl>
      <p className="kit-quiet workbench-took">
        {say(words.took, { n: formatCount(rows), ms: Math.round(priced.milliseconds), workers: priced.workers })}
      </p>
      <Heard comparison={comparison} unit={unit} />
    </section>
  )
})

/** Where no result is a sum of money: how many are granted, before and after. */
const OutcomeHeadline = memo(function OutcomeHeadline({ comparison, priced }: Omit<HeadlineProps, 'unit' | 'label'>) {
  const { say } = useSpeech()
  const { before, after, rows, newlyGranted, noLongerGranted } = comparison.all
  const difference = after.granted - before.granted
  const counts = [
    { name: words.before, count: formatCount(before.granted), share: formatShare(before.granted, rows) },
    { name: words.after, count: formatCount(after.granted), share: formatShare(after.granted, rows) },
    {
      name: words.difference,
      count: `${difference > 0 ? '+' : difference < 0 ? '−' : ''}${formatCount(Math.abs(difference))}`,
      share: say(words.changedSides, { more: formatCount(newlyGranted), less: formatCount(noLongerGranted) }),
    },
  ]
  return (
    <section className="kit-section workbench-headline">
      <h2>{say(words.grantedOf)}</h2>
      <dl className="kit-sums" data-result>
        {counts.map(({ name, count, share }) => (
          <div key={name.en}>
            <dt>{say(name)}</dt>
            <dd>{count}</dd>
            <dd className="workbench-exact">{share}</dd>
          </div>
        ))}
      </dl>
      <p className="kit-quiet workbench-took">
        {say(words.took, { n: formatCount(rows), ms: Math.round(priced.milliseconds), workers: priced.workers })}
      </p>
    </section>
  )
})

/** The difference as a part of what it was, with its sign. */
function shareOf(difference: bigint, before: bigint): string {
  if (before === 0n || difference === 0n) return before === 0n && difference !== 0n ? '—' : '0.0%'
  const size = formatShare(Math.abs(Number(difference)), Math.abs(Number(before)))
  return `${difference > 0n ? '+' : '−'}${size}`
}

/** A screen reader hears the result once a slider rests, and not at every step of it. */
const restMilliseconds = 800

function Heard({ comparison, unit }: { comparison: Comparison; unit: string }) {
  const { say, language } = useSpeech()
  const { before, after, winners, losers, unchanged } = comparison.all
  const sentence = say(words.heard, {
    after: formatSum(after.cost, unit, language),
    difference: formatChange(after.cost - before.cost, unit, language),
    more: formatCount(winners.rows),
    less: formatCount(losers.rows),
    same: formatCount(unchanged),
  })
  const [heard, setHeard] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setHeard(sentence), restMilliseconds)
    return () => clearTimeout(timer)
  }, [sentence])
  return (
    <p className="workbench-heard" role="status" aria-live="polite">
      {heard}
    </p>
  )
}

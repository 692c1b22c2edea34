import { useQuery } from '@tanstack/react-query'
import { memo, useMemo, useState } from 'react'
import { commonWords, Loaded, useSpeech } from '../../kit/door.ts'
import {
  type Comparison,
  decide,
  explain,
  type Labels,
  type MadePerson,
  type PolicyBody,
  type ResolvedValues,
  renderExplanation,
} from '../../policy/browser.ts'
import { factLines } from './fact-lines.ts'
import { formatChange, formatCount, formatSum } from './figures.ts'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

type ExtremesProps = {
  rule: RuleToTry
  body: PolicyBody
  labels: Labels
  sets: readonly ResolvedValues[]
  unit: string
  comparison: Comparison
  personOf(row: number): Promise<MadePerson>
}

/** The case whose amount grows most and the one whose amount falls most, each with the reasons of both decisions. */
export const Extremes = memo(function Extremes({ comparison, personOf, ...shown }: ExtremesProps) {
  const { say, language } = useSpeech()
  const [row, setRow] = useState<number>()
  const ends = [
    { name: words.mostMore, most: comparison.largestGain, sign: 1n },
    { name: words.mostLess, most: comparison.largestLoss, sign: -1n },
  ]
  const changed = ends.filter(({ most }) => most !== undefined)
  return (
    <section className="kit-section">
      <h2>{say(words.extremes)}</h2>
      {changed.length === 0 && <p className="kit-empty">{say(words.noChanges)}</p>}
      <ul className="kit-plain-list">
        {ends.map(({ name, most, sign }) =>
          most === undefined ? null : (
            <li key={name.en} className="workbench-extreme">
              <span>
                {say(name)} <strong>{formatChange(sign * BigInt(most.by), shown.unit, language)}</strong>
              </span>
              <button
                type="button"
                className="kit-button"
                aria-expanded={row === most.row}
                aria-label={`${say(words.why)}: ${say(name)}`}
                onClick={() => setRow(row === most.row ? undefined : most.row)}
              >
                {say(words.why)}
              </button>
            </li>
          ),
        )}
      </ul>
      {row !== undefined && <Why key={row} row={row} personOf={personOf} close={() => setRow(undefined)} {...shown} />}
    </section>
  )
})

type WhyProps = Omit<ExtremesProps, 'comparison'> & { row: number; close(): void }

/** One made-up case: its facts, and how it is decided by the law and by the changed values. */
function Why({ row, personOf, close, ...shown }: WhyProps) {
  const { say } = useSpeech()
  const { rule } = shown
  const person = useQuery({ queryKey: ['person', rule.ir.id, rule.on, row], queryFn: () => personOf(row) })
  return (
    <section className="workbench-why" aria-label={say(words.whyTitle, { row: formatCount(row + 1) })}>
      <div className="workbench-values-head">
        <h3>{say(words.whyTitle, { row: formatCount(row + 1) })}</h3>
        <button type="button" className="kit-button kit-button-text" onClick={close}>
          {say(commonWords.close)}
        </button>
      </div>
      <Loaded query={person}>{(found) => <WhyOf {...shown} person={found} />}</Loaded>
    </section>
  )
}

function WhyOf({
  rule,
  body,
  labels,
  sets,
  unit,
  person,
}: Omit<WhyProps, 'row' | 'close' | 'personOf'> & { person: MadePerson }) {
  const { say, language } = useSpeech()
  const { facts, set } = person
  const region = rule.regions[set]
  const [lawful, tried] = useMemo(() => {
    const told = (values: ResolvedValues) => ({
      amount: decide(rule.ir, facts, values, rule.on).results[body.total ?? '']?.value ?? 0,
      sentences: renderExplanation(explain(rule.ir, facts, values, rule.on), labels, language).slice(1),
    })
    return [told(region?.values ?? {}), told(sets[set] ?? {})]
  }, [rule, body, facts, region, sets, set, labels, language])
  const sides = [
    { name: words.before, ...lawful, other: tried.sentences },
    { name: words.after, ...tried, other: lawful.sentences },
  ]
  return (
    <>
      <h4>{say(words.facts)}</h4>
      <dl className="kit-facts workbench-facts">
        {rule.regions.length > 1 && region && (
          <div>
            <dt>{say(words.region)}</dt>
            <dd>{say(region.name)}</dd>
          </div>
        )}
        {factLines(body, facts, labels, language).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h4>{say(words.reasons)}</h4>
      <div className="workbench-sides">
        {sides.map(({ name, amount, sentences, other }) => (
          <div key={name.en}>
            <p>
              <strong>{say(name)}</strong> {formatSum(BigInt(Number(amount)), unit, language)}
            </p>
            <ol className="kit-steps">
              {sentences.map((sentence, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same, and never change their places
                <li key={index}>{other.includes(sentence) ? sentence : <mark>{sentence}</mark>}</li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </>
  )
}

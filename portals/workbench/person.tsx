import { useMemo, useState } from 'react'
import { useSpeech } from '../../kit/door.ts'
import {
  decide,
  explain,
  type Facts,
  factsOfRow,
  type Labels,
  type PolicyBody,
  populate,
  quantityText,
  type ResolvedValues,
  renderExplanation,
} from '../../policy/browser.ts'
import { type Changes, withChanges } from './changes.ts'
import { describedWith } from './described.ts'
import { FactFields } from './fact-fields.tsx'
import { formatCount } from './figures.ts'
import { seed } from './live-pricing.ts'
import type { RuleToTry } from './rule.ts'
import { RuleSections } from './rule-in-words.tsx'
import { words } from './words.ts'

type PersonProps = { rule: RuleToTry; body: PolicyBody; labels: Labels; changes: Changes }

/** One made-up person of the population, as its row says, to begin with. */
function madePerson({ regions, spreads }: RuleToTry, body: PolicyBody, row: number): { facts: Facts; set: number } {
  const table = populate(body, { rows: 1, firstRow: row, seed, sets: regions.length, spreads })
  return { facts: factsOfRow(body, table, 0), set: table.columns['@set']?.[0] ?? 0 }
}

/** A sample person with facts that can be changed, decided step by step beside what the rule says. */
export function SamplePerson({ rule, body, labels, changes }: PersonProps) {
  const { say } = useSpeech()
  const [row, setRow] = useState(0)
  const [person, setPerson] = useState(() => madePerson(rule, body, 0))
  const another = (next: number) => {
    setRow(next)
    setPerson(madePerson(rule, body, next))
  }
  const region = rule.regions[person.set]
  return (
    <div className="workbench-columns">
      <section className="kit-section workbench-values">
        <div className="workbench-values-head">
          <h2>{say(words.whyTitle, { row: formatCount(row + 1) })}</h2>
          <button type="button" className="kit-button" onClick={() => another(row + 1)}>
            {say(words.another)}
          </button>
        </div>
        <p className="kit-help">{say(words.personHelp)}</p>
        {rule.regions.length > 1 && (
          <label className="workbench-field">
            {say(words.region)}
            <select value={person.set} onChange={({ target }) => setPerson({ ...person, set: Number(target.value) })}>
              {rule.regions.map(({ region: code, name }, index) => (
                <option key={code} value={index}>
                  {say(name)}
                </option>
              ))}
            </select>
          </label>
        )}
        <FactFields
          key={row}
          units={body.facts}
          facts={person.facts}
          labels={labels}
          change={(facts) => setPerson({ ...person, facts })}
        />
      </section>
      <div className="workbench-results">
        <Decided {...{ rule, body, labels }} facts={person.facts} values={withChanges(region?.values ?? {}, changes)} />
      </div>
    </div>
  )
}

type DecidedProps = Omit<PersonProps, 'changes'> & { facts: Facts; values: ResolvedValues }

/** The outcome, and the steps to it, one after the other. */
function Decided({ rule, body, labels, facts, values }: DecidedProps) {
  const { say, language } = useSpeech()
  const [steps, setSteps] = useState<number>()
  const { decision, sentences } = useMemo(
    () => ({
      decision: decide(rule.ir, facts, values, rule.on),
      sentences: renderExplanation(explain(rule.ir, facts, values, rule.on), labels, language).slice(1),
    }),
    [rule, facts, values, labels, language],
  )
  const sections = useMemo(() => describedWith(rule, labels, language, values), [rule, values, labels, language])
  const shown = Math.min(steps ?? sentences.length, sentences.length)
  const outcome = { granted: words.grant, refused: words.refuse, referred: words.refer }[decision.outcome]
  return (
    <>
      <section className="kit-section" aria-live="polite">
        <h2>{say(words.reasons)}</h2>
        <p>
          <strong>{say(outcome)}</strong>{' '}
          {decision.reason !== null && (labels.get(`reasons.${decision.reason}`) ?? decision.reason)}
        </p>
        <dl className="kit-facts workbench-facts">
          {Object.entries(decision.results).map(([name, { value, unit }]) => (
            <div key={name}>
              <dt>{labels.get(`results.${name}`) ?? name}</dt>
              <dd>{quantityText(value, unit, labels, language)}</dd>
            </div>
          ))}
        </dl>
        <p className="workbench-stepper">
          <button type="button" className="kit-button" disabled={shown <= 1} onClick={() => setSteps(shown - 1)}>
            {say(words.stepBack)}
          </button>
          <button
            type="button"
            className="kit-button"
            onClick={() => setSteps(shown >= sentences.length ? 1 : shown + 1)}
          >
            {say(shown >= sentences.length ? words.fromFirst : words.nextStep)}
          </button>
          <span>{say(words.stepOf, { step: shown, count: sentences.length })}</span>
        </p>
        <ol className="kit-steps">
          {sentences.slice(0, shown).map((sentence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same, and never change their places
            <li key={index} {...(index === shown - 1 && { 'aria-current': 'step' })}>
              {sentence}
            </li>
          ))}
        </ol>
      </section>
      <section className="kit-section">
        <h2>{say(words.inWords)}</h2>
        <p className="kit-quiet">{body.title[language]}</p>
        <RuleSections described={sections} />
      </section>
    </>
  )
}

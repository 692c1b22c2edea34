import { memo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import {
  isQuantity,
  type Labels,
  type PolicyBody,
  quantityText,
  type ResolvedValue,
  type ValueUnit,
} from '../../policy/browser.ts'
import { type Changes, type Content, pathOf } from './changes.ts'
import { QuantityControl } from './quantity-control.tsx'
import { keyLabel, type RuleToTry } from './rule.ts'
import { words } from './words.ts'

type Change = (path: string, content: Content | undefined) => void

type ListProps = {
  rule: RuleToTry
  body: PolicyBody
  labels: Labels
  changes: Changes
  change: Change
  reset(): void
}

/** Every value that the rule goes by, each to be moved. */
export function ValueList({ rule, body, labels, changes, change, reset }: ListProps) {
  const { say } = useSpeech()
  const values = Object.entries(body.values)
  return (
    <section className="kit-section workbench-values" aria-label={say(words.values)}>
      <div className="workbench-values-head">
        <h2>{say(words.values)}</h2>
        <button type="button" className="kit-button" onClick={reset} disabled={changes.size === 0}>
          {say(words.reset)}
        </button>
      </div>
      <p className="kit-help">{say(values.length === 0 ? words.noValues : words.valuesHelp)}</p>
      {values.map(([name, unit]) => (
        <ValuePart key={name} name={name} unit={unit} rule={rule} labels={labels} changes={changes} change={change} />
      ))}
    </section>
  )
}

type PartProps = { name: string; unit: ValueUnit; rule: RuleToTry; labels: Labels; changes: Changes; change: Change }

function ValuePart({ name, unit, rule, labels, changes, change }: PartProps) {
  const { say, language } = useSpeech()
  const resolved = rule.regions.flatMap(({ values }) => values[name] ?? [])
  const [first] = resolved
  if (first === undefined) return null
  const sources = new Set(resolved.map(({ source }) => labels.get(`clauses.${source}`) ?? source))
  const label = labels.get(`values.${name}`) ?? name
  const told = `${[...sources].slice(0, 2).join('')}${first.note ?? ''}`
  const isChineseOnly = language === 'en' && /\p{Script=Han}/u.test(told)
  return (
    <fieldset className="workbench-value">
      <legend>
        {label}
        {resolved.some(({ assumed }) => assumed) && (
          <span className="kit-badge workbench-assumed">{say(words.assumed)}</span>
        )}
      </legend>
      {unit.kind === 'keyed' ? (
        <div className="workbench-entries">
          {unit.by.map((key) => {
            const path = pathOf(name, key)
            return (
              <QuantityControl
                key={key}
                label={`${label} ${keyLabel(key, unit.count, labels, language)}`}
                shown={keyLabel(key, unit.count, labels, language)}
                unit={unit.unit}
                shipped={resolved.map(({ value }) => entryOf(value, key))}
                content={numberOf(changes.get(path))}
                labels={labels}
                onChange={(content) => change(path, content)}
              />
            )
          })}
        </div>
      ) : isQuantity(unit) ? (
        <QuantityControl
          label={label}
          unit={unit}
          shipped={resolved.map(({ value }) => Number(value))}
          content={numberOf(changes.get(name))}
          labels={labels}
          onChange={(content) => change(name, content)}
        />
      ) : (
        <OtherControl {...{ name, label, unit, first, labels, change }} content={changes.get(name)} />
      )}
      <p className="kit-help workbench-source">
        {isChineseOnly && `${say(words.inChinese)} `}
        {say(words.source, { source: [...sources].slice(0, 2).join('；') + (sources.size > 2 ? ' …' : '') })}
        {first.note !== undefined && <span lang="zh-CN"> · {first.note}</span>}
      </p>
    </fieldset>
  )
}

function entryOf(value: ResolvedValue['value'], key: string): number {
  const entries = typeof value === 'object' ? Object.entries(value) : []
  return Number(entries.find(([name]) => name === key)?.[1] ?? 0)
}

function numberOf(content: Content | undefined): number | undefined {
  return typeof content === 'number' ? content : undefined
}

type OtherProps = {
  name: string
  label: string
  unit: ValueUnit
  first: ResolvedValue
  labels: Labels
  content: Content | undefined
  change: Change
}

/** A day, yes or no, one of some words; a list of words stays as it is. */
const OtherControl = memo(function OtherControl({ name, label, unit, first, labels, content, change }: OtherProps) {
  const { say, language } = useSpeech()
  const { value } = first
  if (typeof value === 'object') {
    const list = Array.isArray(value) ? value.map(String) : Object.keys(value)
    return <p>{say(words.fixed, { value: quantityText(list, first.unit, labels, language) })}</p>
  }
  const set = (next: Content) => change(name, next === value ? undefined : next)
  const shown = content ?? value
  if (unit.kind === 'date') {
    return (
      <input
        className="workbench-input"
        type="date"
        aria-label={label}
        value={String(shown)}
        onChange={({ target }) => target.value !== '' && set(target.value)}
      />
    )
  }
  if (unit.kind === 'flag') {
    return (
      <label className="workbench-flag">
        <input type="checkbox" checked={shown === true} onChange={({ target }) => set(target.checked)} />
        {quantityText(shown, first.unit, labels, language)}
      </label>
    )
  }
  return (
    <select
      className="workbench-input"
      aria-label={label}
      value={String(shown)}
      onChange={({ target }) => set(target.value)}
    >
      {(unit.kind === 'choice' ? unit.options : [String(value)]).map((option) => (
        <option key={option} value={option}>
          {quantityText(option, first.unit, labels, language)}
        </option>
      ))}
    </select>
  )
})

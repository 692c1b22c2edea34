import { useState } from 'react'
import { commonWords, useSpeech } from '../../kit/door.ts'
import {
  type Facts,
  type FactUnit,
  type FactValue,
  isQuantity,
  type Labels,
  type QuantityUnit,
  quantityText,
  unitCode,
} from '../../policy/browser.ts'
import { parseQuantity, quantityInput } from './slider.ts'
import { words } from './words.ts'

type ListUnit = Extract<FactUnit, { kind: 'list' }>
type FieldUnit = Exclude<FactUnit, ListUnit>
type ScalarUnit = Exclude<FieldUnit, { kind: 'optional' }>
type Item = Extract<FactValue, readonly unknown[]>[number]
type Scalar = string | number | boolean

type FieldsProps = {
  units: Readonly<Record<string, FactUnit>>
  facts: Facts
  labels: Labels
  change(facts: Facts): void
}

/** A field for each fact; a list has its items one after the other. */
export function FactFields({ units, facts, labels, change }: FieldsProps) {
  return Object.entries(units).map(([name, unit]) => {
    const label = labels.get(`facts.${name}`) ?? name
    const value = facts[name] ?? null
    const set = (next: FactValue) => change({ ...facts, [name]: next })
    if (unit.kind === 'list') {
      const items = Array.isArray(value) ? value : []
      return <ItemFields key={name} {...{ name, label, unit, items, labels, set }} />
    }
    return <FieldOf key={name} {...{ label, unit, labels, set }} value={isScalar(value) ? value : null} />
  })
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

type ItemsProps = {
  name: string
  label: string
  unit: ListUnit
  items: readonly Item[]
  labels: Labels
  set(items: readonly Item[]): void
}

function ItemFields({ name, label, unit, items, labels, set }: ItemsProps) {
  const { say } = useSpeech()
  const { item: itemUnit } = unit
  const last = items.at(-1) ?? emptyItem(itemUnit)
  return (
    <fieldset className="workbench-value">
      <legend>{label}</legend>
      {items.map((item, index) => {
        const replace = (next: Item) => set(items.with(index, next))
        const title = `${label} ${index + 1}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no names but their places
          <div key={index} className="workbench-item">
            {itemUnit.kind === 'record' ? (
              Object.entries(itemUnit.fields).map(([field, fieldUnit]) => {
                const value = typeof item === 'object' ? (item[field] ?? null) : null
                return (
                  <FieldOf
                    key={field}
                    label={labels.get(`facts.${name}.${field}`) ?? field}
                    {...{ unit: fieldUnit, labels, value }}
                    set={(next) => replace({ ...(typeof item === 'object' ? item : {}), [field]: next })}
                  />
                )
              })
            ) : (
              <FieldOf
                label={title}
                {...{ unit: itemUnit, labels }}
                value={isScalar(item) ? item : null}
                set={(next) => next !== null && replace(next)}
              />
            )}
            <button
              type="button"
              className="workbench-undo"
              aria-label={`${say(words.removeItem)}: ${title}`}
              onClick={() => set(items.toSpliced(index, 1))}
            >
              {say(words.removeItem)}
            </button>
          </div>
        )
      })}
      <button
        type="button"
        className="kit-button"
        disabled={items.length >= unit.max}
        onClick={() => set([...items, last])}
      >
        {say(words.addItem, { label })}
      </button>
    </fieldset>
  )
}

function emptyItem(unit: ListUnit['item']): Item {
  if (unit.kind !== 'record') return emptyOf(unit)
  return Object.fromEntries(
    Object.entries(unit.fields).map(([field, each]) => [field, each.kind === 'optional' ? null : emptyOf(each)]),
  )
}

function emptyOf(unit: ScalarUnit): Scalar {
  if (isQuantity(unit)) return Math.max(unit.min, Math.min(0, unit.max))
  if (unit.kind === 'flag') return false
  if (unit.kind === 'date') return '2026-01-01'
  return unit.kind === 'choice' ? (unit.options[0] ?? '') : ''
}

type FieldProps = {
  label: string
  unit: FieldUnit
  value: Scalar | null
  labels: Labels
  set(value: Scalar | null): void
}

function FieldOf({ label, unit, value, labels, set }: FieldProps) {
  const { say } = useSpeech()
  if (unit.kind !== 'optional') {
    return (
      <div className="workbench-field workbench-fact">
        <span aria-hidden="true">{label}</span>
        <ScalarField label={label} unit={unit} value={value ?? emptyOf(unit)} labels={labels} set={set} />
      </div>
    )
  }
  return (
    <div className="workbench-fact">
      <label className="workbench-flag">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={({ target }) => set(target.checked ? emptyOf(unit.unit) : null)}
        />
        {label} <span className="kit-quiet">{value === null ? say(words.absent) : ''}</span>
      </label>
      {value !== null && <ScalarField label={label} unit={unit.unit} value={value} labels={labels} set={set} />}
    </div>
  )
}

type ScalarProps = { label: string; unit: ScalarUnit; value: Scalar; labels: Labels; set(value: Scalar): void }

function ScalarField({ label, unit, value, labels, set }: ScalarProps) {
  const { say, language } = useSpeech()
  const named = { 'aria-label': label }
  if (isQuantity(unit)) return <QuantityField {...{ unit, set }} named={named} value={Number(value)} />
  if (unit.kind === 'date') {
    return (
      <input
        type="date"
        {...named}
        value={String(value)}
        onChange={({ target }) => target.value !== '' && set(target.value)}
      />
    )
  }
  if (unit.kind === 'text') {
    return <input {...named} value={String(value)} onChange={({ target }) => set(target.value)} />
  }
  const options = unit.kind === 'flag' ? ['true', 'false'] : unit.options
  const told = (option: string) =>
    unit.kind === 'flag'
      ? say(option === 'true' ? commonWords.yes : commonWords.no)
      : quantityText(option, unitCode(unit), labels, language)
  return (
    <select
      {...named}
      value={String(value)}
      onChange={({ target }) => set(unit.kind === 'flag' ? target.value === 'true' : target.value)}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {told(option)}
        </option>
      ))}
    </select>
  )
}

type QuantityProps = { unit: QuantityUnit; value: number; named: { 'aria-label': string }; set(value: number): void }

/** Yuan, percent or a number, as it is typed; what does not fit stays in the field and is marked. */
function QuantityField({ unit, value, named, set }: QuantityProps) {
  const { say } = useSpeech()
  const [typed, setTyped] = useState<string>()
  const isWrong = typed !== undefined && parseQuantity(typed, unit) === undefined
  return (
    <span className="workbench-number">
      <input
        {...named}
        inputMode="decimal"
        aria-invalid={isWrong}
        value={typed ?? quantityInput(value, unit)}
        onChange={({ target }) => {
          setTyped(target.value)
          const quantity = parseQuantity(target.value, unit)
          if (quantity !== undefined) set(quantity)
        }}
        onBlur={() => setTyped(undefined)}
      />
      <span aria-hidden="true">{{ money: say(words.yuan), rate: '%', count: '' }[unit.kind]}</span>
    </span>
  )
}

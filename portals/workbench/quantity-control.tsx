import { useId, useState } from 'react'
import { useSpeech } from '../../kit/door.ts'
import { type Labels, type QuantityUnit, quantityText, unitCode } from '../../policy/browser.ts'
import { parseQuantity, quantityInput, sliderRange } from './slider.ts'
import { words } from './words.ts'

type ControlProps = {
  /** What a screen reader calls it. */
  label: string
  /** What stands above it, where the value's own name does not. */
  shown?: string
  unit: QuantityUnit
  /** What is law, region by region. */
  shipped: readonly number[]
  /** What is tried; undefined where the law is left as it is. */
  content: number | undefined
  labels: Labels
  onChange(content: number | undefined): void
}

/** A quantity as a slider around what is law, with a field beside it for whoever knows the number. */
export function QuantityControl({ label, shown, unit, shipped, content, labels, onChange }: ControlProps) {
  const { say, language } = useSpeech()
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const sorted = shipped.toSorted((one, other) => one - other)
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)]
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  const range = sliderRange(middle, unit)
  const told = (quantity: number) => quantityText(quantity, unitCode(unit), labels, language)
  const set = (quantity: number) => onChange(low === high && quantity === low ? undefined : quantity)
  const current = content ?? middle
  const blank = content === undefined && low !== high
  const isWrong = typed !== undefined && typed.trim() !== '' && parseQuantity(typed, unit) === undefined
  return (
    <div className={content === undefined ? 'workbench-quantity' : 'workbench-quantity workbench-changed'}>
      {shown !== undefined && <span className="workbench-key">{shown}</span>}
      <span className="workbench-number">
        <input
          className="workbench-input"
          inputMode="decimal"
          aria-label={label}
          aria-invalid={isWrong}
          aria-describedby={`${id}-law`}
          value={typed ?? (blank ? '' : quantityInput(current, unit))}
          placeholder={blank ? '—' : undefined}
          onChange={({ target }) => {
            setTyped(target.value)
            const quantity = parseQuantity(target.value, unit)
            if (quantity !== undefined) set(quantity)
          }}
          onBlur={() => setTyped(undefined)}
        />
        <span aria-hidden="true">{suffixOf(unit, say(words.yuan))}</span>
      </span>
      <input
        type="range"
        aria-label={say(words.slider, { label })}
        aria-valuetext={told(current)}
        {...range}
        value={current}
        onChange={({ target }) => {
          setTyped(undefined)
          set(Number(target.value))
        }}
      />
      <span className="workbench-law" id={`${id}-law`}>
        {isWrong
          ? say(words.notInRange, { low: told(unit.min), high: told(unit.max) })
          : low === high
            ? say(words.law, { value: told(low) })
            : say(words.lawRange, { low: told(low), high: told(high) })}
        {content !== undefined && (
          <button
            type="button"
            className="workbench-undo"
            onClick={() => onChange(undefined)}
            aria-label={`${say(words.resetOne)}: ${label}`}
          >
            {say(words.resetOne)}
          </button>
        )}
      </span>
    </div>
  )
}

function suffixOf({ kind }: QuantityUnit, yuan: string): string {
  return { money: yuan, rate: '%', count: '' }[kind]
}

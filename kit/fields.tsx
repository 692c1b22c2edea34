import { type ReactNode, useId, useState } from 'react'
import { useSpeech } from './language.tsx'
import { useRegionsUnder } from './regions.ts'
import { defineWords } from './words.ts'

const words = defineWords({
  province: { zh: '省（自治区、直辖市）', en: 'Province' },
  prefecture: { zh: '市（地、州、盟）', en: 'City or prefecture' },
  county: { zh: '县（区），不清楚可以不选', en: 'County or district, if you know it' },
  choose: { zh: '请选择', en: 'Please choose' },
})

/** What every field has: its label, what helps to answer, what is wrong with the answer. */
type FieldProps = {
  label: string
  help?: string | undefined
  problem?: string | undefined
  required?: boolean | undefined
}

type TextFieldProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'password' | 'date'
  inputMode?: 'text' | 'numeric' | 'decimal'
  autoComplete?: string
  max?: string
  rows?: number
}

/**
 * One line of text, a date, a number; several lines where `rows` says so. The browser shows a date in its own language and order, so the day that was
 * chosen is said beside it in the page's.
 */
export function TextField({ label, help, problem, required, value, onChange, rows, ...input }: TextFieldProps) {
  const id = useId()
  const { day } = useSpeech()
  const said = input.type === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : undefined
  const described = { 'aria-describedby': `${id}-help ${id}-said`, 'aria-invalid': problem !== undefined, required }
  return (
    <div className="kit-field">
      <label htmlFor={id}>{label}</label>
      <FieldNotes id={`${id}-help`} help={help} problem={problem} />
      {rows === undefined ? (
        <input id={id} {...input} {...described} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea id={id} rows={rows} {...described} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
      <span id={`${id}-said`} className="kit-quiet">
        {said}
      </span>
    </div>
  )
}

/** One of a few: each a large target with its own words. */
export function ChoiceField(
  props: FieldProps & {
    value: string
    onChange: (value: string) => void
    options: ReadonlyArray<{ value: string; label: string; help?: string | undefined }>
  },
) {
  const id = useId()
  return (
    <fieldset className="kit-field" aria-describedby={`${id}-help`}>
      <legend>{props.label}</legend>
      <FieldNotes id={`${id}-help`} help={props.help} problem={props.problem} />
      <div className="kit-choices">
        {props.options.map(({ value, label, help }) => (
          <label key={value} className="kit-choice">
            <input
              type="radio"
              name={id}
              value={value}
              checked={props.value === value}
              required={props.required}
              onChange={() => props.onChange(value)}
            />
            <span>
              {label}
              {help && <span className="kit-choice-help">{help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One of many, as the browser lists them. */
export function SelectField(
  props: FieldProps & {
    value: string
    onChange: (value: string) => void
    options: ReadonlyArray<{ value: string; label: string }>
  },
) {
  const id = useId()
  const { say } = useSpeech()
  return (
    <div className="kit-field">
      <label htmlFor={id}>{props.label}</label>
      <FieldNotes id={`${id}-help`} help={props.help} problem={props.problem} />
      <select
        id={id}
        value={props.value}
        required={props.required}
        aria-describedby={`${id}-help`}
        onChange={(event) => props.onChange(event.target.value)}
      >
        <option value="">{say(words.choose)}</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

const nation = '000000'

/** A region, from the province down; the prefecture at least, where there is one. The value is its GB/T 2260 code. */
export function RegionField(props: FieldProps & { value: string; onChange: (code: string) => void }) {
  const { say } = useSpeech()
  const [province, setProvince] = useState(props.value === '' ? '' : `${props.value.slice(0, 2)}0000`)
  const [prefecture, setPrefecture] = useState(
    props.value === '' || props.value.endsWith('0000') ? '' : `${props.value.slice(0, 4)}00`,
  )
  const provinces = useRegionsUnder(nation)
  const prefectures = useRegionsUnder(province === '' ? undefined : province)
  const counties = useRegionsUnder(prefecture === '' ? undefined : prefecture)
  const optionsOf = (regions: typeof provinces) =>
    (regions.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) }))
  return (
    <fieldset className="kit-field kit-region">
      <legend>{props.label}</legend>
      <FieldNotes id="" help={props.help} problem={props.problem} />
      <SelectField
        label={say(words.province)}
        required={props.required}
        value={province}
        options={optionsOf(provinces)}
        onChange={(code) => {
          setProvince(code)
          setPrefecture('')
          props.onChange('')
        }}
      />
      {prefectures.data && prefectures.data.length > 0 && (
        <SelectField
          label={say(words.prefecture)}
          required={props.required}
          value={prefecture}
          options={optionsOf(prefectures)}
          onChange={(code) => {
            setPrefecture(code)
            props.onChange(code)
          }}
        />
      )}
      {counties.data && counties.data.length > 0 && (
        <SelectField
          label={say(words.county)}
          value={props.value === prefecture ? '' : props.value}
          options={optionsOf(counties)}
          onChange={(code) => props.onChange(code === '' ? prefecture : code)}
        />
      )}
    </fieldset>
  )
}

/** Something one says yes to. */
export function FlagField({
  label,
  value,
  onChange,
}: {
  label: ReactNode
  value: boolean
  onChange: (value: boolean) => void
}) {
  return (
    <label className="kit-choice kit-flag">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}

function FieldNotes({ id, help, problem }: { id: string; help: string | undefined; problem: string | undefined }) {
  return (
    <div id={id}>
      {help && <p className="kit-help">{help}</p>}
      {problem && (
        <p className="kit-field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

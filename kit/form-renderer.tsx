import type { FormField } from './api-types.ts'
import { ChoiceField, RegionField, TextField } from './fields.tsx'
import { useSpeech } from './language.tsx'
import type { Teller } from './messages.ts'
import { commonWords } from './words.ts'

type FieldInputProps = {
  field: FormField
  /** The flow in whose words it is asked: `form.<flow>.<name>`, `form.<flow>.<name>.help`, `choices.<value>`. */
  flow: string
  teller: Teller
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  /** The last day a date may be; business today for what has happened. */
  maxDate?: string | undefined
}

/** The input of one field of a form that came as data. */
export function FieldInput({ field, flow, teller, value, onChange, problem, maxDate }: FieldInputProps) {
  const { say } = useSpeech()
  const code = `form.${flow}.${field.name}`
  const common = {
    label: teller.tell(code),
    help: teller.find(`${code}.help`),
    required: field.required,
    value,
    onChange,
    problem,
  }
  switch (field.kind) {
    case 'choice': {
      const options = (field.options ?? []).map((option) => ({
        value: option,
        label: teller.tell(`choices.${option}`),
        help: teller.find(`choices.${option}.help`),
      }))
      return <ChoiceField {...common} options={options} />
    }
    case 'flag': {
      const options = [
        { value: 'true', label: say(commonWords.yes) },
        { value: 'false', label: say(commonWords.no) },
      ]
      return <ChoiceField {...common} options={options} />
    }
    case 'region':
      return <RegionField {...common} />
    case 'date':
      return <TextField {...common} type="date" {...(maxDate !== undefined && { max: maxDate })} />
    case 'count':
      return <TextField {...common} inputMode="numeric" />
    case 'money':
      return <TextField {...common} inputMode="decimal" />
    case 'text':
      return <TextField {...common} />
  }
}

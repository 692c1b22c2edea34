import type { ComponentType } from 'react'
import type { CaseView } from '../api-types.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import type { StepFormProps } from '../service-page.ts'
import { commonWords } from '../words.ts'
import { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'

/** A step form as data: its fields, what they are filled with at first, and how what was typed becomes the step's body. */
export type StepFormSpec = {
  fields: readonly Field[] | ((view: CaseView) => readonly Field[])
  initial?: (view: CaseView) => Readonly<Record<string, unknown>>
  /** What was typed as it is, when left out. */
  toBody?: (values: FieldValues, view: CaseView) => unknown
  submitLabel?: BothLanguages
  isDangerous?: boolean
}

/** The form of a step from its fields. */
export function stepForm(spec: StepFormSpec): ComponentType<StepFormProps> {
  return (props) => <SpecifiedForm spec={spec} {...props} />
}

function SpecifiedForm({ spec, view, isTaking, take }: StepFormProps & { spec: StepFormSpec }) {
  const { say } = useSpeech()
  const { fields, initial, toBody, submitLabel = commonWords.submit, isDangerous = false } = spec
  return (
    <FieldsForm
      fields={typeof fields === 'function' ? fields(view) : fields}
      initial={initial?.(view) ?? {}}
      submitLabel={say(submitLabel)}
      isSubmitting={isTaking}
      isDangerous={isDangerous}
      onSubmit={(values) => take(toBody ? toBody(values, view) : values)}
    />
  )
}

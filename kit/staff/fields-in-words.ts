import type { FormField } from '../api-types.ts'
import { type Teller, useTeller } from '../messages.ts'
import type { Field } from './fields-form.tsx'

/**
 * Fields that the server gives as data, in the words of a service's message files: `form.<flow>.<name>`, `choices.<value>`. The words are those
 * of the reader's language, which is the only one there is of them.
 */
export function fieldsInWords(flow: string, fields: readonly FormField[], { tell, find }: Teller): Field[] {
  const inOne = (text: string) => ({ zh: text, en: text })
  return fields.map(({ name, kind, options, required, askedWhen }) => {
    const code = `form.${flow}.${name}`
    const help = find(`${code}.help`)
    return {
      name,
      kind,
      label: inOne(tell(code)),
      ...(help !== undefined && { help: inOne(help) }),
      ...(required !== undefined && { required }),
      ...(options && { options: options.map((value) => ({ value, label: inOne(tell(`choices.${value}`)) })) }),
      ...(askedWhen && { askedWhen }),
    }
  })
}

/** The same as a hook, in the words of a service. */
export function useFieldsInWords(service: string, flow: string): (fields: readonly FormField[]) => Field[] {
  const teller = useTeller(service)
  return (fields) => fieldsInWords(flow, fields, teller)
}

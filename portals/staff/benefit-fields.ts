import type { BenefitOffer, Teller } from '../../kit/door.ts'
import type { Field } from '../../kit/staff/door.ts'

/** The questions of a benefit as fields of a staff form. The words are those of the reader's language, which is the only one there is of them. */
export function fieldsOf(
  { flow }: Pick<BenefitOffer, 'flow'>,
  asked: BenefitOffer['fields'],
  { tell, find }: Teller,
): Field[] {
  const inOne = (text: string) => ({ zh: text, en: text })
  return asked.map(({ name, kind, options, required, askedWhen }) => {
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

import { useSpeech } from '../../../kit/door.ts'
import { type FormShown, transferWords } from './words.ts'

/** What an information form says, line by line, in the reader's language; nothing before there is one. */
export function useFormLines(): (form: FormShown) => Array<{ label: string; value: string }> {
  const { say, yuan } = useSpeech()
  return (form) => {
    if (form === null) return []
    const months = form.months.map(({ month }) => month).sort()
    const [first = '', last = ''] = [months[0], months.at(-1)]
    const lines = [
      {
        label: say(transferWords.months),
        value: say(transferWords.monthsText, { months: months.length, first, last }),
      },
      { label: say(transferWords.account), value: yuan(form.accountFen) },
      { label: say(transferWords.pooled), value: yuan(form.pooledFen) },
      { label: say(transferWords.amount), value: yuan(form.amountFen) },
    ]
    if (form.overlapping.length === 0) return lines
    return [
      ...lines,
      { label: say(transferWords.overlapping), value: form.overlapping.join(' · ') },
      { label: say(transferWords.refund), value: yuan(form.refundFen) },
    ]
  }
}

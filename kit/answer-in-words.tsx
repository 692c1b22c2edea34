import type { FormField } from './api-types.ts'
import { useSpeech } from './language.tsx'
import type { Teller } from './messages.ts'
import { RegionName } from './regions.ts'
import { commonWords } from './words.ts'

/** An answer as it is sent and kept (amounts in fen, yes and no as such), in words; a dash for none. */
export function AnswerInWords({ field, teller, answer }: { field: FormField; teller: Teller; answer: unknown }) {
  const { say, day, yuan } = useSpeech()
  if (answer === undefined || answer === null || answer === '') return '—'
  switch (field.kind) {
    case 'choice':
      return teller.tell(`choices.${answer}`)
    case 'flag':
      return say(answer === true ? commonWords.yes : commonWords.no)
    case 'region':
      return <RegionName code={String(answer)} />
    case 'date':
      return day(String(answer))
    case 'money':
      return typeof answer === 'number' ? yuan(answer) : '—'
    default:
      return String(answer)
  }
}

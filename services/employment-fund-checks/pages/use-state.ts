import * as z from 'zod/mini'
import { useSpeech, useTeller } from '../../../kit/door.ts'
import { useForm } from './form.ts'
import { useWords as words } from './words.ts'

const state = z.object({
  answers: z.nullable(z.object({ use: z.string(), spentFen: z.number(), spentOn: z.string(), note: z.string() })),
  paidNumber: z.nullable(z.string()),
  acceptedFen: z.number(),
})

/** A declared use, label and value, in the reader's language. */
export function useUseInWords(value: unknown): Array<{ label: string; value: string }> {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(useForm.service)
  const { data } = state.safeParse(value)
  if (!data?.answers) return []
  const { answers, paidNumber, acceptedFen } = data
  return [
    { label: say(words.payment), value: paidNumber ?? '—' },
    { label: say(words.use), value: tell(`choices.${answers.use}`) },
    { label: say(words.spent), value: yuan(answers.spentFen) },
    { label: say(words.spentOn), value: day(answers.spentOn) },
    { label: say(words.accepted), value: yuan(acceptedFen) },
    ...(answers.note === '' ? [] : [{ label: say(words.note), value: answers.note }]),
  ]
}

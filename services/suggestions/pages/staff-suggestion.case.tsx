import { type CasePartProps, defineWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { serviceId, suggestionFlow, suggestionState, suggestionWords } from './words.ts'

const words = defineWords({
  outcome: { zh: '审核结论', en: 'Outcome' },
  published: { zh: '公开', en: 'Publish' },
  kept_private: { zh: '不公开', en: 'Keep private' },
  opinion: { zh: '意见（有无个人信息）', en: 'Opinion (does it name anybody)' },
})

const answerForm = stepForm({
  fields: [{ name: 'answer', kind: 'long_text', label: suggestionWords.answer, required: true }],
})

/** A suggestion at the desk of who answers, and of who looks before it is published. */
export const casePart: StaffCasePart = {
  flow: suggestionFlow,
  nextStep: ({ file: { status } }) =>
    status === 'open' ? 'answer' : status === 'to_be_published' ? 'publish' : undefined,
  Facts: SuggestionFacts,
  stepForms: {
    answer: answerForm,
    answerForSupervision: answerForm,
    publish: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['published', 'kept_private'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
    takeDown: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: suggestionWords.reason, required: true }],
      isDangerous: true,
    }),
  },
}

function SuggestionFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = suggestionState.safeParse(view.file.state)
  if (!data?.written) return null
  const { topic, text, mayPublish } = data.written
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(suggestionWords.topic), value: tell(`choices.${topic}`) },
        { label: say(suggestionWords.written), value: text },
        { label: say(suggestionWords.mayPublish), value: say(mayPublish ? suggestionWords.yes : suggestionWords.no) },
        { label: say(suggestionWords.answer), value: data.answer },
      ]}
    />
  )
}

import { type CasePartProps, useRegionName, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { askingState, elsewhereForm, elsewhereWords, wordOfAnswer } from './elsewhere-form.ts'

/** A forwarded registration at the desk of the region that forwarded it. */
export const casePart: StaffCasePart = {
  flow: elsewhereForm.flow,
  Facts: ForwardedFacts,
  stepForms: {
    wait: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: elsewhereWords.called, required: true }] }),
  },
}

function ForwardedFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(elsewhereForm.service)
  const parsed = askingState.safeParse(view.file.state)
  const region = useRegionName(parsed.data?.region ?? '')
  if (!parsed.success) return null
  const { answers, told, messageIds } = parsed.data
  const why = told?.reason ? `：${tell(`reasons.${told.reason}`)}` : ''
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(elsewhereWords.region), value: region },
        { label: say(elsewhereWords.scheme), value: answers && tell(`choices.${answers.scheme}`) },
        { label: say(elsewhereWords.answer), value: `${say(wordOfAnswer(told?.state))}${why}` },
        { label: say(elsewhereWords.registrationNumber), value: told?.registrationNumber },
        { label: say(elsewhereWords.from), value: told?.from && day(told.from) },
        { label: say(elsewhereWords.evidence), value: messageIds.join(' · ') },
      ]}
    />
  )
}

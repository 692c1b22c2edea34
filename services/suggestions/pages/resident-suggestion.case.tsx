import { useState } from 'react'
import {
  type CasePart,
  type CasePartProps,
  StepForm,
  type StepFormProps,
  TextField,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { serviceId, suggestionFlow, suggestionState, suggestionWords } from './words.ts'

/** A suggestion on its writer's case page: what was written, the answer, and taking it down. */
export const casePart: CasePart = {
  flow: suggestionFlow,
  Facts: SuggestionFacts,
  stepForms: { takeDown: TakeDownForm },
}

function SuggestionFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = suggestionState.safeParse(view.file.state)
  if (!data?.written) return null
  return (
    <section className="kit-section" aria-labelledby="written">
      <h2 id="written">{say(suggestionWords.written)}</h2>
      <dl className="kit-facts">
        <dt>{say(suggestionWords.topic)}</dt>
        <dd>{tell(`choices.${data.written.topic}`)}</dd>
        <dt>{say(suggestionWords.written)}</dt>
        <dd>{data.written.text}</dd>
        {data.answer !== null && (
          <>
            <dt>{say(suggestionWords.answer)}</dt>
            <dd>{data.answer}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function TakeDownForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  return (
    <StepForm isTaking={isTaking || reason.trim() === ''} onSubmit={() => take({ reason })}>
      <TextField label={say(suggestionWords.reason)} required value={reason} onChange={setReason} />
    </StepForm>
  )
}

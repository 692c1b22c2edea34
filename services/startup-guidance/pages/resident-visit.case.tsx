import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePart,
  type CasePartProps,
  ChoiceField,
  defineWords,
  StepForm,
  type StepFormProps,
  useSpeech,
} from '../../../kit/door.ts'

const words = defineWords({
  visitedOn: { zh: '走访日期', en: 'Day of the visit' },
  advice: { zh: '导师的建议', en: 'What the mentor advised' },
  title: { zh: '导师走访', en: 'Visit of a mentor' },
  ask: { zh: '导师来过吗？', en: 'Did the mentor come?' },
  confirmed: { zh: '来过，情况属实', en: 'Yes, as told' },
  disputed: { zh: '没有来过，或情况不符', en: 'No, or not as told' },
})

const state = z.object({ visit: z.nullable(z.object({ visitedOn: z.string(), advice: z.string() })) })

/** A mentor's visit on the case page of who runs the project, who confirms it. */
export const casePart: CasePart = { flow: 'mentor-visit', Facts: VisitFacts, stepForms: { confirm: ConfirmForm } }

function VisitFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { data } = state.safeParse(view.file.state)
  if (!data?.visit) return null
  return (
    <section className="kit-section" aria-labelledby="visit">
      <h2 id="visit">{say(words.title)}</h2>
      <dl className="kit-facts">
        <div className="kit-fact">
          <dt>{say(words.visitedOn)}</dt>
          <dd>{day(data.visit.visitedOn)}</dd>
        </div>
        <div className="kit-fact">
          <dt>{say(words.advice)}</dt>
          <dd>{data.visit.advice}</dd>
        </div>
      </dl>
    </section>
  )
}

function ConfirmForm({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const [outcome, setOutcome] = useState('')
  const options = (['confirmed', 'disputed'] as const).map((value) => ({ value, label: say(words[value]) }))
  return (
    <StepForm onSubmit={() => take({ outcome })} isTaking={isTaking}>
      <ChoiceField label={say(words.ask)} required value={outcome} onChange={setOutcome} options={options} />
    </StepForm>
  )
}

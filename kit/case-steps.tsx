import { type ComponentType, useState } from 'react'
import { useAction } from './action.ts'
import type { CaseView, StepOffer, StepTaken } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { useApi } from './node-context.tsx'
import type { CasePart, StepFormProps } from './service-page.ts'
import { ProblemNote } from './states.tsx'
import { commonStepForms } from './step-forms.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  steps: { zh: '您现在可以', en: 'What you can do now' },
  done: { zh: '已办理：{title}', en: 'Done: {title}' },
})

/** Obstacles that say nothing to a person: the step is simply another's. */
const othersObstacles = ['not_your_step', 'step_not_open']

/** Taking steps of a case as its page sees it: the case moves on only from what was seen. */
export function useTakeStep(view: CaseView) {
  const api = useApi()
  return useAction((taken: { step: string; body: unknown; expectedSeq: number }, key) =>
    api.post<StepTaken>(`/cases/${view.file.id}/steps`, taken, key),
  )
}

/** The steps that this person may take, each with its form; those they may not take now with the reason. */
export function CaseSteps({ view, part }: { view: CaseView; part: CasePart | undefined }) {
  const { say } = useSpeech()
  const forms: Readonly<Record<string, ComponentType<StepFormProps>>> = { ...commonStepForms, ...part?.stepForms }
  const shown = view.steps.filter(
    ({ step, obstacle }) => step in forms && !othersObstacles.includes(obstacle?.code ?? ''),
  )
  if (shown.length === 0) return null
  return (
    <section className="kit-section kit-no-paper" aria-labelledby="steps">
      <h2 id="steps">{say(words.steps)}</h2>
      <div className="kit-step-list">
        {shown.map((offer) => {
          const Form = forms[offer.step]
          return Form && <OfferedStep key={`${offer.step} ${view.file.seq}`} offer={offer} view={view} Form={Form} />
        })}
      </div>
    </section>
  )
}

function OfferedStep({ offer, view, Form }: { offer: StepOffer; view: CaseView; Form: ComponentType<StepFormProps> }) {
  const { say } = useSpeech()
  const { tell, find } = useTeller(view.file.service)
  const [isOpen, setOpen] = useState(false)
  const action = useTakeStep(view)
  const { obstacle, step, title } = offer
  if (obstacle) {
    const advice = find(`${obstacle.code}.advice`, obstacle.params)
    return (
      <div className="kit-step kit-step-closed">
        <p className="kit-note-title">{say(title)}</p>
        <p>{tell(obstacle.code, obstacle.params)}</p>
        {advice && <p className="kit-quiet">{advice}</p>}
      </div>
    )
  }
  return (
    <div className="kit-step">
      <button
        type="button"
        className="kit-button kit-button-wide"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {say(title)}
      </button>
      {isOpen && (
        <div className="kit-step-form">
          <Form
            view={view}
            isTaking={action.isPending}
            take={(body) => action.mutate({ step, body, expectedSeq: view.file.seq })}
          />
          {action.error && <ProblemNote error={action.error} />}
          <button type="button" className="kit-button kit-button-text" onClick={() => setOpen(false)}>
            {say(commonWords.close)}
          </button>
        </div>
      )}
    </div>
  )
}

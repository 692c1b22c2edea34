import { type CasePart, type CasePartProps, RegionName, useSpeech, useTeller } from '../../../kit/door.ts'
import { askingState, elsewhereForm, elsewhereWords, wordOfAnswer } from './elsewhere-form.ts'

/** A forwarded registration on its person's case page: where it went, and what was answered. */
export const casePart: CasePart = { flow: elsewhereForm.flow, Facts: ForwardedFacts }

function ForwardedFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell, find } = useTeller(elsewhereForm.service)
  const parsed = askingState.safeParse(view.file.state)
  if (!parsed.success) return null
  const { region, answers, told } = parsed.data
  return (
    <section className="kit-section" aria-labelledby="forwarded">
      <h2 id="forwarded">{say(elsewhereWords.forwarded)}</h2>
      {told?.state === 'refused' && told.reason !== null && (
        <div className="kit-note kit-note-warning">
          <p className="kit-note-title">{tell(`reasons.${told.reason}`)}</p>
          <p>{find(`advice.${told.reason}`)}</p>
        </div>
      )}
      <dl className="kit-facts">
        <div className="kit-fact">
          <dt>{say(elsewhereWords.region)}</dt>
          <dd>{region && <RegionName code={region} />}</dd>
        </div>
        <div className="kit-fact">
          <dt>{say(elsewhereWords.scheme)}</dt>
          <dd>{answers && tell(`choices.${answers.scheme}`)}</dd>
        </div>
        <div className="kit-fact">
          <dt>{say(elsewhereWords.answer)}</dt>
          <dd>{say(wordOfAnswer(told?.state))}</dd>
        </div>
        {told?.registrationNumber && (
          <div className="kit-fact">
            <dt>{say(elsewhereWords.registrationNumber)}</dt>
            <dd>{told.registrationNumber}</dd>
          </div>
        )}
        {told?.from && (
          <div className="kit-fact">
            <dt>{say(elsewhereWords.from)}</dt>
            <dd>{day(told.from)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

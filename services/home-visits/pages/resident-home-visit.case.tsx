import { type CasePart, type CasePartProps, useSpeech } from '../../../kit/door.ts'
import { visitFlow, visitState, visitWords } from './words.ts'

/** A visit on its person's case page. */
export const casePart: CasePart = { flow: visitFlow, Facts: VisitFacts }

function VisitFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const state = visitState.safeParse(view.file.state).data
  if (!state) return null
  const { matter, place, dueOn, appointment, did } = state
  return (
    <section className="kit-section">
      <dl className="kit-facts">
        <dt>{say(visitWords.matter)}</dt>
        <dd>{matter && say(visitWords[matter])}</dd>
        <dt>{say(visitWords.place)}</dt>
        <dd>{place}</dd>
        <dt>{say(appointment ? visitWords.appointment : visitWords.due)}</dt>
        <dd>
          {appointment ? `${day(appointment.on)} ${say(visitWords[appointment.slot])}` : dueOn !== null && day(dueOn)}
        </dd>
        {did !== null && (
          <>
            <dt>{say(visitWords.did)}</dt>
            <dd>{did}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

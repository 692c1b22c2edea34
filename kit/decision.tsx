import type { CaseView } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { RulingPart } from './ruling.tsx'
import { findRuling } from './ruling-reading.ts'
import { defineWords } from './words.ts'

const words = defineWords({
  decision: { zh: '决定', en: 'The decision' },
  decidedOn: { zh: '{decidedOn} 作出', en: 'Decided on {decidedOn}' },
  object: { zh: '不同意这项决定？', en: 'Do you disagree?' },
  reconsideration: {
    zh: '可以在 {untilOn} 以前申请行政复议',
    en: 'You can ask for reconsideration until {untilOn}',
  },
  litigation: { zh: '也可以在 {untilOn} 以前向人民法院起诉', en: 'You can also go to court until {untilOn}' },
  provisional: { zh: '（暂定日期）', en: ' (provisional)' },
})

/** The last decision of a case: the ruling with its reasons, and how and until when one can object to it. */
export function DecisionPart({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  const { decision } = view
  if (!decision) return null
  const ruling = findRuling(decision.decision)
  const { reconsideration, litigation } = decision.objection
  return (
    <section className="kit-section" aria-labelledby="decision">
      <h2 id="decision">{say(words.decision)}</h2>
      <p className="kit-quiet">{say(words.decidedOn, { decidedOn: decision.decidedOn })}</p>
      {ruling && <RulingPart ruling={ruling} service={view.file.service} />}
      {ruling?.outcome !== 'granted' && (
        <div className="kit-note">
          <p className="kit-note-title">{say(words.object)}</p>
          <ul>
            {(
              [
                ['reconsideration', reconsideration],
                ['litigation', litigation],
              ] as const
            ).map(([name, term]) => (
              <li key={name}>
                {say(words[name], { untilOn: term.date })}
                {term.assumed && say(words.provisional)} <span className="kit-quiet">({term.source})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

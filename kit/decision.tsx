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
    zh: '可以在 {untilOn} 以前申请行政复议：向经办机构的本级人民政府提出',
    en: 'You can ask for reconsideration until {untilOn}, at the people’s government of the same level as the agency',
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
  const isGranted = ruling?.outcome === 'granted'
  return (
    <section className="kit-section" aria-labelledby="decision">
      <h2 id="decision">{say(words.decision)}</h2>
      <p className="kit-quiet">{say(words.decidedOn, { decidedOn: decision.decidedOn })}</p>
      {ruling && <RulingPart ruling={ruling} service={view.file.service} />}
      {isGranted ? (
        <details className="kit-details">
          <summary>{say(words.object)}</summary>
          <HowToObject objection={decision.objection} />
        </details>
      ) : (
        <div className="kit-note">
          <p className="kit-note-title">{say(words.object)}</p>
          <HowToObject objection={decision.objection} />
        </div>
      )}
    </section>
  )
}

type Objection = NonNullable<CaseView['decision']>['objection']

/** Until when, and where. A grant too can be too low, so each decision has it. */
function HowToObject({ objection }: { objection: Objection }) {
  const { say } = useSpeech()
  const ways = [
    ['reconsideration', objection.reconsideration],
    ['litigation', objection.litigation],
  ] as const
  return (
    <ul>
      {ways.map(([name, term]) => (
        <li key={name}>
          {say(words[name], { untilOn: term.date })}
          {term.assumed && say(words.provisional)} <span className="kit-quiet">({term.source})</span>
        </li>
      ))}
    </ul>
  )
}

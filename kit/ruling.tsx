import type { Ruling } from './api-types.ts'
import { ClauseText } from './clause-text.tsx'
import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import { RulingSteps } from './ruling-steps.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  granted: { zh: '符合规定，可以办理', en: 'Yes: the rule grants this' },
  refused: { zh: '按规定不能办理', en: 'No: the rule refuses this' },
  referred: { zh: '需要工作人员进一步判断', en: 'A person has to decide this' },
  why: { zh: '为什么：逐步说明', en: 'Why, step by step' },
  assumptions: { zh: '暂定的数值', en: 'Values that are provisional' },
  assumptionsHelp: {
    zh: '公布的文本没有写明下列数值，先按这里的数值办理；公布后以公布的为准。',
    en: 'The published text leaves these open; they are assumed until it is published.',
  },
  source: { zh: '来源', en: 'Source' },
})

/** A ruling as a person reads it: the answer, what it means, why step by step, the clause, what is assumed, what they can do. */
export function RulingPart({ ruling, service }: { ruling: Ruling; service: string }) {
  const { say } = useSpeech()
  const teller = useTeller(service)
  const { outcome, meaning, advice, because, sentences, assumptions = [] } = ruling
  const clauseTitle = teller.find(`clauses.${because}`)
  return (
    <section className={`kit-ruling kit-ruling-${outcome}`}>
      <p className="kit-ruling-outcome">
        <OutcomeMark outcome={outcome} />
        <span>{say(words[outcome])}</span>
      </p>
      {meaning && <p className="kit-ruling-meaning">{say(meaning)}</p>}
      {advice && (
        <p className="kit-advice">
          <strong>{say(commonWords.whatYouCanDo)}</strong> {say(advice)}
        </p>
      )}
      <p className="kit-ruling-clause">
        {say(commonWords.clause)}: {clauseTitle ?? because} <span className="kit-code">{clauseTitle && because}</span>
      </p>
      <ClauseText service={service} clause={because} />
      <details className="kit-details" open={outcome !== 'granted'}>
        <summary>{say(words.why)}</summary>
        <RulingSteps sentences={sentences} />
      </details>
      {assumptions.length > 0 && (
        <details className="kit-details">
          <summary>{say(words.assumptions)}</summary>
          <p>{say(words.assumptionsHelp)}</p>
          <ul>
            {assumptions.map(({ name, label, value, source, note }) => (
              <li key={name}>
                {label ? say(label) : teller.tell(`values.${name}`)}: {String(value)} ({say(words.source)}: {source}
                {note && `; ${note}`})
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

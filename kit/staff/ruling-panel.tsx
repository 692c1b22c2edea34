import { Alert } from 'antd'
import type { Assumption, Ruling } from '../api-types.ts'
import { ClauseText } from '../clause-text.tsx'
import { useSpeech } from '../language.tsx'
import { type Teller, useTeller } from '../messages.ts'
import { RulingSteps } from '../ruling-steps.tsx'
import { commonWords, defineWords } from '../words.ts'
import { Quantity } from './quantity.tsx'

const words = defineWords({
  granted: { zh: '规则判定：符合', en: 'The rule says: granted' },
  refused: { zh: '规则判定：不符合', en: 'The rule says: refused' },
  referred: { zh: '规则判定：转人工或其他渠道', en: 'The rule says: to be handled by people or another way' },
  advice: { zh: '当事人可以', en: 'The person can' },
  steps: { zh: '逐步理由（{count} 步）', en: 'Step by step ({count})' },
  assumptions: { zh: '使用的暂定值（原文未定，为假定）', en: 'Provisional values used (the text leaves them open)' },
})

const alertTypes = { granted: 'success', refused: 'error', referred: 'warning' } as const

/** What the rule of a service decided: outcome, reason, clause, each step in words, and the values that are assumed. `isFolded`: steps on demand. */
export function RulingPanel(props: { ruling: Ruling; service: string; isFolded?: boolean }) {
  const { ruling, service, isFolded = false } = props
  const { say, language } = useSpeech()
  const teller = useTeller(service)
  const { outcome, because, meaning, advice, sentences, assumptions = [] } = ruling
  const clause = teller.find(`clauses.${because}`)
  return (
    <Alert
      className="staff-ruling-alert"
      type={alertTypes[outcome]}
      showIcon
      title={meaning ? `${say(words[outcome])} · ${say(meaning)}` : say(words[outcome])}
      description={
        <div className="staff-ruling">
          <div>
            {say(commonWords.clause)}: {clause === undefined ? because : `${clause}（${because}）`}
          </div>
          <ClauseText service={service} clause={because} />
          {advice && (
            <div>
              {say(words.advice)}: {say(advice)}
            </div>
          )}
          {sentences[language].length > 0 && (
            <details open={!isFolded}>
              <summary>{say(words.steps, { count: sentences[language].length })}</summary>
              <RulingSteps sentences={sentences} />
            </details>
          )}
          {assumptions.length > 0 && (
            <details open={!isFolded}>
              <summary>{say(words.assumptions)}</summary>
              <AssumptionList assumptions={assumptions} teller={teller} />
            </details>
          )}
        </div>
      }
    />
  )
}

function AssumptionList({ assumptions, teller }: { assumptions: readonly Assumption[]; teller: Teller }) {
  const { say } = useSpeech()
  return (
    <ul>
      {assumptions.map(({ name, label, value, unit, source, note }) => (
        <li key={name}>
          {label ? say(label) : teller.tell(`values.${name}`)}: <Quantity value={value} unit={unit} /> · {source}
          {note && ` · ${note}`}
        </li>
      ))}
    </ul>
  )
}

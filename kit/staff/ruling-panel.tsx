import { Alert, Typography } from 'antd'
import type { Assumption, Ruling } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { defineWords } from '../words.ts'

const words = defineWords({
  granted: { zh: '规则判定：符合', en: 'The rule says: granted' },
  refused: { zh: '规则判定：不符合', en: 'The rule says: refused' },
  referred: { zh: '规则判定：转人工或其他渠道', en: 'The rule says: to be handled by people or another way' },
  clause: { zh: '依据', en: 'Clause' },
  advice: { zh: '当事人可以', en: 'The person can' },
  steps: { zh: '逐步理由', en: 'Step by step' },
  assumptions: { zh: '使用的暂定值（原文未定，为假定）', en: 'Provisional values used (the text leaves them open)' },
})

const alertTypes = { granted: 'success', refused: 'error', referred: 'warning' } as const

/** What the rule decided: outcome, reason, clause, each step in words, and the values that are assumed. */
export function RulingPanel({ ruling }: { ruling: Ruling }) {
  const { say, language } = useSpeech()
  const { outcome, because, meaning, advice, sentences, assumptions = [] } = ruling
  return (
    <Alert
      type={alertTypes[outcome]}
      showIcon
      title={meaning ? `${say(words[outcome])} · ${say(meaning)}` : say(words[outcome])}
      description={
        <div className="staff-ruling">
          <div>
            {say(words.clause)}: {because}
          </div>
          {advice && (
            <div>
              {say(words.advice)}: {say(advice)}
            </div>
          )}
          {sentences[language].length > 0 && (
            <>
              <Typography.Text strong>{say(words.steps)}</Typography.Text>
              <ol>
                {sentences[language].map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </>
          )}
          {assumptions.length > 0 && <AssumptionList assumptions={assumptions} />}
        </div>
      }
    />
  )
}

function AssumptionList({ assumptions }: { assumptions: readonly Assumption[] }) {
  const { say } = useSpeech()
  return (
    <>
      <Typography.Text strong>{say(words.assumptions)}</Typography.Text>
      <ul>
        {assumptions.map(({ name, label, value, unit, source, note }) => (
          <li key={name}>
            {label ? say(label) : name}: {String(value)} {unit ?? ''} · {source}
            {note && ` · ${note}`}
          </li>
        ))}
      </ul>
    </>
  )
}

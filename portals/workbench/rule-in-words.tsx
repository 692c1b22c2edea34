import { useMemo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import { describePolicy, type Labels } from '../../policy/browser.ts'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

/** What the policy says on the day, in sentences; with its figures where they are the same everywhere. */
export function RuleInWords({ rule, labels }: { rule: RuleToTry; labels: Labels }) {
  const { say, language } = useSpeech()
  const described = useMemo(() => {
    const [only, ...others] = rule.regions
    const values = only !== undefined && others.length === 0 ? { values: only.values } : {}
    return describePolicy(rule.ir, labels, language, { on: rule.on, ...values })
  }, [rule, labels, language])
  return (
    <details className="kit-details">
      <summary>{say(words.inWords)}</summary>
      {described.map(({ inForce, sections }) => (
        <div key={inForce} className="workbench-words">
          <p>{inForce}</p>
          {sections.map(({ heading, lines }) => (
            <section key={heading}>
              <h3>{heading}</h3>
              {lines.map(({ number, depth, text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike and never move
                <p key={index} style={{ paddingLeft: `${depth * 1.25}rem` }}>
                  {number !== undefined && <span className="kit-quiet">{number} </span>}
                  {text}
                </p>
              ))}
            </section>
          ))}
        </div>
      ))}
    </details>
  )
}

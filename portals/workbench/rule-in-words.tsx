import { useMemo } from 'react'
import { useSpeech } from '../../kit/door.ts'
import type { BodyDescription, Labels } from '../../policy/browser.ts'
import { described } from './described.ts'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

/** What the policy says on the day, in sentences; with its figures where they are the same everywhere. */
export function RuleInWords({ rule, labels }: { rule: RuleToTry; labels: Labels }) {
  const { say, language } = useSpeech()
  const told = useMemo(() => described(rule, labels, language), [rule, labels, language])
  return (
    <details className="kit-details">
      <summary>{say(words.inWords)}</summary>
      <RuleSections described={told} />
    </details>
  )
}

/** The sentences of a description, under its headings. */
export function RuleSections({ described: told }: { described: readonly BodyDescription[] }) {
  return told.map(({ inForce, sections }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key scrolls what is longer than its frame (WCAG 2.1.1)
    <section key={inForce} className="workbench-words" aria-label={inForce} tabIndex={0}>
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
    </section>
  ))
}

import { useMemo, useState } from 'react'
import type { Labels, PolicyBody } from '../../policy/browser.ts'
import { type Changes, type Content, commandOf, withChanges } from './changes.ts'
import { Command } from './command.tsx'
import { seed, useLivePricing } from './live-pricing.ts'
import { Propose } from './propose.tsx'
import { Result } from './result.tsx'
import type { RuleToTry } from './rule.ts'
import { ValueList } from './value-list.tsx'

type TrialProps = {
  rule: RuleToTry
  body: PolicyBody
  labels: Labels
  people: number
  changes: Changes
  setChanges(change: (known: Changes) => Changes): void
}

/** The values of a rule at the side, what they lead to beside them. */
export function Trial({ rule, body, labels, people, changes, setChanges }: TrialProps) {
  const [attempt, setAttempt] = useState(0)
  const sets = useMemo(() => rule.regions.map(({ values }) => withChanges(values, changes)), [rule, changes])
  const pricing = useLivePricing(rule, people, sets, attempt)
  const made = pricing.state === 'ready' ? pricing.people : people
  const change = (path: string, content: Content | undefined) =>
    setChanges((known) => {
      const next = new Map(known)
      if (content === undefined) next.delete(path)
      else next.set(path, content)
      return next
    })
  return (
    <div className="workbench-columns">
      <ValueList
        rule={rule}
        body={body}
        labels={labels}
        changes={changes}
        change={change}
        reset={() => setChanges(() => new Map())}
      />
      <div className="workbench-results">
        <Result
          rule={rule}
          body={body}
          labels={labels}
          sets={sets}
          pricing={pricing}
          people={people}
          retry={() => setAttempt(attempt + 1)}
        />
        <Propose service={rule.service} labels={labels} changes={changes} />
        {body.total !== undefined && (
          <Command text={commandOf({ policy: rule.ir.id, on: rule.on, people: made, seed, changes })} />
        )}
      </div>
    </div>
  )
}

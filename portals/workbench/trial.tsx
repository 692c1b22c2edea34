import { useEffect, useMemo, useState } from 'react'
import { usePlace, useSpeech } from '../../kit/door.ts'
import { type Changes, type Content, changeTexts, commandOf, parseChanges, withChanges } from './changes.ts'
import { ClauseList } from './clause-list.tsx'
import { Command } from './command.tsx'
import { DayField } from './day-field.tsx'
import { formatCount } from './figures.ts'
import { peopleChoices, seed, useLivePricing } from './live-pricing.ts'
import { Result } from './result.tsx'
import { bodyOfDay, labelsOf, type RuleToTry } from './rule.ts'
import { RuleInWords } from './rule-in-words.tsx'
import { ValueList } from './value-list.tsx'
import { words } from './words.ts'

const peopleDefault = 1_000_000

/** How long the address waits for a slider to rest. */
const addressDelayMilliseconds = 400

/** One rule: its values at the side, what they lead to beside them. */
export function Trial({ rule, setOn }: { rule: RuleToTry; setOn(on: string): void }) {
  const { say, language } = useSpeech()
  const { query } = usePlace()
  const body = bodyOfDay(rule)
  const labels = useMemo(() => labelsOf(rule, language), [rule, language])
  const [changes, setChanges] = useState<Changes>(() =>
    query.get('policy') === rule.ir.id
      ? parseChanges(query.getAll('set'), body, rule.regions[0]?.values ?? {}, rule.on)
      : new Map(),
  )
  const [people, setPeople] = useState(() => peopleOf(query.get('people')))
  const [attempt, setAttempt] = useState(0)
  const sets = useMemo(() => rule.regions.map(({ values }) => withChanges(values, changes)), [rule, changes])
  const pricing = useLivePricing(rule, people, sets, attempt)
  const made = pricing.state === 'ready' ? pricing.people : people
  useAddress({ policy: rule.ir.id, on: rule.on, people, changes })
  const change = (path: string, content: Content | undefined) =>
    setChanges((known) => {
      const next = new Map(known)
      if (content === undefined) next.delete(path)
      else next.set(path, content)
      return next
    })
  return (
    <>
      <section className="kit-section workbench-policy" aria-label={body.title[language]}>
        <div>
          <h2>{say(body.title)}</h2>
          <p>{say(words.clause, { clause: labels.get(`clauses.${body.clause}`) ?? body.clause })}</p>
          <RuleInWords rule={rule} labels={labels} />
          <ClauseList service={rule.service} body={body} labels={labels} />
        </div>
        <div className="workbench-scope">
          <DayField on={rule.on} setOn={setOn} />
          <fieldset className="workbench-people">
            <legend>{say(words.people)}</legend>
            {peopleChoices.map((choice) => (
              <label key={choice}>
                <input type="radio" name="people" checked={people === choice} onChange={() => setPeople(choice)} />
                {formatCount(choice)}
              </label>
            ))}
          </fieldset>
        </div>
        {Object.keys(rule.spreads).length === 0 && <p className="kit-note">{say(words.even)}</p>}
      </section>
      <div className="workbench-columns">
        <ValueList
          rule={rule}
          body={body}
          labels={labels}
          changes={changes}
          change={change}
          reset={() => setChanges(new Map())}
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
          <Command text={commandOf({ policy: rule.ir.id, on: rule.on, people: made, seed, changes })} />
        </div>
      </div>
    </>
  )
}

function peopleOf(text: string | null): number {
  return peopleChoices.find((choice) => String(choice) === text) ?? peopleDefault
}

/** Keeps the address telling what is tried, so that it can be sent to somebody. */
function useAddress(trial: { policy: string; on: string; people: number; changes: Changes }): void {
  const { policy, on, people, changes } = trial
  useEffect(() => {
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ policy, on, people: String(people) })
      for (const text of changeTexts(changes)) query.append('set', text)
      window.history.replaceState(null, '', `${window.location.pathname}?${query}`)
    }, addressDelayMilliseconds)
    return () => clearTimeout(timer)
  }, [policy, on, people, changes])
}

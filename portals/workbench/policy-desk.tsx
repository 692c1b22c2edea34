import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { Link, usePlace, useSpeech } from '../../kit/door.ts'
import { type Changes, changeTexts, parseChanges } from './changes.ts'
import { ClauseList } from './clause-list.tsx'
import { DayField } from './day-field.tsx'
import { ExactRun } from './exact.tsx'
import { formatCount } from './figures.ts'
import { Findings } from './findings.tsx'
import { peopleChoices } from './live-pricing.ts'
import { SamplePerson } from './person.tsx'
import { bodyOfDay, labelsOf, type RuleToTry } from './rule.ts'
import { RuleInWords } from './rule-in-words.tsx'
import { SourceCode } from './source-code.tsx'
import { Trial } from './trial.tsx'
import { Versions } from './versions-part.tsx'
import { partWords, words } from './words.ts'

const peopleDefault = 1_000_000

/** How long the address waits for a slider to rest. */
const addressDelayMilliseconds = 400

/** What can be looked at of a policy, each with an address of its own. */
const parts = ['trial', 'person', 'code', 'findings', 'versions', 'exact'] as const
type Part = (typeof parts)[number]

/** One policy on one day: what it is, and the part of it that the address names. What is tried is the same in every part. */
export function PolicyDesk({ rule, setOn }: { rule: RuleToTry; setOn(on: string): void }) {
  const { say, language } = useSpeech()
  const { query } = usePlace()
  const part = parts.find((each) => each === query.get('part')) ?? 'trial'
  const body = bodyOfDay(rule)
  const labels = useMemo(() => labelsOf(rule, language), [rule, language])
  const [changes, setChanges] = useState<Changes>(() =>
    query.get('policy') === rule.ir.id
      ? parseChanges(query.getAll('set'), body, rule.regions[0]?.values ?? {}, rule.on)
      : new Map(),
  )
  const [people, setPeople] = useState(() => peopleOf(query.get('people')))
  const address = addressOf({ policy: rule.ir.id, on: rule.on, people, changes })
  useAddress(address, part)
  const shown = { rule, body, labels, changes }
  const pages: Record<Part, () => ReactNode> = {
    trial: () => <Trial {...shown} people={people} setChanges={setChanges} />,
    person: () => <SamplePerson {...shown} />,
    code: () => <SourceCode body={body} file={rule.ir.file} />,
    findings: () => <Findings rule={rule} labels={labels} />,
    exact: () => <ExactRun {...shown} people={people} />,
    versions: () => <Versions rule={rule} labels={labels} />,
  }
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
        {body.total === undefined && <p className="kit-note">{say(words.noTotal)}</p>}
        {Object.keys(rule.spreads).length === 0 && <p className="kit-note">{say(words.even)}</p>}
      </section>
      <PartMenu part={part} address={address} />
      {pages[part]()}
    </>
  )
}

function PartMenu({ part, address }: { part: Part; address: string }) {
  const { say } = useSpeech()
  return (
    <nav className="workbench-parts" aria-label={say(words.parts)}>
      {parts.map((each) => (
        <Link key={each} to={withPart(address, each)} {...(each === part && { 'aria-current': 'page' })}>
          {say(partWords[each])}
        </Link>
      ))}
    </nav>
  )
}

function peopleOf(text: string | null): number {
  return peopleChoices.find((choice) => String(choice) === text) ?? peopleDefault
}

type Tried = { policy: string; on: string; people: number; changes: Changes }

function addressOf({ policy, on, people, changes }: Tried): string {
  const query = new URLSearchParams({ policy, on, people: String(people) })
  for (const text of changeTexts(changes)) query.append('set', text)
  return `?${query}`
}

function withPart(address: string, part: Part): string {
  return part === 'trial' ? address : `${address}&part=${part}`
}

/** Keeps the address telling what is tried, so that it can be sent to somebody. */
function useAddress(address: string, part: Part): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      window.history.replaceState(null, '', window.location.pathname + withPart(address, part))
    }, addressDelayMilliseconds)
    return () => clearTimeout(timer)
  }, [address, part])
}

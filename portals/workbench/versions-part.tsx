import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type AnswerOf, Loaded, useApi, useSpeech } from '../../kit/door.ts'
import { type Labels, type PolicyBody, quantityText, type ResolvedValue } from '../../policy/browser.ts'
import { describedWith } from './described.ts'
import { formatCount } from './figures.ts'
import { bodyOfDay, keyLabel, type RuleToTry } from './rule.ts'
import { ScrollFrame } from './scroll-frame.tsx'
import { comparedCases, daysOfChange, linesOnlyIn, outcomeMoves, valueDifferences } from './versions.ts'
import { words } from './words.ts'

/** The dated versions of a policy, body and values, and what differs between two of them: words, values, outcomes. */
export function Versions({ rule, labels }: { rule: RuleToTry; labels: Labels }) {
  const api = useApi()
  const values = useQuery({
    queryKey: ['values', rule.service],
    queryFn: () => api.get<AnswerOf<'GET /values'>>('/values', { service: rule.service }),
  })
  return (
    <Loaded query={values}>
      {({ items }) => {
        const names = new Set(rule.ir.bodies.flatMap((body) => Object.keys(body.values)))
        const dated = items.filter(({ name }) => names.has(name)).flatMap((value) => value.dated)
        // What was published here is not yet part of the shipped rule that is tried.
        const shipped = dated.filter(({ publishedOn }) => publishedOn === undefined)
        return <Chosen rule={rule} labels={labels} days={daysOfChange(rule.ir.bodies, shipped)} />
      }}
    </Loaded>
  )
}

type ChosenProps = { rule: RuleToTry; labels: Labels; days: readonly string[] }

function Chosen({ rule, labels, days }: ChosenProps) {
  const { say, day } = useSpeech()
  const [before, setBefore] = useState(days.at(-2) ?? rule.on)
  const [after, setAfter] = useState(days.at(-1) ?? rule.on)
  const sides = [
    { name: words.versionBefore, value: before, set: setBefore },
    { name: words.versionAfter, value: after, set: setAfter },
  ]
  return (
    <>
      <section className="kit-section">
        <h2>{say(words.versions)}</h2>
        <p className="kit-help">{say(words.versionsHelp)}</p>
        <ol className="workbench-days">
          {days.map((from) => (
            <li key={from}>
              {day(from)} {rule.ir.bodies.some((body) => body.from === from) && <span>{say(words.newBody)}</span>}
            </li>
          ))}
        </ol>
        <div className="workbench-sides">
          {sides.map(({ name, value, set }) => (
            <label key={name.en} className="workbench-field">
              {say(name)}
              <select value={value} onChange={({ target }) => set(target.value)}>
                {days.map((from) => (
                  <option key={from} value={from}>
                    {day(from)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </section>
      {days.length < 2 ? (
        <p className="kit-note">{say(words.oneVersion)}</p>
      ) : (
        <Difference policy={rule.ir.id} labels={labels} before={before} after={after} />
      )}
    </>
  )
}

type DifferenceProps = { policy: string; labels: Labels; before: string; after: string }

function Difference({ policy, labels, before, after }: DifferenceProps) {
  const one = useRule(policy, before)
  const other = useRule(policy, after)
  return (
    <Loaded query={one}>
      {(first) => (
        <Loaded query={other}>{(second) => <Compared before={first} after={second} labels={labels} />}</Loaded>
      )}
    </Loaded>
  )
}

function useRule(policy: string, on: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['rule', policy, on],
    queryFn: () => api.get<RuleToTry>(`/policies/${policy}/rule`, { on }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type ComparedProps = { before: RuleToTry; after: RuleToTry; labels: Labels }

function Compared({ before, after, labels }: ComparedProps) {
  const { say, language } = useSpeech()
  const [was, is] = useMemo(() => {
    const textOf = (rule: RuleToTry) =>
      describedWith(rule, labels, language, rule.regions[0]?.values).flatMap(({ sections }) =>
        sections.flatMap(({ lines }) => lines.map(({ text }) => text)),
      )
    return [textOf(before), textOf(after)]
  }, [before, after, labels, language])
  const gone = linesOnlyIn(was, is)
  const added = linesOnlyIn(is, was)
  return (
    <>
      <section className="kit-section">
        <h2>{say(words.differentWords)}</h2>
        {gone.length + added.length === 0 && <p className="kit-empty">{say(words.noDifference)}</p>}
        <div className="workbench-sides">
          <ul>
            {gone.map((text) => (
              <li key={text}>
                <del>{text}</del>
              </li>
            ))}
          </ul>
          <ul>
            {added.map((text) => (
              <li key={text}>
                <ins>{text}</ins>
              </li>
            ))}
          </ul>
        </div>
      </section>
      <DifferentValues before={before} after={after} labels={labels} />
      <DifferentOutcomes before={before} after={after} labels={labels} />
    </>
  )
}

function DifferentValues({ before, after, labels }: ComparedProps) {
  const { say, language } = useSpeech()
  const differences = valueDifferences(before, after)
  const told = (body: PolicyBody, name: string, value: ResolvedValue | undefined) => {
    if (value === undefined) return '—'
    const unit = body.values[name]
    const count = unit?.kind === 'keyed' ? unit.count : undefined
    const { value: content } = value
    if (typeof content !== 'object' || Array.isArray(content)) {
      return quantityText(Array.isArray(content) ? content.map(String) : content, value.unit, labels, language)
    }
    const entries = Object.entries(content).map(
      ([key, entry]) =>
        `${keyLabel(key, count, labels, language)} ${quantityText(entry, value.unit, labels, language)}`,
    )
    return entries.join(language === 'zh' ? '；' : '; ')
  }
  return (
    <section className="kit-section">
      <h2>{say(words.differentValues)}</h2>
      {differences.length === 0 ? (
        <p className="kit-empty">{say(words.noDifference)}</p>
      ) : (
        <ScrollFrame label={say(words.differentValues)}>
          <table className="workbench-table">
            <thead>
              <tr>
                {[words.valueName, words.region, words.versionBefore, words.versionAfter].map((word) => (
                  <th key={word.en} scope="col">
                    {say(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map(({ name, region, everywhere, ...sides }) => (
                <tr key={`${name} ${region}`}>
                  <th scope="row">{labels.get(`values.${name}`) ?? name}</th>
                  <td>{everywhere ? say(words.everywhere) : say(after.regions[region]?.name ?? words.everywhere)}</td>
                  <td>{told(bodyOfDay(before), name, sides.before)}</td>
                  <td>{told(bodyOfDay(after), name, sides.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </section>
  )
}

function DifferentOutcomes({ before, after, labels }: ComparedProps) {
  const { say } = useSpeech()
  const moves = useMemo(() => outcomeMoves(before, after), [before, after])
  const outcomes = { granted: words.grant, refused: words.refuse, referred: words.refer }
  const told = (key: string) => {
    const [outcome = '', because = ''] = key.split(' ')
    const word = Object.entries(outcomes).find(([name]) => name === outcome)?.[1]
    const label = labels.get(`reasons.${because}`) ?? labels.get(`clauses.${because}`) ?? because
    return `${word === undefined ? outcome : say(word)} ${label}`
  }
  return (
    <section className="kit-section">
      <h2>{say(words.differentOutcomes)}</h2>
      <p className="kit-help">{say(words.comparedHelp, { cases: formatCount(comparedCases) })}</p>
      {moves === undefined ? (
        <p className="kit-note">{say(words.otherFacts)}</p>
      ) : (
        <ScrollFrame label={say(words.differentOutcomes)}>
          <table className="workbench-table">
            <thead>
              <tr>
                {[words.versionBefore, words.versionAfter, words.number].map((word) => (
                  <th key={word.en} scope="col">
                    {say(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moves.map(({ from, to, rows }) => (
                <tr key={`${from} ${to}`}>
                  <th scope="row">{told(from)}</th>
                  <td>{from === to ? say(words.same) : <mark>{told(to)}</mark>}</td>
                  <td>{formatCount(rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </section>
  )
}

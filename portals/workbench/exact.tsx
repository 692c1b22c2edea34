import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AnswerOf, Loaded, ProblemNote, useAction, useApi, useMe, useSpeech } from '../../kit/door.ts'
import type { Comparison, Labels, PolicyBody } from '../../policy/browser.ts'
import { ChangeHistogram } from './change-histogram.tsx'
import { type Changes, changeTexts } from './changes.ts'
import { formatChange, formatCount, formatSum } from './figures.ts'
import { Moves } from './moves.tsx'
import { OutcomeBars } from './outcome-bars.tsx'
import { RegionTable } from './region-table.tsx'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

type Answer = AnswerOf<'GET /policies/{policyId}/runs'>
type Run = Answer['items'][number]
type ExactProps = { rule: RuleToTry; body: PolicyBody; labels: Labels; changes: Changes; people: number }

/** As many as the server takes at once; the page itself makes more. */
const peopleMax = 5_000_000
const lookAgainMilliseconds = 1_000
const roles = ['values_admin', 'supervisor']

/** The exact run on the server: for whoever may start one, with its progress, what came out and its report. */
export function ExactRun(props: ExactProps) {
  const { say } = useSpeech()
  const api = useApi()
  const me = useMe()
  return (
    <section className="kit-section">
      <h2>{say(words.exact)}</h2>
      <p className="kit-help">{say(words.exactHelp)}</p>
      <Loaded query={me}>
        {(known) =>
          known && roles.includes(known.acting.role) ? (
            <Desk {...props} />
          ) : (
            <p className="kit-note">
              {say(words.exactFor)} <a href={`/${api.region}/staff`}>{say(words.staffSignIn)}</a>
            </p>
          )
        }
      </Loaded>
    </section>
  )
}

function Desk({ rule, body, labels, changes, people }: ExactProps) {
  const { say } = useSpeech()
  const api = useApi()
  const queries = useQueryClient()
  const key = ['policy runs', rule.ir.id]
  const runs = useQuery({
    queryKey: key,
    queryFn: () => api.get<Answer>(`/policies/${rule.ir.id}/runs`),
    refetchInterval: ({ state }) => (state.data?.current && !state.data.current.failed ? lookAgainMilliseconds : false),
  })
  const onSuccess = () => queries.invalidateQueries({ queryKey: key })
  const start = useAction(
    (_: null, requestKey) => api.post(`/policies/${rule.ir.id}/runs`, questionOf(rule, changes, people), requestKey),
    { onSuccess },
  )
  const cancel = useAction(
    (id: string, requestKey) => api.post(`/policy-runs/${id}/cancellation`, undefined, requestKey),
    { onSuccess },
  )
  const [shown, setShown] = useState<string>()
  return (
    <Loaded query={runs}>
      {({ current, items }) => {
        const isGoing = current !== null && !current.failed
        const run = items.find(({ id }) => id === shown) ?? items[0]
        return (
          <>
            <p className="workbench-stepper">
              <button
                type="button"
                className="kit-button kit-button-primary"
                disabled={isGoing || start.isPending}
                onClick={() => start.mutate(null)}
              >
                {say(words.startExact, { cases: formatCount(Math.min(people, peopleMax)) })}
              </button>
              <span>{changes.size === 0 ? say(words.exactUnchanged) : changeTexts(changes).join(', ')}</span>
            </p>
            {start.error && <ProblemNote error={start.error} />}
            {cancel.error && <ProblemNote error={cancel.error} />}
            {current?.failed && <p className="kit-note kit-note-problem">{say(words.exactFailed)}</p>}
            {current && isGoing && (
              <p className="workbench-stepper" role="status">
                <progress max={1} value={current.done} aria-label={say(words.exact)} />
                {Math.floor(current.done * 100)}%
                <button type="button" className="kit-button" onClick={() => cancel.mutate(current.id)}>
                  {say(words.stopExact)}
                </button>
              </p>
            )}
            <RunList items={items} shown={run?.id} show={setShown} />
            {run && <RunShown key={run.id} run={run} {...{ rule, body, labels }} />}
          </>
        )
      }}
    </Loaded>
  )
}

function questionOf(rule: RuleToTry, changes: Changes, people: number) {
  return {
    on: rule.on,
    people: Math.min(people, peopleMax),
    changes: [...changes].map(([path, value]) => {
      const [name, key] = path.split('.')
      return { name, ...(key !== undefined && { key }), value }
    }),
  }
}

function RunList({ items, shown, show }: { items: readonly Run[]; shown: string | undefined; show(id: string): void }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  if (items.length === 0) return <p className="kit-empty">{say(words.noRuns)}</p>
  return (
    <ul className="kit-plain-list">
      {items.map(({ id, question, startedBy, finishedAt }) => (
        <li key={id} className="workbench-extreme">
          <button type="button" className="kit-button" aria-pressed={id === shown} onClick={() => show(id)}>
            {moment(finishedAt)} · {formatCount(question.people)} · {startedBy}
          </button>
          <a className="kit-button" href={`/${api.region}/api/v1/policy-runs/${id}/report`} download>
            {say(words.report)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function RunShown({ run, rule, body, labels }: { run: Run } & Omit<ExactProps, 'changes' | 'people'>) {
  const { say, language } = useSpeech()
  const comparison = comparisonOf(run.result)
  const { amount, all } = comparison
  const unit = amount === null ? undefined : body.results[amount]
  const code = unit?.kind === 'money' ? 'fen' : (unit?.kind ?? '')
  const told = run.question.changes.map(({ name, key, value }) => `${key ? `${name}.${key}` : name}=${value}`)
  const isOfToday = run.question.on === rule.on
  return (
    <>
      <p className="kit-quiet">
        {say(words.ranOn, { on: run.question.on })} {told.join(', ')}
        <span className="kit-code"> sha256 {run.irHash.slice(0, 16)}…</span>
      </p>
      {amount !== null && (
        <p>
          {say(words.before)} {formatSum(all.before.cost, code, language)} → {say(words.after)}{' '}
          {formatSum(all.after.cost, code, language)} ({formatChange(all.after.cost - all.before.cost, code, language)})
        </p>
      )}
      {amount !== null && <Moves comparison={comparison} unit={code} />}
      {isOfToday && <OutcomeBars comparison={comparison} body={body} labels={labels} />}
      {amount !== null && <ChangeHistogram comparison={comparison} unit={code} />}
      {rule.regions.length > 1 && <RegionTable comparison={comparison} unit={code} regions={rule.regions} />}
    </>
  )
}

/** Sums come as text, since they may be larger than a number of JSON can be trusted with. */
function comparisonOf({ amount, all, groups, bins }: Run['result']): Comparison {
  const sideOf = (side: Run['result']['all']['before']) => ({ ...side, cost: BigInt(side.cost) })
  const movedOf = ({ rows, sum }: Run['result']['all']['winners']) => ({ rows, sum: BigInt(sum) })
  const groupOf = (group: Run['result']['all']) => ({
    ...group,
    ...{ before: sideOf(group.before), after: sideOf(group.after) },
    ...{ winners: movedOf(group.winners), losers: movedOf(group.losers) },
  })
  return { amount, all: groupOf(all), groups: groups.map(groupOf), flows: [], changes: { bins } }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import {
  type AnswerOf,
  commonWords,
  Empty,
  go,
  Loaded,
  problemOf,
  RegionName,
  useApi,
  useColour,
  usePlace,
  useSpeech,
  useTypeSize,
} from '../../kit/door.ts'
import { DayField } from './day-field.tsx'
import { HelpPart } from './help-part.tsx'
import { PolicyDesk } from './policy-desk.tsx'
import type { RuleToTry } from './rule.ts'
import { words } from './words.ts'

type Listed = AnswerOf<'GET /policies'>['items'][number]

/** Each policy once: of several bodies of one policy the nation's latest names it. */
function namedPolicies(items: readonly Listed[]): Listed[] {
  const nationLast = items.toSorted((one, other) => Number(isNational(one)) - Number(isNational(other)))
  const byId = new Map(nationLast.map((item) => [item.id, item]))
  return [...new Set(items.map(({ id }) => id))].flatMap((id) => byId.get(id) ?? [])
}

function isNational({ region }: Listed): boolean {
  return region === '000000'
}

/** The workbench of a region: choose a policy, move its values, see what becomes of the people. */
export function Workbench({ region }: { region: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const policies = useQuery({
    queryKey: ['policies'],
    queryFn: async () => namedPolicies((await api.get<AnswerOf<'GET /policies'>>('/policies')).items),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className="workbench">
      <a className="workbench-skip" href="#main">
        {say(commonWords.skipToContent)}
      </a>
      <Head region={region} />
      <main id="main" tabIndex={-1}>
        <h1>{say(words.title)}</h1>
        <p className="workbench-lead">{say(words.lead)}</p>
        <Loaded query={policies}>
          {(items) => (items.length === 0 ? <Empty>{say(words.noPolicies)}</Empty> : <ChosenPolicy items={items} />)}
        </Loaded>
        <HelpPart />
      </main>
    </div>
  )
}

function Head({ region }: { region: string }) {
  const { say, language, switchTo } = useSpeech()
  const { isLarge, toggle } = useTypeSize()
  const colour = useColour()
  return (
    <header className="workbench-head">
      <a href="/" className="workbench-brand" title={say(words.entrance)}>
        {say(commonWords.product)} <span>{<RegionName code={region} />}</span>
      </a>
      <a href="#help" className="workbench-help">
        {say(commonWords.help)}
      </a>
      <button type="button" onClick={toggle} aria-pressed={isLarge}>
        {say(words.largeType)}
      </button>
      <button type="button" onClick={colour.toggle}>
        {say(colour.isDark ? commonWords.light : commonWords.dark)}
      </button>
      <button type="button" onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
        {say(commonWords.switchLanguage)}
      </button>
    </header>
  )
}

/** The policy that the address names, or the first, and the day of its law. */
function ChosenPolicy({ items }: { items: readonly Listed[] }) {
  const { say } = useSpeech()
  const { query } = usePlace()
  const id = useId()
  const groups = [
    { name: words.withTotal, items: items.filter(({ total }) => total !== null) },
    { name: words.withoutTotal, items: items.filter(({ total }) => total === null) },
  ]
  const first = groups.flatMap((group) => group.items)[0]
  const policy = query.get('policy') ?? first?.id ?? ''
  const on = query.get('on') ?? ''
  const isKnown = items.some((item) => item.id === policy)
  /** The values that are tried stay, in the address, with another day. */
  const setOn = (day: string) => {
    const next = new URLSearchParams(window.location.search)
    next.set('policy', policy)
    next.set('on', day)
    go(`?${next}`)
  }
  return (
    <>
      <div className="kit-section workbench-choice">
        <div className="workbench-field">
          <label htmlFor={id}>{say(words.policy)}</label>
          <select
            id={id}
            value={isKnown ? policy : ''}
            onChange={({ target }) => go(`?${new URLSearchParams({ policy: target.value })}`)}
          >
            {!isKnown && <option value="" />}
            {groups.map((group) => (
              <optgroup key={group.name.en} label={say(group.name)}>
                {group.items.map(({ id: policyId, title }) => (
                  <option key={policyId} value={policyId}>
                    {say(title)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        <p className="kit-note kit-note-warning workbench-beside">{say(words.synthetic)}</p>
      </div>
      {isKnown ? (
        <RuleLoaded key={policy} policy={policy} on={on} setOn={setOn} />
      ) : (
        <Empty>{say(words.unknownPolicy)}</Empty>
      )}
    </>
  )
}

function RuleLoaded({ policy, on, setOn }: { policy: string; on: string; setOn(on: string): void }) {
  const api = useApi()
  const queries = useQueryClient()
  const rule = useQuery({
    queryKey: ['rule', policy, on],
    queryFn: async () => {
      const found = await api.get<RuleToTry>(`/policies/${policy}/rule`, { on: on === '' ? undefined : on })
      // The address will name the day soon: the same rule then, and not another look.
      queries.setQueryData(['rule', policy, found.on], found)
      return found
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (on !== '' && rule.error && problemOf(rule.error).status === 400) return <NoLaw on={on} setOn={setOn} />
  return <Loaded query={rule}>{(loaded) => <PolicyDesk key={loaded.on} rule={loaded} setOn={setOn} />}</Loaded>
}

/** That the policy has no rule on the day, or that it is no day; with the field to name another. */
function NoLaw({ on, setOn }: { on: string; setOn(on: string): void }) {
  const { say } = useSpeech()
  return (
    <section className="kit-section workbench-choice">
      <DayField on={on} setOn={setOn} />
      <p className="kit-note kit-note-problem workbench-beside" role="alert">
        {say(words.noLaw)}
      </p>
    </section>
  )
}

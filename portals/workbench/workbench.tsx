import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import {
  type AnswerOf,
  commonWords,
  Empty,
  Loaded,
  problemOf,
  RegionName,
  useApi,
  usePlace,
  useSpeech,
  useTypeSize,
} from '../../kit/door.ts'
import { DayField } from './day-field.tsx'
import type { RuleToTry } from './rule.ts'
import { Trial } from './trial.tsx'
import { words } from './words.ts'

type Listed = AnswerOf<'GET /policies'>['items'][number]

/** Policies that can be priced: those with a result that stands for the whole. Of several bodies of one policy the latest names it. */
function pricedPolicies(items: readonly Listed[]): Listed[] {
  const byId = new Map(items.filter(({ total }) => total !== null).map((item) => [item.id, item]))
  return [...byId.values()]
}

/** The workbench of a region: choose a policy, move its values, see what becomes of the people. */
export function Workbench({ region }: { region: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const policies = useQuery({
    queryKey: ['policies'],
    queryFn: async () => pricedPolicies((await api.get<AnswerOf<'GET /policies'>>('/policies')).items),
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
      </main>
    </div>
  )
}

function Head({ region }: { region: string }) {
  const { say, language, switchTo } = useSpeech()
  const { isLarge, toggle } = useTypeSize()
  return (
    <header className="workbench-head">
      <a href="/" className="workbench-brand" title={say(words.entrance)}>
        {say(commonWords.product)} <span>{<RegionName code={region} />}</span>
      </a>
      <button type="button" onClick={toggle} aria-pressed={isLarge}>
        {language === 'zh' ? '大字' : 'Large type'}
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
  const asked = query.get('policy')
  const first = items[0]
  const [policy, setPolicy] = useState(asked ?? first?.id ?? '')
  const [on, setOn] = useState(query.get('on') ?? '')
  const isKnown = items.some((item) => item.id === policy)
  return (
    <>
      <div className="kit-section workbench-choice">
        <div className="workbench-field">
          <label htmlFor={id}>{say(words.policy)}</label>
          <select
            id={id}
            value={isKnown ? policy : ''}
            onChange={({ target }) => {
              setPolicy(target.value)
              setOn('')
            }}
          >
            {!isKnown && <option value="" />}
            {items.map(({ id: policyId, title }) => (
              <option key={policyId} value={policyId}>
                {say(title)}
              </option>
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
  const rule = useQuery({
    queryKey: ['rule', policy, on],
    queryFn: () => api.get<RuleToTry>(`/policies/${policy}/rule`, { on: on === '' ? undefined : on }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (on !== '' && rule.error && problemOf(rule.error).status === 400) return <NoLaw on={on} setOn={setOn} />
  return <Loaded query={rule}>{(loaded) => <Trial key={loaded.on} rule={loaded} setOn={setOn} />}</Loaded>
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

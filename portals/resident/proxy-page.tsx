import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AnswerOf,
  type Authority,
  authorityEvidence,
  authorityRelations,
  authorityScopes,
  defineWords,
  Empty,
  Link,
  Loaded,
  ProblemNote,
  useAction,
  useApi,
  useSessionChanges,
  useSignedIn,
  useSpeech,
  wordOf,
} from '../../kit/door.ts'
import { GiveAuthority } from './proxy-gift.tsx'

const words = defineWords({
  back: { zh: '我的', en: 'Me' },
  title: { zh: '亲友代办', en: 'Acting for a relative' },
  represented: { zh: '我可以替谁办', en: 'For whom I may act' },
  representedNone: {
    zh: '还没有人授权您代办。请在下面出示代办码，让家人在自己的手机上输入；也可以一起到窗口登记。',
    en: 'Nobody has let you act for them. Show your code below and let them type it on their phone, or go to a counter together.',
  },
  actFor: { zh: '替 {name} 办理', en: 'Act for {name}' },
  until: { zh: '有效到 {until}（含当天）', en: 'until {until}, that day included' },
  noEnd: { zh: '长期有效', en: 'without an end' },
  showCode: { zh: '出示我的代办码', en: 'Show my code' },
  codeHelp: {
    zh: '把这个码给要请您代办的家人看，或者念给家人听。家人输入以后，您就能替家人办事。不认识的人要，不要给。',
    en: 'Show it or read it out to the relative who wants you to act. Once they typed it, you may act for them. Give it to nobody you do not know.',
  },
  codeUntil: { zh: '{moment} 以前有效，只能用一次', en: 'good until {moment}, and once' },
  mine: { zh: '谁可以替我办', en: 'Who may act for me' },
  mineNone: { zh: '您没有授权别人代办。', en: 'You have let nobody act for you.' },
  mineHelp: { zh: '随时可以收回，按下去马上生效。', en: 'You can withdraw it at any time; it is over at once.' },
  actingNow: {
    zh: '您正在替别人办理。要授权或收回，请先换回本人。',
    en: 'You are acting for somebody. To give or withdraw an authority, act for yourself first.',
  },
  end: { zh: '收回', en: 'Withdraw' },
  endQuestion: {
    zh: '马上收回，{name} 不能再替您办理？',
    en: 'Withdraw at once, so that {name} may act for you no more?',
  },
  endYes: { zh: '是的，马上收回', en: 'Yes, withdraw it now' },
  endNo: { zh: '不收回', en: 'No' },
  since: { zh: '{from} 起', en: 'since {from}' },
  may: { zh: '可以', en: 'May' },
  evidence: { zh: '依据', en: 'On the strength of' },
  employer: { zh: '单位经办人', en: "The employer's officer" },
})

/** For whom one may act, one touch to do so; who may act for oneself, letting somebody, one touch to end it. */
export function ProxyPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.back)}</Link>
      </p>
      <h1>{say(words.title)}</h1>
      <Represented />
      {acting.onBehalfOf === null ? (
        <>
          <MyAuthorities />
          <GiveAuthority />
          <MyCode />
        </>
      ) : (
        <p className="kit-note">{say(words.actingNow)}</p>
      )}
    </>
  )
}

function Represented() {
  const { say } = useSpeech()
  const { represents } = useSignedIn()
  const { actAs } = useSessionChanges()
  return (
    <section className="kit-section" aria-labelledby="represented">
      <h2 id="represented">{say(words.represented)}</h2>
      {represents.length === 0 && <Empty>{say(words.representedNone)}</Empty>}
      <ul className="kit-plain-list">
        {represents.map(({ personId, name, relation, scope, to }) => (
          <li key={personId} className="resident-line">
            <span>
              <strong>{name}</strong> ({wordOf(authorityRelations, relation, say)}){' '}
              <span className="kit-quiet">
                <Term to={to} /> · <Covered scope={scope} />
              </span>
            </span>
            <button
              type="button"
              className="kit-button kit-button-primary"
              disabled={actAs.isPending}
              onClick={() => actAs.mutate({ person: true, onBehalfOf: personId })}
            >
              {say(words.actFor, { name })}
            </button>
          </li>
        ))}
      </ul>
      {actAs.error && <ProblemNote error={actAs.error} />}
    </section>
  )
}

function Term({ to }: { to: string | null }) {
  const { say, day } = useSpeech()
  return to === null ? say(words.noEnd) : say(words.until, { until: day(to) })
}

function Covered({ scope }: Pick<Authority, 'scope'>) {
  const { say } = useSpeech()
  return `${say(words.may)} ${scope.map((each) => say(authorityScopes[each])).join('；')}`
}

function MyAuthorities() {
  const api = useApi()
  const { say } = useSpeech()
  const authorities = useQuery({
    queryKey: ['my authorities'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/authorities'>>('/me/authorities')).items,
  })
  return (
    <section className="kit-section" aria-labelledby="my-authorities">
      <h2 id="my-authorities">{say(words.mine)}</h2>
      <p className="kit-quiet">{say(words.mineHelp)}</p>
      <Loaded query={authorities}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.mineNone)}</Empty>
          ) : (
            <ul className="kit-plain-list">
              {items.map((authority) => (
                <MyAuthority key={authority.authorityId} authority={authority} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function MyAuthority({ authority }: { authority: Authority }) {
  const api = useApi()
  const { say, day } = useSpeech()
  const [isAsked, setAsked] = useState(false)
  const end = useAction((authorityId: string, key) => api.post(`/me/authorities/${authorityId}/end`, undefined, key))
  const { authorityId, relation, agentName, from, to, scope, evidence } = authority
  const name = agentName ?? say(words.employer)
  return (
    <li className="resident-line">
      <span>
        <strong>{name}</strong> ({wordOf(authorityRelations, relation, say)})
        <br />
        <span className="kit-quiet">
          {say(words.since, { from: day(from) })} · <Term to={to} /> · <Covered scope={scope} /> · {say(words.evidence)}{' '}
          {wordOf(authorityEvidence, evidence, say)}
        </span>
      </span>
      {isAsked ? (
        <span className="kit-actions">
          <strong>{say(words.endQuestion, { name })}</strong>
          <button
            type="button"
            className="kit-button kit-button-danger"
            disabled={end.isPending}
            onClick={() => end.mutate(authorityId)}
          >
            {say(words.endYes)}
          </button>
          <button type="button" className="kit-button" onClick={() => setAsked(false)}>
            {say(words.endNo)}
          </button>
        </span>
      ) : (
        <button type="button" className="kit-button kit-button-danger" onClick={() => setAsked(true)}>
          {say(words.end)}
        </button>
      )}
      {end.error && <ProblemNote error={end.error} />}
    </li>
  )
}

function MyCode() {
  const api = useApi()
  const { say, moment } = useSpeech()
  const show = useAction((_: null, key) => api.post<AnswerOf<'POST /me/proxy-code'>>('/me/proxy-code', undefined, key))
  return (
    <section className="kit-section" aria-labelledby="my-code">
      <h2 id="my-code">{say(words.showCode)}</h2>
      <p className="kit-quiet">{say(words.codeHelp)}</p>
      <div role="status">
        {show.data && (
          <>
            <p className="resident-proxy-code kit-code">
              {show.data.code.slice(0, 4)} {show.data.code.slice(4)}
            </p>
            <p className="kit-quiet">{say(words.codeUntil, { moment: moment(show.data.expiresAt) })}</p>
          </>
        )}
      </div>
      <button type="button" className="kit-button" disabled={show.isPending} onClick={() => show.mutate(null)}>
        {say(words.showCode)}
      </button>
      {show.error && <ProblemNote error={show.error} />}
    </section>
  )
}

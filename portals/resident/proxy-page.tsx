import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  type BothLanguages,
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
} from '../../kit/door.ts'

const words = defineWords({
  back: { zh: '我的', en: 'Me' },
  title: { zh: '亲友代办', en: 'Acting for a relative' },
  represented: { zh: '我可以替谁办', en: 'For whom I may act' },
  representedNone: {
    zh: '还没有人授权您代办。请家人本人登录后授权，或一起到窗口登记。',
    en: 'Nobody has let you act for them. They can do so after signing in, or with you at a counter.',
  },
  actFor: { zh: '替 {name} 办理', en: 'Act for {name}' },
  until: { zh: '有效到 {until}', en: 'until {until}' },
  noEnd: { zh: '长期有效', en: 'without an end' },
  mine: { zh: '谁可以替我办', en: 'Who may act for me' },
  mineNone: { zh: '您没有授权别人代办。', en: 'You have let nobody act for you.' },
  mineHelp: {
    zh: '要授权家人代办，请两人带身份证到任意窗口登记；可以随时在这里收回。',
    en: 'To let a relative act for you, go together to any counter with your identity cards. You can withdraw it here at any time.',
  },
  end: { zh: '从今天起收回', en: 'Withdraw from today' },
  since: { zh: '{from} 起', en: 'since {from}' },
  employer: { zh: '单位经办人', en: "The employer's officer" },
  person: { zh: '个人', en: 'A person' },
})

const relations: Record<string, BothLanguages> = defineWords({
  relative: { zh: '近亲属', en: 'Relative' },
  guardian: { zh: '监护人', en: 'Guardian' },
  entrusted: { zh: '受委托人', en: 'Entrusted person' },
  employer: { zh: '用人单位', en: 'Employer' },
})

function useRelationName() {
  const { say } = useSpeech()
  return (relation: string) => {
    const known = relations[relation]
    return known ? say(known) : relation
  }
}

/** For whom one may act, one touch to do so; who may act for oneself, one touch to end it. */
export function ProxyPage() {
  const { say } = useSpeech()
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.back)}</Link>
      </p>
      <h1>{say(words.title)}</h1>
      <Represented />
      <MyAuthorities />
    </>
  )
}

function Represented() {
  const { say } = useSpeech()
  const { represents } = useSignedIn()
  const { actAs } = useSessionChanges()
  const relationName = useRelationName()
  return (
    <section className="kit-section" aria-labelledby="represented">
      <h2 id="represented">{say(words.represented)}</h2>
      {represents.length === 0 && <Empty>{say(words.representedNone)}</Empty>}
      <ul className="kit-plain-list">
        {represents.map(({ personId, name, relation, to }) => (
          <li key={personId} className="resident-line">
            <span>
              <strong>{name}</strong> ({relationName(relation)}){' '}
              <span className="kit-quiet">{to === null ? say(words.noEnd) : say(words.until, { until: to })}</span>
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

function MyAuthorities() {
  const api = useApi()
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const relationName = useRelationName()
  const authorities = useQuery({
    queryKey: ['my authorities'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/authorities'>>('/me/authorities')).items,
  })
  const end = useAction((authorityId: string, key) =>
    api.post(`/me/authorities/${authorityId}/end`, { to: today }, key),
  )
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
              {items.map(({ authorityId, relation, agentEmployerId, from, to }) => (
                <li key={authorityId} className="resident-line">
                  <span>
                    <strong>{say(agentEmployerId === null ? words.person : words.employer)}</strong> (
                    {relationName(relation)}){' · '}
                    {say(words.since, { from })} · {to === null ? say(words.noEnd) : say(words.until, { until: to })}
                  </span>
                  {to === null && (
                    <button
                      type="button"
                      className="kit-button kit-button-danger"
                      disabled={end.isPending}
                      onClick={() => end.mutate(authorityId)}
                    >
                      {say(words.end)}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {end.error && <ProblemNote error={end.error} />}
    </section>
  )
}

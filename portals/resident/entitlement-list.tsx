import { ClauseCited, commonWords, defineWords, Empty, Link, useSpeech } from '../../kit/door.ts'
import type { Entitlement } from './entitlements.ts'

const words = defineWords({
  granted: { zh: '您可以享受', en: 'You can get' },
  referred: { zh: '要由工作人员判断', en: 'A person has to decide' },
  open: { zh: '还不能确定', en: 'Not certain yet' },
  openHelp: { zh: '还缺少您的回答；申请时可以补充。', en: 'An answer is missing; you can give it when you apply.' },
  not: { zh: '现在不符合', en: 'Not for you at present' },
  soFar: { zh: '目前可以确定：{count} 项您可以享受', en: 'Certain so far: you can get {count}' },
  upTo: { zh: '最多 {amount}', en: 'up to {amount}' },
  apply: { zh: '去申请', en: 'Apply' },
  nothing: { zh: '这个地区还没有个人可以申请的待遇。', en: 'There is nothing here yet that a person can apply for.' },
})

/** What was found, by what it means for the person: what they can get comes first, what is not for them last and folded up. */
export function EntitlementList({ items }: { items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  if (items.length === 0) return <Empty>{say(words.nothing)}</Empty>
  const of = (...states: Entitlement['state'][]) => items.filter(({ state }) => states.includes(state))
  return (
    <>
      <Group id="granted" items={of('granted')} />
      <Group id="referred" items={of('referred')} />
      <Group id="open" items={of('open')} />
      <NotNow items={of('refused', 'closed')} />
    </>
  )
}

/** What is certain while questions are still asked. */
export function GrantedSoFar({ items }: { items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  const granted = items.filter(({ state }) => state === 'granted')
  return (
    <div role="status">
      {granted.length > 0 && (
        <details className="kit-details">
          <summary>{say(words.soFar, { count: granted.length })}</summary>
          <ul>
            {granted.map((item) => (
              <li key={item.flow}>
                {say(item.title)} <AmountOf item={item} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Group({ id, items }: { id: 'granted' | 'referred' | 'open'; items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  if (items.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby={`can-${id}`}>
      <h3 id={`can-${id}`}>{say(words[id])}</h3>
      {id === 'open' && <p className="kit-quiet">{say(words.openHelp)}</p>}
      <ul className="kit-card-list">
        {items.map((item) => (
          <li key={item.flow}>
            <Link to={`/benefits/${item.flow}`} className="kit-card-button">
              <span className="kit-card-title">
                {say(item.title)} <AmountOf item={item} />
              </span>
              <span className="kit-card-text">{say(item.meaning ?? item.summary)}</span>
              {id === 'granted' && <span className="kit-card-text">{say(words.apply)} ›</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AmountOf({ item: { amount } }: { item: Entitlement }) {
  const { say, yuan } = useSpeech()
  if (amount === null || amount.maxFen === 0) return null
  if (amount.minFen === amount.maxFen) return <strong>{yuan(amount.maxFen)}</strong>
  return <strong>{say(words.upTo, { amount: yuan(amount.maxFen) })}</strong>
}

function NotNow({ items }: { items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  if (items.length === 0) return null
  return (
    <details className="kit-details">
      <summary>
        {say(words.not)} ({items.length})
      </summary>
      <dl>
        {items.map(({ flow, service, title, meaning, advice, because }) => (
          <div key={flow} className="kit-section">
            <dt>
              <strong>{say(title)}</strong>
            </dt>
            <dd>
              {meaning && say(meaning)} {because && <ClauseCited clause={because} service={service} />}
              {advice && (
                <p className="kit-advice">
                  <strong>{say(commonWords.whatYouCanDo)}</strong> {say(advice)}
                </p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

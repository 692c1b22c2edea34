import { ClauseCited, commonWords, defineWords, Empty, Link, useSpeech } from '../../kit/door.ts'
import type { Entitlement } from './entitlements.ts'

const words = defineWords({
  granted: { zh: '您可以享受', en: 'You can get' },
  referred: { zh: '要由工作人员判断', en: 'A person has to decide' },
  open: { zh: '还不能确定', en: 'Not certain yet' },
  openHelp: {
    zh: '还缺少您的回答，或要在申请时说明情况。',
    en: 'An answer is missing, or it depends on what you tell when you apply.',
  },
  not: { zh: '现在不符合', en: 'Not for you at present' },
  noneNow: {
    zh: '按登记簿和您的回答，现在没有可以享受的。情况变了（参保、就业、取得证书等）可以再来看看；也可以看看全部事项，或拨打 12333 询问。',
    en: 'By the registers and your answers there is nothing for you at present. Look again when things change (insurance, work, certificates), see all services, or call 12333.',
  },
  allServices: { zh: '全部事项', en: 'All services' },
  perMonth: { zh: '每月 {amount}', en: '{amount} a month' },
  upToPerMonth: { zh: '每月最多 {amount}', en: 'up to {amount} a month' },
  why: { zh: '为什么', en: 'Why' },
  onPage: {
    zh: '要看您的具体情况，进去后会问清楚。',
    en: 'It depends on your situation; its page asks what it needs.',
  },
  soFar: { zh: '目前可以确定：{count} 项您可以享受', en: 'Certain so far: you can get {count}' },
  upTo: { zh: '最多 {amount}', en: 'up to {amount}' },
  apply: { zh: '去申请', en: 'Apply' },
  nothing: {
    zh: '这个地区还没有能在这里查看的待遇。可以看看全部事项，或拨打 12333 询问。',
    en: 'Nothing can be looked at here in this region yet. See all services, or call 12333.',
  },
})

/** What was found, by what it means for the person: what they can get comes first, what is not for them last and folded up. */
export function EntitlementList({ items }: { items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  const of = (...states: Entitlement['state'][]) => items.filter(({ state }) => states.includes(state))
  const isNothing = of('granted', 'referred', 'open').length === 0
  return (
    <>
      {isNothing && (
        <Empty>
          {say(items.length === 0 ? words.nothing : words.noneNow)}{' '}
          <Link to="/services">{say(words.allServices)} ›</Link>
        </Empty>
      )}
      <Group id="granted" items={of('granted')} />
      <Group id="referred" items={of('referred')} />
      <Group id="open" items={of('open').toSorted(askedFirst)} />
      <NotNow items={of('refused', 'closed')} isOpen={isNothing} />
    </>
  )
}

/** What an answer would settle goes before what only its own page can ask. */
function askedFirst(one: Entitlement, other: Entitlement): number {
  return Number(one.question === null) - Number(other.question === null)
}

/** What is certain while questions are still asked. */
export function GrantedSoFar({ items }: { items: readonly Entitlement[] }) {
  const { say } = useSpeech()
  const granted = items.filter(({ state }) => state === 'granted')
  return (
    <div role="status">
      {granted.length > 0 && (
        <section className="kit-note" aria-labelledby="so-far">
          <p id="so-far" className="kit-note-title">
            {say(words.soFar, { count: granted.length })}
          </p>
          <ul>
            {granted.map((item) => (
              <li key={item.flow}>
                {say(item.title)} <AmountOf item={item} />
              </li>
            ))}
          </ul>
        </section>
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
          <li key={item.flow} className="resident-result">
            <Link to={item.path} className="kit-card-button">
              <span className="kit-card-title">
                {say(item.title)} <AmountOf item={item} />
              </span>
              <span className="kit-card-text">{say(item.meaning ?? item.summary)}</span>
              {item.state === 'open' && item.question === null && (
                <span className="kit-card-text">{say(words.onPage)}</span>
              )}
              {id === 'granted' && <span className="kit-card-text">{say(words.apply)} ›</span>}
            </Link>
            <Reason item={item} isOpen={items.length === 1} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The steps of the rule and the clause, where something stands on one. */
function Reason({ item: { because, service, steps }, isOpen }: { item: Entitlement; isOpen: boolean }) {
  const { say } = useSpeech()
  if (because === null) return null
  return (
    <div className="resident-reason">
      {steps.length > 0 && (
        <details className="kit-details" open={isOpen}>
          <summary>{say(words.why)}</summary>
          <ol className="kit-steps">
            {steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same, and never change their places.
              <li key={index}>{say(step)}</li>
            ))}
          </ol>
        </details>
      )}
      <ClauseCited clause={because} service={service} />
    </div>
  )
}

/** What is paid, or may be at most; nothing where it is not money. */
export function AmountOf({ item: { amount } }: { item: Entitlement }) {
  const { say, yuan } = useSpeech()
  if (amount === null || amount.maxFen === 0) return null
  const isMonthly = amount.per === 'month'
  const paid = yuan(amount.maxFen)
  if (amount.minFen !== amount.maxFen) {
    return <strong>{say(isMonthly ? words.upToPerMonth : words.upTo, { amount: paid })}</strong>
  }
  return <strong>{isMonthly ? say(words.perMonth, { amount: paid }) : paid}</strong>
}

function NotNow({ items, isOpen }: { items: readonly Entitlement[]; isOpen: boolean }) {
  const { say } = useSpeech()
  if (items.length === 0) return null
  return (
    <details className="kit-details" open={isOpen}>
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

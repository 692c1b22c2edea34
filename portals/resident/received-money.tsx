import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, defineWords, Link, liveOn, useApi, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '到账', en: 'Money that came' },
  into: { zh: '存入 {account}', en: 'to {account}' },
  offset: { zh: '已抵扣应退回的 {amount}', en: '{amount} was kept back for what was owed' },
  more: { zh: '更早的到账（{count} 笔）', en: 'Earlier ones ({count})' },
})

type Received = AnswerOf<'GET /me/received'>['items'][number]

const shownAtOnce = 3

/** What was paid to the person by every service, the newest first; the home shows the last ones and folds up the rest. */
export function ReceivedMoney() {
  const { say } = useSpeech()
  const api = useApi()
  const { data: items = [] } = useQuery({
    queryKey: ['my received'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/received'>>('/me/received')).items,
    meta: liveOn('notices'),
  })
  if (items.length === 0) return null
  const earlier = items.slice(shownAtOnce)
  return (
    <section className="kit-section" aria-labelledby="received">
      <h2 id="received">{say(words.title)}</h2>
      <ReceivedList items={items.slice(0, shownAtOnce)} />
      {earlier.length > 0 && (
        <details className="kit-details">
          <summary>{say(words.more, { count: earlier.length })}</summary>
          <ReceivedList items={earlier} />
        </details>
      )}
    </section>
  )
}

function ReceivedList({ items }: { items: readonly Received[] }) {
  const { say, yuan, day } = useSpeech()
  return (
    <ul className="kit-card-list">
      {items.map(({ id, caseId, title, amountFen, offsetFen, accountMasked, paidOn }) => (
        <li key={id}>
          <Link to={`/cases/${caseId}`} className="kit-card-button">
            <span className="kit-card-title">
              {say(title)} <strong>{yuan(amountFen)}</strong>
            </span>
            <span className="kit-card-text">
              {day(paidOn)}
              {accountMasked !== null && ` · ${say(words.into, { account: accountMasked })}`}
              {offsetFen > 0 && ` · ${say(words.offset, { amount: yuan(offsetFen) })}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

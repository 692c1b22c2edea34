import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, defineWords, Link, useAction, useApi, useMyCases, useSpeech } from '../../kit/door.ts'
import { AmountOf } from './entitlement-list.tsx'
import { certainOf, useEntitlements } from './entitlements.ts'

const words = defineWords({
  title: { zh: '您可能可以享受', en: 'You may be entitled to' },
  lead: {
    zh: '根据登记簿为您找到，办不办由您决定。',
    en: 'Found for you in the registers; whether you do it is up to you.',
  },
  go: { zh: '去看看', en: 'See' },
  apply: { zh: '去申请', en: 'Apply' },
  certain: { zh: '按登记簿，您符合条件，不用再回答问题。', en: 'By the registers it is yours; no question is open.' },
  putAway: { zh: '不再提示', en: 'Do not show again' },
  off: { zh: '关闭主动服务', en: 'Switch such offers off' },
  isOff: { zh: '主动服务已关闭，不再为您查找。', en: 'Offers are off; nothing is looked for.' },
  on: { zh: '开启主动服务', en: 'Switch them on' },
})

/** What services offer by themselves because something happened in the registers, and the switch for all of it. Nothing where there is nothing. */
export function Offers() {
  const { say, yuan } = useSpeech()
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['my offers'],
    queryFn: () => api.get<AnswerOf<'GET /me/offers'>>('/me/offers'),
  })
  const choose = useAction((wanted: boolean, key) => api.post('/me/offers/choice', { wanted }, key))
  const dismiss = useAction((offerId: string, key) => api.post(`/me/offers/${offerId}/dismissal`, undefined, key))
  const certain = useCertain(data?.wanted === true, data?.items ?? [])
  if (!data) return null
  if (!data.wanted) {
    return (
      <p className="kit-quiet">
        {say(words.isOff)}{' '}
        <button type="button" className="kit-button kit-button-text" onClick={() => choose.mutate(true)}>
          {say(words.on)}
        </button>
      </p>
    )
  }
  if (data.items.length + certain.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="offers">
      <h2 id="offers">{say(words.title)}</h2>
      <p className="kit-quiet">{say(words.lead)}</p>
      <ul className="resident-list">
        {certain.map((item) => (
          <li key={item.flow} className="resident-row">
            <span className="resident-row-title">
              {say(item.title)} <AmountOf item={item} />
            </span>
            <span>{say(words.certain)}</span>
            <span className="kit-actions">
              <Link to={item.path} className="kit-button kit-button-primary">
                {say(words.apply)}
              </Link>
            </span>
          </li>
        ))}
        {data.items.map(({ offerId, title, text, path, amountFen }) => (
          <li key={offerId} className="resident-row">
            <span className="resident-row-title">
              {say(title)} {amountFen !== null && <strong>{yuan(amountFen)}</strong>}
            </span>
            <span>{say(text)}</span>
            <span className="kit-actions">
              <Link to={path} className="kit-button kit-button-primary">
                {say(words.go)}
              </Link>
              <button
                type="button"
                className="kit-button kit-button-text"
                disabled={dismiss.isPending}
                onClick={() => dismiss.mutate(offerId)}
              >
                {say(words.putAway)}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <button type="button" className="kit-button kit-button-text" onClick={() => choose.mutate(false)}>
        {say(words.off)}
      </button>
    </section>
  )
}

/** What is granted by the registers alone, but for what an offer names or is being done. Registers are not looked at where offers are off. */
function useCertain(isWanted: boolean, offers: ReadonlyArray<{ path: string }>) {
  const { data: items = [] } = useEntitlements(isWanted)
  const { data: cases = [] } = useMyCases()
  return certainOf(items).filter(
    ({ flow, path }) =>
      !offers.some((offer) => offer.path === path) && !cases.some((row) => row.flow === flow && row.closedAt === null),
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { defineWords, Empty, Loaded, type ServicePage, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { type Guide, serviceId, villageWords } from './words.ts'

const words = defineWords({
  title: { zh: '村里就能办', en: 'In your village' },
  summary: { zh: '城乡居民养老保险在村（社区）就近办理', en: 'Matters of the resident pension at a counter near you' },
  lead: {
    zh: '带上身份证到村（社区）服务点，能比对到的材料不用带。',
    en: 'Bring your identity card; what can be compared need not be brought.',
  },
  counters: { zh: '服务点', en: 'Counters' },
  near: { zh: '按我的位置排序', en: 'Nearest to me' },
  metres: { zh: '约 {count} 米', en: 'about {count} m' },
  noPlace: {
    zh: '没有取得您的位置，请在手机设置中允许定位；服务点仍按编号列出。',
    en: 'Your place is not known; allow it in the settings. The counters are listed by their codes.',
  },
  within: { zh: '在五公里服务圈内', en: 'within the circle of 5 km' },
  none: { zh: '本地区还没有开通村级服务点。', en: 'No counter has been opened in this region yet.' },
})

/** The guide for the public (B3.06), and where the counters are (B3.01). */
export const page: ServicePage = {
  id: 'village',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 60,
  path: '/services/village',
  Component: VillagePage,
}

function VillagePage() {
  const api = useApi()
  const { say } = useSpeech()
  const guides = useQuery({
    queryKey: ['village guides'],
    queryFn: () => api.get<{ items: Guide[] }>(`/services/${serviceId}/guides`),
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Counters />
      <Loaded query={guides}>
        {({ items }) => (
          <>
            {items.map((guide) => (
              <GuidePart key={guide.matter} guide={guide} />
            ))}
          </>
        )}
      </Loaded>
    </>
  )
}

function GuidePart({ guide: { matter, steps, reviewWorkingDays, limits } }: { guide: Guide }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  return (
    <section className="kit-section" aria-labelledby={matter}>
      <h2 id={matter}>{tell(`choices.${matter}`)}</h2>
      <dl className="kit-facts">
        <dt>{say(villageWords.who)}</dt>
        <dd>{tell(`guide.${matter}.who`)}</dd>
        <dt>{say(villageWords.bring)}</dt>
        <dd>{tell(`guide.${matter}.bring`)}</dd>
        <dt>{say(villageWords.steps)}</dt>
        <dd>
          {steps.map(({ title }) => say(title)).join(' → ')}
          {' · '}
          {reviewWorkingDays === 0 ? say(villageWords.atOnce) : say(villageWords.days, { count: reviewWorkingDays })}
        </dd>
        {limits.length > 0 && (
          <>
            <dt>{say(villageWords.rules)}</dt>
            <dd>{limits.map(({ name, value }) => tell(`limits.${name}`, { count: value })).join(' · ')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

type Found = {
  items: Array<{ code: string; name: string; distanceMetres: number | null; isWithinCircle: boolean | null }>
}
type Here = { longitudeE6: number; latitudeE6: number }

function Counters() {
  const api = useApi()
  const { say } = useSpeech()
  const [here, setHere] = useState<Here>()
  const [isUnknown, setUnknown] = useState(false)
  const counters = useQuery({
    queryKey: ['village counters', here],
    queryFn: () => api.get<Found>(`/services/${serviceId}/counters`, here ?? {}),
  })
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setUnknown(false)
        setHere({
          longitudeE6: Math.round(coords.longitude * 1e6),
          latitudeE6: Math.round(coords.latitude * 1e6),
        })
      },
      () => setUnknown(true),
    )
  return (
    <section className="kit-section" aria-labelledby="counters">
      <h2 id="counters">{say(words.counters)}</h2>
      <button type="button" className="kit-button" onClick={locate}>
        {say(words.near)}
      </button>
      {isUnknown && (
        <p className="kit-quiet" role="status">
          {say(words.noPlace)}
        </p>
      )}
      <Loaded query={counters}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul>
              {items.map(({ code, name, distanceMetres, isWithinCircle }) => (
                <li key={code}>
                  {name} <span className="kit-code">{code}</span>{' '}
                  {distanceMetres !== null && (
                    <span className="kit-quiet">{say(words.metres, { count: distanceMetres })}</span>
                  )}{' '}
                  {isWithinCircle === true && <span className="kit-badge">{say(words.within)}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

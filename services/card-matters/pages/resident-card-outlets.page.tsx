import { useQuery } from '@tanstack/react-query'
import { defineWords, Loaded, type ServicePage, useApi, useSpeech } from '../../../kit/door.ts'
import { cardWords, type OutletList, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '社保卡就近办', en: 'Card services nearby' },
  summary: {
    zh: '在哪里办社保卡，哪些网点立等可取',
    en: 'Where to go with card matters, and where you get a card while you wait',
  },
  bring: {
    zh: '请带上身份证。补卡一次办好：挂失、注销旧卡、制新卡、电子社保卡重新签发，不用跑第二趟。',
    en: 'Bring your identity card. A lost card is replaced in one go: loss, old card, new card and e-card; no second trip.',
  },
  atOnce: { zh: '立等可取', en: 'while you wait' },
  later: { zh: '集中制卡', en: 'made at the centre' },
  classA: {
    zh: 'A类网点，还可办 {classes} 类 {items} 项人社服务',
    en: 'class A: {items} services in {classes} classes',
  },
  none: { zh: '本地还没有登记网点。', en: 'No outlet is registered here yet.' },
})

/** Where residents go with card matters. */
export const page: ServicePage = {
  id: 'card-outlets',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 60,
  path: '/services/card-outlets',
  Component: OutletsPage,
}

function OutletsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const list = useQuery({
    queryKey: ['card outlets'],
    queryFn: () => api.get<OutletList>(`/services/${serviceId}/outlets`),
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p className="kit-note">{say(words.bring)}</p>
      <Loaded query={list}>
        {({ outlets }) =>
          outlets.length === 0 ? (
            <p>{say(words.none)}</p>
          ) : (
            <ul className="kit-card-list">
              {outlets.map(({ outletId, name, townshipName, place, instantIssue, classA, classes, items }) => (
                <li key={outletId}>
                  <div>
                    <strong>{name}</strong>
                    <p>
                      {say(townshipName)} · {say(cardWords[place])} · {say(instantIssue ? words.atOnce : words.later)}
                    </p>
                    {classA && <p className="kit-quiet">{say(words.classA, { classes, items })}</p>}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AnswerOf, defineWords, Empty, Loaded, RegionName, useApi, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '正在进行的活动', en: 'What is going on' },
  lead: {
    zh: '招聘会、培训和服务活动，本地区的和全国的。',
    en: 'Fairs, training and service campaigns, here and nationwide.',
  },
  none: { zh: '今天没有正在进行的活动。', en: 'Nothing is going on today.' },
  others: { zh: '其他活动', en: 'Other activities' },
  showOthers: { zh: '也看已结束和未开始的', en: 'Also what has ended or not begun' },
  when: { zh: '{begins} 起', en: 'from {begins}' },
  underWay: { zh: '{begins} 前已经开始', en: 'begun by {begins}' },
  until: { zh: '至 {ends}', en: 'until {ends}' },
  next: { zh: '每周举行，下一次 {day}', en: 'every week, next on {day}' },
  by: { zh: '主办：{organisers}', en: 'By {organisers}' },
  source: { zh: '来源：{source}', en: 'From {source}' },
})

type Activity = AnswerOf<'GET /registers/activities'>['items'][number]

/** What runs today for the people of this region; open to everybody, signed in or not. */
export function ActivitiesPage() {
  const { say } = useSpeech()
  const api = useApi()
  const [showsOthers, setShowsOthers] = useState(false)
  const activities = useQuery({
    queryKey: ['activities'],
    queryFn: () => api.get<AnswerOf<'GET /registers/activities'>>('/registers/activities', { region: api.region }),
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Loaded query={activities}>
        {({ items }) => {
          const running = items.filter(({ state }) => state === 'running')
          const others = items.filter((each) => !running.includes(each))
          return (
            <>
              {running.length === 0 ? <Empty>{say(words.none)}</Empty> : <ActivityList activities={running} />}
              {others.length > 0 && !showsOthers && (
                <button type="button" className="kit-button" onClick={() => setShowsOthers(true)}>
                  {say(words.showOthers)}
                </button>
              )}
              {showsOthers && (
                <>
                  <h2>{say(words.others)}</h2>
                  <ActivityList activities={others} />
                </>
              )}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function ActivityList({ activities }: { activities: readonly Activity[] }) {
  const { say, day } = useSpeech()
  return (
    <ul className="resident-list">
      {activities.map(({ id, name, region, theme, organisers, stateInWords, nextOn, source, ...span }) => (
        <li key={id} className="kit-section">
          <h3>{say(name)}</h3>
          <p className="kit-quiet">
            <RegionName code={region} /> · {say(stateInWords)} · <Span {...span} />
          </p>
          {nextOn !== null && <p>{say(words.next, { day: day(nextOn) })}</p>}
          {theme && <p>{say(theme)}</p>}
          {organisers && <p className="kit-quiet">{say(words.by, { organisers: say(organisers) })}</p>}
          <p className="kit-quiet">{say(words.source, { source })}</p>
        </li>
      ))}
    </ul>
  )
}

/** From when to when, as far as it is told: a day, a month or a year. */
function Span({ begins, isUnderWay, ends }: Pick<Activity, 'begins' | 'isUnderWay' | 'ends'>) {
  const { say } = useSpeech()
  const start = begins === null ? '' : say(isUnderWay ? words.underWay : words.when, { begins })
  const end = ends === null ? '' : say(words.until, { ends })
  return [start, end].filter(Boolean).join(' · ')
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Space } from 'antd'
import { useState } from 'react'
import { defineWords, type ServicePage, useApi, useSignedIn, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, Loaded, StaffPage, TakeAlong } from '../../../kit/staff/door.ts'
import { FoundOnTheWay, StopCard } from './visit-forms.tsx'
import { devices, type Route, serviceId, type Team, visitWords } from './words.ts'

const words = defineWords({
  title: { zh: '上门路线', en: 'Route of the day' },
  summary: {
    zh: '按时段列出当日要走的人家和要带的设备；在平板上逐户登记，没有网络也能填。',
    en: 'Whom the team visits that day, in order, and what it brings; record each on the tablet, with or without a connection.',
  },
  none: { zh: '这一天没有预约', en: 'No visits on that day' },
  noTeams: { zh: '还没有登记上门服务队', en: 'No team is registered yet' },
  bring: { zh: '出发前清点', en: 'Check before leaving' },
})

const base = `/services/${serviceId}`

/** A team's visits of a day, and the forms that are filled in on the way; made for a tablet, also without a connection. */
export const page: ServicePage = {
  id: 'home-visit-route',
  title: words.title,
  roles: ['accept', 'supervisor'],
  order: 47,
  path: '/home-visits/route',
  takenAlong: [`${base}/teams`, `${base}/route`],
  Component: RoutePage,
}

function useRoute(teamId: string, on: string) {
  const api = useApi()
  return { queryKey: ['home-visit route', teamId, on], queryFn: () => api.get<Route>(`${base}/route`, { teamId, on }) }
}

function RoutePage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const api = useApi()
  const [teamId, setTeamId] = useState<string>()
  const [on, setOn] = useState(today)
  const teams = useQuery({
    queryKey: ['home-visit teams'],
    queryFn: () => api.get<{ teams: Team[] }>(`${base}/teams`),
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={teams} isEmpty={({ teams: list }) => list.length === 0} emptyText={say(words.noTeams)}>
        {({ teams: list }) => {
          const chosen = list.find((team) => team.teamId === teamId) ?? list[0]
          return (
            <div className="staff-stack">
              <Space wrap>
                {list.map((team) => (
                  <Button
                    key={team.teamId}
                    size="large"
                    type={team === chosen ? 'primary' : 'default'}
                    aria-pressed={team === chosen}
                    onClick={() => setTeamId(team.teamId)}
                  >
                    {team.name}
                  </Button>
                ))}
                <Input
                  type="date"
                  size="large"
                  aria-label={say(visitWords.on)}
                  value={on}
                  onChange={(event) => setOn(event.target.value)}
                />
              </Space>
              {chosen && on !== '' && <Stops teamId={chosen.teamId} on={on} />}
            </div>
          )
        }}
      </Loaded>
    </StaffPage>
  )
}

function Stops({ teamId, on }: { teamId: string; on: string }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const api = useApi()
  const queries = useQueryClient()
  const { acting } = useSignedIn()
  const route = useQuery(useRoute(teamId, on))
  const needed = (stops: Route['stops']) =>
    devices
      .filter((device) => stops.some(({ plan }) => plan?.[device]))
      .map((device) => tell(`results.${device}`))
      .join(' · ')
  // Words of both languages, and what this page shows, read once more so that they are kept.
  const prepare = async () => {
    await Promise.all(['/me', '/messages/zh', '/messages/en', '/services', '/benefits'].map((path) => api.get(path)))
    await queries.refetchQueries({ type: 'active' })
  }
  return (
    <div className="staff-stack">
      <TakeAlong prepare={prepare} />
      <Loaded query={route} isEmpty={({ stops }) => stops.length === 0} emptyText={say(words.none)}>
        {({ stops }) => (
          <div className="staff-stack">
            <FactList facts={[{ label: say(words.bring), value: needed(stops) }]} />
            {stops.map((stop, index) => (
              <StopCard key={stop.caseId} stop={stop} place={index + 1} on={on} kit={needed([stop])} />
            ))}
          </div>
        )}
      </Loaded>
      {acting.role === 'accept' && <FoundOnTheWay />}
    </div>
  )
}

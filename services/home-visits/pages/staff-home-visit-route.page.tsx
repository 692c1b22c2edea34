import { useQuery } from '@tanstack/react-query'
import { Button, Card, Input, Space } from 'antd'
import { useState } from 'react'
import { defineWords, Link, type ServicePage, useApi, useSignedIn, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, Loaded, StaffPage } from '../../../kit/staff/door.ts'
import { devices, type matters, serviceId, type slots, type Team, visitWords } from './words.ts'

const words = defineWords({
  title: { zh: '上门路线', en: 'Route of the day' },
  summary: {
    zh: '按时段列出当日要走的人家和要带的设备；在平板上逐户登记结果。',
    en: 'Whom the team visits that day, in order, and what it brings; record each on the tablet.',
  },
  none: { zh: '这一天没有预约', en: 'No visits on that day' },
  noTeams: { zh: '还没有登记上门服务队', en: 'No team is registered yet' },
  bring: { zh: '出发前清点', en: 'Check before leaving' },
  open: { zh: '打开，登记结果', en: 'Open, and record it' },
  done: { zh: '已办结', en: 'done' },
})

/** A team's visits of a day; made for a tablet. */
export const page: ServicePage = {
  id: 'home-visit-route',
  title: words.title,
  roles: ['accept', 'supervisor'],
  order: 47,
  path: '/home-visits/route',
  Component: RoutePage,
}

type Stop = {
  caseId: string
  number: string
  status: string
  slot: (typeof slots)[number]
  place: string
  wish: string
  matter: (typeof matters)[number] | null
  plan: Record<(typeof devices)[number], boolean> | null
}

function RoutePage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const api = useApi()
  const [teamId, setTeamId] = useState<string>()
  const [on, setOn] = useState(today)
  const teams = useQuery({
    queryKey: ['home-visit teams'],
    queryFn: () => api.get<{ teams: Team[] }>(`/services/${serviceId}/teams`),
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
  const route = useQuery({
    queryKey: ['home-visit route', teamId, on],
    queryFn: () => api.get<{ stops: Stop[] }>(`/services/${serviceId}/route`, { teamId, on }),
  })
  const deviceNames = (stops: readonly Stop[]) =>
    devices
      .filter((device) => stops.some(({ plan }) => plan?.[device]))
      .map((device) => tell(`results.${device}`))
      .join(' · ')
  return (
    <Loaded query={route} isEmpty={({ stops }) => stops.length === 0} emptyText={say(words.none)}>
      {({ stops }) => (
        <div className="staff-stack">
          <FactList facts={[{ label: say(words.bring), value: deviceNames(stops) }]} />
          {stops.map((stop, index) => (
            <Card
              key={stop.caseId}
              size="small"
              title={`${index + 1}. ${say(visitWords[stop.slot])} · ${stop.place}`}
              extra={
                stop.status === 'done' ? say(words.done) : <Link to={`/cases/${stop.caseId}`}>{say(words.open)}</Link>
              }
            >
              <FactList
                facts={[
                  { label: say(visitWords.matter), value: stop.matter && say(visitWords[stop.matter]) },
                  { label: say(visitWords.kit), value: deviceNames([stop]) },
                  { label: say(visitWords.wish), value: stop.wish || null },
                ]}
              />
            </Card>
          ))}
        </div>
      )}
    </Loaded>
  )
}

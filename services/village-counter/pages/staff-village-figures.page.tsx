import { useQuery } from '@tanstack/react-query'
import { defineWords, formatRatePpm, type ServicePage, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FactList, Loaded, StaffPage } from '../../../kit/staff/door.ts'
import { serviceId, villageWords } from './words.ts'

const words = defineWords({
  title: { zh: '村级平台统计', en: 'Figures of village counters' },
  summary: {
    zh: '受理量、平均办结工作日和缩短天数、五公里服务圈覆盖。',
    en: 'Acceptances, average working days and how many fewer, and who lives within five kilometres.',
  },
  accepted: { zh: '受理', en: 'Accepted' },
  done: { zh: '办结', en: 'Done' },
  average: { zh: '平均工作日', en: 'Average working days' },
  baseline: { zh: '改革前', en: 'Before' },
  shortened: { zh: '缩短', en: 'Fewer' },
  residents: { zh: '居民', en: 'Residents' },
  covered: { zh: '圈内居民', en: 'Within the circle' },
  share: { zh: '覆盖率', en: 'Share' },
  outside: { zh: '圈外居民点', en: 'Outside' },
})

/** Acceptances by counter and matter, how much faster than before (B3-t5), and the circle (B3.01). */
export const page: ServicePage = {
  id: 'village-figures',
  title: words.title,
  summary: words.summary,
  roles: ['review', 'approve', 'supervisor', 'control'],
  order: 61,
  path: '/village/figures',
  Component: FiguresPage,
}

type Figures = {
  counters: Array<{ counter: string; name: string | null; accepted: number }>
  matters: Array<{
    matter: string
    accepted: number
    done: number
    averageTenths: number | null
    baselineDays: number
    shortenedTenths: number | null
  }>
}
type Coverage = {
  residents: number
  covered: number
  sharePpm: number
  outside: Array<{ code: string; name: string; residents: number }>
}

const tenths = (value: number | null) => (value === null ? '' : (value / 10).toFixed(1))

function FiguresPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const figures = useQuery({
    queryKey: ['village figures'],
    queryFn: () => api.get<Figures>(`/services/${serviceId}/figures`),
  })
  const circle = useQuery({
    queryKey: ['village coverage'],
    queryFn: () => api.get<Coverage>(`/services/${serviceId}/coverage`),
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={figures}>
        {({ counters, matters }) => (
          <>
            <DataTable
              rowKey="matter"
              dataSource={matters}
              columns={[
                { title: say(villageWords.matter), render: (_, { matter }) => tell(`choices.${matter}`) },
                { title: say(words.accepted), dataIndex: 'accepted' },
                { title: say(words.done), dataIndex: 'done' },
                { title: say(words.average), render: (_, { averageTenths }) => tenths(averageTenths) },
                { title: say(words.baseline), dataIndex: 'baselineDays' },
                { title: say(words.shortened), render: (_, { shortenedTenths }) => tenths(shortenedTenths) },
              ]}
            />
            <DataTable
              rowKey="counter"
              dataSource={counters}
              columns={[
                {
                  title: say(villageWords.counter),
                  render: (_, { counter, name }) => `${name ?? ''} ${counter}`.trim(),
                },
                { title: say(words.accepted), dataIndex: 'accepted' },
              ]}
            />
          </>
        )}
      </Loaded>
      <Loaded query={circle}>
        {({ residents, covered, sharePpm, outside }) => (
          <FactList
            facts={[
              { label: say(words.residents), value: residents },
              { label: say(words.covered), value: covered },
              { label: say(words.share), value: formatRatePpm(sharePpm) },
              { label: say(words.outside), value: outside.map(({ name }) => name).join('、') },
            ]}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

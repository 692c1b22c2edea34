import { useQuery } from '@tanstack/react-query'
import { defineWords, Empty, Loaded, type ServicePage, useApi, useSpeech } from '../../../kit/door.ts'

const words = defineWords({
  title: { zh: '人才“一事一议”结果公开', en: 'Talents: what panels decided' },
  summary: { zh: '公布票数和理由，不公布姓名', en: 'Votes and reasons, no names' },
  none: { zh: '还没有一事一议的结果。', en: 'No panel has decided yet.' },
  granted: { zh: '予以支持', en: 'supported' },
  refused: { zh: '不予支持', en: 'not supported' },
  votes: {
    zh: '赞成 {favour} 票，反对 {against} 票，弃权 {abstained} 票',
    en: '{favour} in favour, {against} against, {abstained} abstained',
  },
})

/** What panels decided case by case, without names (M6.02). */
export const page: ServicePage = {
  id: 'talent-decisions',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 65,
  path: '/services/talent-support/decisions',
  Component: DecisionsPage,
}

type Decision = {
  decidedOn: string
  outcome: 'granted' | 'refused'
  favour: number
  against: number
  abstained: number
  reasons: string
}

function DecisionsPage() {
  const { say, day } = useSpeech()
  const api = useApi()
  const decisions = useQuery({
    queryKey: ['talent decisions'],
    queryFn: () => api.get<{ items: Decision[] }>('/services/talent-support/decisions'),
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.summary)}</p>
      <Loaded query={decisions}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            items.map(({ decidedOn, outcome, reasons, ...votes }) => (
              <section className="kit-section" key={`${decidedOn} ${reasons}`}>
                <h2>
                  {day(decidedOn)} {say(words[outcome])}
                </h2>
                <p>{reasons}</p>
                <p className="kit-quiet">{say(words.votes, votes)}</p>
              </section>
            ))
          )
        }
      </Loaded>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  type BothLanguages,
  commonWords,
  defineWords,
  Loaded,
  type ServicePage,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const service = 'work-injury-settlement'

const words = defineWords({
  title: { zh: '工伤待遇有哪些', en: 'What work-injury insurance pays' },
  summary: { zh: '每一项待遇怎么办、依据是什么', en: 'Every benefit, how it is paid, and on what it stands' },
})

/** The benefits of this service and their procedures (A2.07). */
export const page: ServicePage = {
  id: 'benefits',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 30,
  path: '/services/work-injury/benefits',
  Component: BenefitsPage,
}

type Benefit = { code: string; title: BothLanguages; way: BothLanguages; clause: string }

function BenefitsPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { find } = useTeller(service)
  const benefits = useQuery({
    queryKey: ['benefits'],
    queryFn: async () => (await api.get<{ items: Benefit[] }>(`/services/${service}/benefits`)).items,
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={benefits}>
        {(items) => (
          <>
            {items.map(({ code, title, way, clause }) => (
              <section key={code} className="kit-section" aria-labelledby={code}>
                <h2 id={code}>{say(title)}</h2>
                <p>{say(way)}</p>
                <p className="kit-quiet">
                  {say(commonWords.clause)}: {find(`clauses.${clause}`)} <span className="kit-code">{clause}</span>
                </p>
              </section>
            ))}
          </>
        )}
      </Loaded>
    </>
  )
}

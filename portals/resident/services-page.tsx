import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, type BothLanguages, defineWords, Link, Loaded, useApi, useSpeech } from '../../kit/door.ts'
import { BenefitCards } from './benefit-cards.tsx'
import { servicePages } from './service-parts.ts'

const words = defineWords({
  title: { zh: '办事', en: 'Services' },
  itemCode: { zh: '事项编码', en: 'Item code' },
  asked: { zh: '需要您提供', en: 'What you are asked for' },
  askedNone: { zh: '不需要材料', en: 'No documents' },
  saved: { zh: '不用您提供（从共享数据读取）', en: 'What you need not bring (read from shared data)' },
})

type ServiceItem = AnswerOf<'GET /services'>['items'][number]

/** The public services of this region: what each is for, what is asked and what is not, and the way in. */
export function ServicesPage() {
  const api = useApi()
  const { say } = useSpeech()
  const services = useQuery({
    queryKey: ['services'],
    queryFn: async () => (await api.get<AnswerOf<'GET /services'>>('/services')).items,
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <ul className="kit-card-list">
        {servicePages
          .filter(({ path }) => !path.includes(':'))
          .map(({ id, path, title, summary }) => (
            <li key={id}>
              <Link to={path} className="kit-card-button">
                <span className="kit-card-title">{say(title)}</span>
                {summary && <span className="kit-card-text">{say(summary)}</span>}
              </Link>
            </li>
          ))}
        <BenefitCards />
      </ul>
      <Loaded query={services}>
        {(items) => (
          <>
            {items.map((item) => (
              <ServiceSection key={item.id} item={item} />
            ))}
          </>
        )}
      </Loaded>
    </>
  )
}

function ServiceSection({ item }: { item: ServiceItem }) {
  const { say } = useSpeech()
  return (
    <section className="kit-section" aria-labelledby={item.id}>
      <h2 id={item.id}>{say(item.title)}</h2>
      <p>{say(item.summary)}</p>
      <p className="kit-quiet">
        {say(words.itemCode)} <span className="kit-code">{item.itemCode}</span>
      </p>
      <h3>{say(words.asked)}</h3>
      {item.proofsAsked.length === 0 ? <p>{say(words.askedNone)}</p> : <ProofList proofs={item.proofsAsked} />}
      {item.proofsSaved.length > 0 && (
        <>
          <h3>{say(words.saved)}</h3>
          <ProofList proofs={item.proofsSaved} />
        </>
      )}
    </section>
  )
}

function ProofList({ proofs }: { proofs: readonly BothLanguages[] }) {
  const { say } = useSpeech()
  return (
    <ul>
      {proofs.map((proof) => (
        <li key={proof.zh}>{say(proof)}</li>
      ))}
    </ul>
  )
}

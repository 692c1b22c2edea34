import { useQuery } from '@tanstack/react-query'
import {
  defineWords,
  Empty,
  type FormField,
  go,
  Loaded,
  ProblemNote,
  QuestionPages,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { serviceId, suggestionFlow } from './words.ts'

const words = defineWords({
  title: { zh: '意见建议', en: 'Suggestions' },
  summary: { zh: '提出建议，按时得到答复', en: 'Say what should be better, and get an answer' },
  lead: {
    zh: '十个工作日内答复。反映工作人员的由监督人员办理。',
    en: 'Answered within ten working days. What concerns staff goes to supervision.',
  },
  send: { zh: '提交', en: 'Send' },
  published: { zh: '公开的建议和答复', en: 'Published suggestions and answers' },
  none: { zh: '还没有公开的建议。', en: 'None has been published yet.' },
  answer: { zh: '答复：', en: 'Answer: ' },
})

/** Writing a suggestion, and what was published (B2.05). */
export const page: ServicePage = {
  id: 'suggestions',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 90,
  path: '/services/suggestions',
  Component: SuggestionsPage,
}

const fields: FormField[] = [
  { name: 'topic', kind: 'choice', options: ['policy', 'counter', 'online', 'card', 'staff', 'other'], required: true },
  { name: 'text', kind: 'text', required: true },
  { name: 'mayPublish', kind: 'flag' },
]

function SuggestionsPage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <QuestionPages
        fields={fields}
        service={serviceId}
        flow={suggestionFlow}
        today={today}
        intro={<p>{say(words.lead)}</p>}
        end={(body) => <Ending body={{ mayPublish: false, ...body }} />}
      />
      <Published />
    </>
  )
}

function Ending({ body }: { body: Record<string, unknown> }) {
  const api = useApi()
  const { say } = useSpeech()
  const opening = { flow: suggestionFlow, body }
  const submit = useAction((_body: typeof opening, key) => api.post<StepTaken>('/cases', opening, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`, { replace: true }),
  })
  return (
    <>
      {submit.error && <ProblemNote error={submit.error} />}
      <button
        type="button"
        className="kit-button kit-button-primary"
        disabled={submit.isPending}
        onClick={() => submit.mutate(opening)}
      >
        {say(words.send)}
      </button>
    </>
  )
}

function Published() {
  const api = useApi()
  const { say, moment } = useSpeech()
  const { tell } = useTeller(serviceId)
  const list = useQuery({
    queryKey: ['published suggestions'],
    queryFn: () => api.get<{ items: PublishedItem[] }>(`/services/${serviceId}/published`),
  })
  return (
    <section className="kit-section" aria-labelledby="published">
      <h2 id="published">{say(words.published)}</h2>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul>
              {items.map(({ topic, text, answer, at }) => (
                <li key={`${at} ${text}`}>
                  <p>
                    <strong>{tell(`choices.${topic}`)}</strong> {text}
                  </p>
                  <p>
                    {say(words.answer)}
                    {answer} <span className="kit-quiet">{moment(at)}</span>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

type PublishedItem = { topic: string; text: string; answer: string; at: string }

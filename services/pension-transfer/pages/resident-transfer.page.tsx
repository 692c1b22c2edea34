import { useQuery } from '@tanstack/react-query'
import {
  defineWords,
  type FormField,
  findRuling,
  Loaded,
  QuestionPages,
  RulingPart,
  SendApplication,
  type ServicePage,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { serviceId, transferInFlow, transferWords } from './words.ts'

const words = defineWords({
  summary: {
    zh: '换了省份工作，缴费年限和账户在网上就能转过来，不用回原参保地',
    en: 'Months and account follow you to another province; no journey back',
  },
  lead: {
    zh: '大约 1 分钟。缴费、户籍和年龄由我们从登记簿读取；月数和资金由两地经办机构办理。',
    en: 'About a minute. Contributions, home and age are read from the registers; the two agencies do the rest.',
  },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  previewNote: {
    zh: '这是预判。提交后 15 个工作日内审核；原参保地再有 15 个工作日办理。',
    en: 'This is a preview. It is reviewed within 15 working days; the old region then has 15 working days.',
  },
  sources: { zh: '这些情况来自', en: 'This was read from' },
})

const fields: FormField[] = [
  { name: 'fromRegion', kind: 'region', required: true },
  { name: 'overlapAgreed', kind: 'flag', required: true },
]

/** Applying for the transfer: from where, months paid twice, what the rule says, sending. */
export const page: ServicePage = {
  id: 'pension-transfer',
  title: transferWords.title,
  summary: words.summary,
  roles: ['person'],
  order: 40,
  path: '/services/pension/transfer',
  Component: TransferPage,
}

function TransferPage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  return (
    <>
      <h1>{say(transferWords.title)}</h1>
      <QuestionPages
        fields={fields}
        service={serviceId}
        flow={transferInFlow}
        today={today}
        intro={<p>{say(words.lead)}</p>}
        end={(body) => <Ending body={body} />}
      />
    </>
  )
}

/** What the rule says to these answers, from which registers, and sending them. */
function Ending({ body }: { body: Record<string, unknown> }) {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const opening = { flow: transferInFlow, body }
  const preview = useQuery({
    queryKey: ['transfer preview', body],
    queryFn: () =>
      api.post<{ ruling: unknown; sources: Record<string, string> }>(`/services/${serviceId}/preview`, body),
    retry: false,
  })
  return (
    <section className="kit-section" aria-labelledby="preview">
      <h2 id="preview">{say(words.preview)}</h2>
      <Loaded query={preview}>
        {({ ruling: found, sources }) => {
          const ruling = findRuling(found)
          const isGranted = ruling?.outcome === 'granted'
          return (
            <>
              {ruling && <RulingPart ruling={ruling} service={serviceId} />}
              <p className="kit-quiet">
                {say(words.sources)}{' '}
                {[...new Set(Object.values(sources))].map((name) => tell(`register.${name}`)).join(' · ')}
              </p>
              <p className="kit-quiet">{say(words.previewNote)}</p>
              <SendApplication opening={opening} isGranted={isGranted} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

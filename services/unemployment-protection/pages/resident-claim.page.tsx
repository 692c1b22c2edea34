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
import { claimFlow, claimWords, serviceId } from './words.ts'

const words = defineWords({
  summary: {
    zh: '失业登记和申领一次办好，按月发放到社保卡，医疗保险由基金缴',
    en: 'Register and claim in one go; paid to your card each month, with your medical premium',
  },
  lead: {
    zh: '大约 2 分钟。缴费、就业和退休情况由我们从登记簿读取，不用您提供。',
    en: 'About 2 minutes. Contributions, employment and retirement are read from the registers.',
  },
  account: { zh: '待遇付到您的社保卡账户 {account}。', en: 'It is paid to the account of your card, {account}.' },
  accountMissing: {
    zh: '您的社保卡还没有银行账户，请先到发卡银行激活；也可以先申领，激活后再发放。',
    en: 'Your card has no bank account yet; activate it at the bank. You can claim now and be paid afterwards.',
  },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  previewNote: {
    zh: '这是预判。提交后由三位工作人员分别受理、复核和审批，以他们的决定为准。',
    en: 'This is a preview. Three officers accept, review and approve it; their decision counts.',
  },
  sources: { zh: '这些情况来自', en: 'This was read from' },
})

/** Claiming unemployment benefit: what no register holds, what the rule says, sending. */
export const page: ServicePage = {
  id: 'unemployment-claim',
  title: claimWords.title,
  summary: words.summary,
  roles: ['person'],
  order: 30,
  path: '/services/unemployment/claim',
  Component: ClaimPage,
}

type ClaimForm = { fields: FormField[]; accountMasked: string | null }

function ClaimPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const form = useQuery({
    queryKey: ['claim form'],
    queryFn: () => api.get<ClaimForm>(`/services/${serviceId}/form`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <h1>{say(claimWords.title)}</h1>
      <Loaded query={form}>
        {({ fields, accountMasked: account }) => (
          <QuestionPages
            fields={fields}
            service={serviceId}
            flow={claimFlow}
            today={today}
            intro={
              <>
                <p>{say(words.lead)}</p>
                {account === null ? (
                  <p className="kit-note kit-note-warning">{say(words.accountMissing)}</p>
                ) : (
                  <p>{say(words.account, { account })}</p>
                )}
              </>
            }
            end={(body) => <Ending body={body} />}
          />
        )}
      </Loaded>
    </>
  )
}

/** What the rule says to these answers, from which registers, and sending them. */
function Ending({ body }: { body: Record<string, unknown> }) {
  const api = useApi()
  const { say, yuan } = useSpeech()
  const { tell } = useTeller(serviceId)
  const opening = { flow: claimFlow, body }
  const preview = useQuery({
    queryKey: ['claim preview', body],
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
          const { months, monthFen } = ruling?.results ?? {}
          return (
            <>
              {months && typeof monthFen?.value === 'number' && (
                <p>
                  <strong>
                    {say(claimWords.term, { months: Number(months.value), monthFen: yuan(monthFen.value) })}
                  </strong>
                </p>
              )}
              {ruling && <RulingPart ruling={ruling} service={serviceId} />}
              <p className="kit-quiet">
                {say(words.sources)}{' '}
                {[...new Set(Object.values(sources))].map((name) => tell(`register.${name}`)).join(' · ')}
              </p>
              <p className="kit-quiet">{say(words.previewNote)}</p>
              <SendApplication opening={opening} isGranted={ruling?.outcome === 'granted'} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  defineWords,
  findRuling,
  Loaded,
  RulingPart,
  SendApplication,
  type ServicePage,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { pensionFlow, pensionWords, serviceId } from './words.ts'

const words = defineWords({
  summary: {
    zh: '不用填表：年龄、缴费从登记簿读取，按月发到社保卡',
    en: 'Nothing to fill in: age and payments are in the registers; paid to your card every month',
  },
  lead: {
    zh: '到龄又缴够的，系统会先找到您；也可以自己申请。',
    en: 'Whoever is due is found by itself; you may also apply.',
  },
  rule: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  sources: { zh: '这些情况来自', en: 'This was read from' },
  account: { zh: '养老金付到您的社保卡账户 {account}。', en: 'It is paid to the account of your card, {account}.' },
  accountMissing: {
    zh: '您的社保卡还没有银行账户，请先到发卡银行激活；也可以先申请，激活后再发放。',
    en: 'Your card has no bank account yet; activate it at the bank. You can apply now and be paid afterwards.',
  },
})

/** Applying for the pension: what the registers and the rule say, and sending. */
export const page: ServicePage = {
  id: 'resident-pension',
  title: pensionWords.title,
  summary: words.summary,
  roles: ['person'],
  order: 50,
  path: '/services/pension/resident',
  Component: PensionPage,
}

type Outlook = {
  ruling: unknown
  sources: Record<string, string>
  entitlement: { accountFen: number; accountMonthFen: number }
  accountMasked: string | null
}

function PensionPage() {
  const api = useApi()
  const { say } = useSpeech()
  const outlook = useQuery({
    queryKey: ['pension outlook'],
    queryFn: () => api.get<Outlook>(`/services/${serviceId}/outlook`),
    retry: false,
  })
  return (
    <>
      <h1>{say(pensionWords.title)}</h1>
      <p>{say(words.lead)}</p>
      <Loaded query={outlook}>{(found) => <OutlookPart {...found} />}</Loaded>
    </>
  )
}

function OutlookPart({ ruling: decided, sources, entitlement, accountMasked }: Outlook) {
  const { say, yuan } = useSpeech()
  const { tell } = useTeller(serviceId)
  const ruling = findRuling(decided)
  const isGranted = ruling?.outcome === 'granted'
  const opening = { flow: pensionFlow, step: 'apply', body: {} }
  return (
    <section className="kit-section" aria-labelledby="rule">
      <h2 id="rule">{say(words.rule)}</h2>
      {isGranted && (
        <dl className="kit-facts">
          <dt>{say(pensionWords.account)}</dt>
          <dd>{yuan(entitlement.accountFen)}</dd>
          <dt>{say(pensionWords.accountMonth)}</dt>
          <dd>{yuan(entitlement.accountMonthFen)}</dd>
        </dl>
      )}
      {ruling && <RulingPart ruling={ruling} service={serviceId} />}
      <p className="kit-quiet">
        {say(words.sources)} {[...new Set(Object.values(sources))].map((name) => tell(`register.${name}`)).join(' · ')}
      </p>
      {accountMasked === null ? (
        <p className="kit-note kit-note-warning">{say(words.accountMissing)}</p>
      ) : (
        <p>{say(words.account, { account: accountMasked })}</p>
      )}
      <SendApplication opening={opening} isGranted={isGranted} />
    </section>
  )
}

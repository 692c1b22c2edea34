import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  ChoiceField,
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
} from '../../../kit/door.ts'
import { loanFlow, loanWords, serviceId, useLoanForm } from './words.ts'

const words = defineWords({
  summary: {
    zh: '小微企业主、个体工商户申请，核定额度后由银行报价',
    en: 'For owners of small enterprises and individual businesses: credit is confirmed, then a bank makes an offer',
  },
  lead: {
    zh: '大约 2 分钟。企业类型、用工和减员情况由我们从登记簿读取，不用您提供。',
    en: 'About 2 minutes. Kind of business, headcount and layoffs are read from the registers.',
  },
  business: { zh: '用哪一家经营主体申请？', en: 'For which business?' },
  bank: { zh: '您想向哪家经办银行贷款？', en: 'From which bank do you want to borrow?' },
  none: {
    zh: '没有登记在您名下的小微企业或个体工商户，不能以个人名义申请。',
    en: 'No small enterprise or individual business is registered as yours, so you cannot apply as a person.',
  },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  previewNote: {
    zh: '这是预判。提交后由工作人员受理和核定，再由银行报价。',
    en: 'This is a preview. Officers accept and confirm it; then the bank makes its offer.',
  },
  credit: { zh: '可以核定 {creditFen}', en: '{creditFen} can be confirmed' },
})

/** An owner's application: for which business, how much, of which bank; what the rule says; sending. */
export const page: ServicePage = {
  id: 'job-loan',
  title: loanWords.title,
  summary: words.summary,
  roles: ['person'],
  order: 40,
  path: '/services/job-loan/apply',
  Component: LoanPage,
}

const fields: FormField[] = [{ name: 'requestedFen', kind: 'money', required: true }]

function LoanPage() {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const form = useLoanForm()
  const [businessId, setBusinessId] = useState('')
  const [bankId, setBankId] = useState('')
  return (
    <>
      <h1>{say(loanWords.title)}</h1>
      <Loaded query={form}>
        {({ banks, businesses }) => {
          const [first] = businesses
          const [firstBank] = banks
          if (!first || !firstBank) return <p className="kit-note kit-note-warning">{say(words.none)}</p>
          const chosen = { businessId: businessId || first.businessId, bankId: bankId || firstBank.bankId }
          return (
            <QuestionPages
              fields={fields}
              service={serviceId}
              flow={loanFlow}
              today={today}
              intro={
                <>
                  <p>{say(words.lead)}</p>
                  <ChoiceField
                    label={say(words.business)}
                    value={chosen.businessId}
                    onChange={setBusinessId}
                    options={businesses.map(({ businessId: value, name }) => ({ value, label: name }))}
                  />
                  <ChoiceField
                    label={say(words.bank)}
                    value={chosen.bankId}
                    onChange={setBankId}
                    options={banks.map(({ bankId: value, name }) => ({ value, label: name }))}
                  />
                </>
              }
              end={(body) => <Ending body={{ ...body, ...chosen }} />}
            />
          )
        }}
      </Loaded>
    </>
  )
}

function Ending({ body }: { body: Record<string, unknown> }) {
  const api = useApi()
  const { say, yuan } = useSpeech()
  const opening = { flow: loanFlow, body }
  const { bankId: _, ...asked } = body
  const preview = useQuery({
    queryKey: ['loan preview', asked],
    queryFn: () => api.post<{ ruling: unknown }>(`/services/${serviceId}/preview`, asked),
    retry: false,
  })
  return (
    <section className="kit-section" aria-labelledby="preview">
      <h2 id="preview">{say(words.preview)}</h2>
      <Loaded query={preview}>
        {({ ruling: found }) => {
          const ruling = findRuling(found)
          const creditFen = ruling?.results?.creditFen?.value
          return (
            <>
              {typeof creditFen === 'number' && (
                <p>
                  <strong>{say(words.credit, { creditFen: yuan(creditFen) })}</strong>
                </p>
              )}
              {ruling && <RulingPart ruling={ruling} service={serviceId} />}
              <p className="kit-quiet">{say(words.previewNote)}</p>
              <SendApplication opening={opening} isGranted={ruling?.outcome === 'granted'} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

import { defineWords, type ServicePage, useApi, useSpeech } from '../../../kit/door.ts'
import { Loaded, RuledForm, StaffPage } from '../../../kit/staff/door.ts'
import { loanFlow, loanWords, serviceId, useLoanForm } from './words.ts'

const words = defineWords({
  title: { zh: '申请稳岗扩岗专项贷款', en: 'Apply for the job-retention loan' },
  summary: {
    zh: '单位类型、用工和减员情况由登记簿取得，只问金额和银行。',
    en: 'Kind, headcount and layoffs come from the registers; only the amount and the bank are asked.',
  },
  what: { zh: '一、申请', en: '1. The application' },
  rule: { zh: '二、规则预判', en: '2. What the rule says' },
  requested: { zh: '申请的授信额度', en: 'Credit asked for' },
  submit: { zh: '提交申请', en: 'Send the application' },
})

/** The application of a business, by its officer. */
export const page: ServicePage = {
  id: 'job-loan-apply',
  title: words.title,
  roles: ['employer_officer'],
  order: 30,
  path: '/job-loan/apply',
  Component: ApplyPage,
}

function ApplyPage() {
  const { say } = useSpeech()
  const api = useApi()
  const form = useLoanForm()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={form}>
        {({ banks }) => (
          <RuledForm
            service={serviceId}
            title={words.what}
            ruleTitle={words.rule}
            submitLabel={words.submit}
            fields={[
              { name: 'requestedFen', kind: 'money', label: words.requested, required: true },
              {
                name: 'bankId',
                kind: 'choice',
                label: loanWords.bank,
                required: true,
                options: banks.map(({ bankId, name }) => ({ value: bankId, label: { zh: name, en: name } })),
              },
            ]}
            preview={({ requestedFen }) => api.post(`/services/${serviceId}/preview`, { requestedFen })}
            opening={(body) => ({ flow: loanFlow, body })}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import {
  commonWords,
  defineWords,
  findRuling,
  go,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { FieldsForm, type FieldValues, Loaded, ProblemAlert, RulingPanel, StaffPage } from '../../../kit/staff/door.ts'
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
  preview: { zh: '预判', en: 'Ask the rule' },
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
  const preview = useMutation({
    mutationFn: ({ requestedFen }: FieldValues) =>
      api.post<{ ruling: unknown }>(`/services/${serviceId}/preview`, { requestedFen }),
  })
  const submit = useAction((body: FieldValues, key) => api.post<StepTaken>('/cases', { flow: loanFlow, body }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  const asked = preview.variables
  const ruling = findRuling(preview.data?.ruling)
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card size="small" title={say(words.what)} style={{ maxWidth: 720 }}>
        <Loaded query={form}>
          {({ banks }) => (
            <FieldsForm
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
              submitLabel={say(words.preview)}
              isSubmitting={preview.isPending}
              onChange={() => preview.reset()}
              onSubmit={(values) => preview.mutate(values)}
            />
          )}
        </Loaded>
        <ProblemAlert error={preview.error} />
      </Card>
      {ruling && asked && (
        <Card size="small" title={say(words.rule)} style={{ maxWidth: 720 }}>
          <div className="staff-stack">
            <RulingPanel ruling={ruling} service={serviceId} />
            <Space>
              <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(asked)}>
                {say(words.submit)}
              </Button>
              <Button onClick={() => preview.reset()}>{say(commonWords.back)}</Button>
            </Space>
            <ProblemAlert error={submit.error} />
          </div>
        </Card>
      )}
    </StaffPage>
  )
}

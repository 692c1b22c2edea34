import { Button, Card, Upload } from 'antd'
import { useState } from 'react'
import { defineWords, go, type ServicePage, type StepTaken, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { type Field, FieldsForm, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { comparisonWords } from './comparison-words.ts'
import { flows, kindWords } from './words.ts'

const words = defineWords({
  title: { zh: '批量数据比对', en: 'Compare a list' },
  summary: {
    zh: '其他部门来函的名单；须有列明的依据，由另一位工作人员审批后比对。名单只存摘要。',
    en: 'The list of another department, on a listed basis; another officer approves. The list is kept as digests.',
  },
  file: { zh: '名单（CSV，列：idNumber,name）', en: 'The list (CSV with the columns idNumber,name)' },
  choose: { zh: '选择文件', en: 'Choose a file' },
  submit: { zh: '登记申请', en: 'Enter the request' },
})

/** Entering a comparison for another department (B2.03). */
export const page: ServicePage = {
  id: 'data-comparison',
  title: words.title,
  summary: words.summary,
  roles: ['accept'],
  order: 80,
  path: '/data-sharing/comparison',
  Component: ComparisonPage,
}

const optionsOf = (...names: Array<keyof typeof comparisonWords>) =>
  names.map((value) => ({ value, label: comparisonWords[value] }))
const compared = (['benefits', 'employments', 'death'] as const).map((value) => ({
  value,
  label: kindWords[value] ?? { zh: value, en: value },
}))
const fields: Field[] = [
  { name: 'department', kind: 'text', label: comparisonWords.department, required: true },
  { name: 'letter', kind: 'text', label: comparisonWords.letter, required: true },
  {
    name: 'basis',
    kind: 'choice',
    label: comparisonWords.basis,
    required: true,
    options: optionsOf('double_benefit_check', 'stop_after_death', 'fund_audit'),
  },
  { name: 'kind', kind: 'choice', label: comparisonWords.kind, required: true, options: compared },
  { name: 'wants', kind: 'choice', label: comparisonWords.wants, required: true, options: optionsOf('count', 'lines') },
]

function ComparisonPage() {
  const api = useApi()
  const { say } = useSpeech()
  const [csv, setCsv] = useState('')
  const request = useAction((opening: object, key) => api.post<StepTaken>('/cases', opening, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card size="small" style={{ maxWidth: 720 }}>
        <FieldsForm
          fields={fields}
          initial={{ wants: 'count' }}
          submitLabel={say(words.submit)}
          isSubmitting={request.isPending}
          onSubmit={(values) => request.mutate({ flow: flows.comparison, body: { ...values, csv } })}
        >
          <p>
            {say(words.file)}{' '}
            <Upload
              accept=".csv,text/csv"
              maxCount={1}
              beforeUpload={async (file) => {
                setCsv(await file.text())
                return false
              }}
              onRemove={() => setCsv('')}
            >
              <Button>{say(words.choose)}</Button>
            </Upload>
          </p>
        </FieldsForm>
        <ProblemAlert error={request.error} />
      </Card>
    </StaffPage>
  )
}

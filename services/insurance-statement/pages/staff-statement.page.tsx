import { Button, Card, Result } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  type Person,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { type Field, FieldsForm, PersonSearch, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { type Issued, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '窗口开具权益单、参保证明', en: 'Statements and proofs at the counter' },
  summary: {
    zh: '为到窗口的人员开具；谁开具、用途都留痕，本人可以看到。',
    en: 'For the person at the counter; who issues it and what for is kept, and the person can see it.',
  },
  who: { zh: '一、人员', en: '1. The person' },
  what: { zh: '二、证明', en: '2. The paper' },
  purpose: { zh: '窗口开具证明', en: 'a certificate at the counter' },
  change: { zh: '换人', en: 'Another person' },
  kind: { zh: '种类', en: 'Which' },
  statement: { zh: '权益单', en: 'Statement' },
  proof: { zh: '参保证明', en: 'Proof of insurance' },
  year: { zh: '年度', en: 'Year' },
  usedFor: { zh: '用途', en: 'What for' },
  issue: { zh: '开具', en: 'Issue' },
  issued: { zh: '已开具', en: 'Issued' },
  open: { zh: '打开 PDF', en: 'Open the PDF' },
})

/** Issuing a statement or proof to somebody who came to the counter. */
export const page: ServicePage = {
  id: 'insurance-statement-counter',
  title: words.title,
  roles: ['accept'],
  order: 50,
  path: '/insurance-papers',
  Component: CounterPage,
}

function CounterPage() {
  const { say } = useSpeech()
  const [person, setPerson] = useState<Person>()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card
        size="small"
        title={person ? `${say(words.who)}: ${person.name} ${person.idNumberMasked}` : say(words.who)}
        extra={person && <Button onClick={() => setPerson(undefined)}>{say(words.change)}</Button>}
      >
        {!person && <PersonSearch purpose={say(words.purpose)} onChoose={setPerson} />}
      </Card>
      {person && <PaperForm key={person.personId} personId={person.personId} />}
    </StaffPage>
  )
}

const fields: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: words.kind,
    required: true,
    options: [
      { value: 'statement', label: words.statement },
      { value: 'proof', label: words.proof },
    ],
  },
  { name: 'year', kind: 'count', label: words.year, required: true, askedWhen: { field: 'kind', is: ['statement'] } },
  { name: 'purpose', kind: 'text', label: words.usedFor, required: true },
]

function PaperForm({ personId }: { personId: string }) {
  const api = useApi()
  const { say, language } = useSpeech()
  const { today } = useSignedIn()
  const issue = useAction((wanted: Record<string, unknown>, key) =>
    api.post<Issued>(`/services/${serviceId}/papers-at-counter`, { personId, wanted }, key),
  )
  return (
    <Card size="small" title={say(words.what)}>
      <FieldsForm
        fields={fields}
        initial={{ kind: 'proof', year: Number(today.slice(0, 4)) - 1 }}
        submitLabel={say(words.issue)}
        isSubmitting={issue.isPending}
        onSubmit={(values) => issue.mutate(values)}
      />
      <ProblemAlert error={issue.error} />
      {issue.data && (
        <Result
          status="success"
          title={`${say(words.issued)} ${issue.data.code}`}
          extra={
            <Button href={api.href(`/certificates/${issue.data.certificateId}/file`, { language })} target="_blank">
              {say(words.open)}
            </Button>
          }
        />
      )}
    </Card>
  )
}

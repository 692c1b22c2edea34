import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { useState } from 'react'
import {
  commonWords,
  defineWords,
  type FormField,
  go,
  type Person,
  type Ruling,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import {
  type Field,
  FieldsForm,
  type FieldValues,
  Loaded,
  PersonSearch,
  ProblemAlert,
  RulingPanel,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { serviceId, servicePath, useServiceTeller } from './staff-service.ts'

const words = defineWords({
  title: { zh: '窗口代办备案', en: 'File at the counter' },
  summary: {
    zh: '为到窗口的参保人录入备案申请；登记簿已有的不再要求。',
    en: 'Enters a filing for the person at the counter; what the registers know is not asked.',
  },
  who: { zh: '一、参保人', en: '1. The insured person' },
  what: { zh: '二、申请内容', en: '2. The application' },
  rule: { zh: '三、规则预判', en: '3. What the rule says' },
  purpose: { zh: '窗口代办异地就医备案', en: 'filing at the counter' },
  change: { zh: '换人', en: 'Another person' },
  preview: { zh: '预判', en: 'Ask the rule' },
  submit: { zh: '提交申请', en: 'Submit the application' },
})

/** Fields that the server gives as data, with the words of its message files. */
function useServerFields(): (fields: readonly FormField[]) => Field[] {
  const { find, tell } = useServiceTeller()
  const same = (text: string) => ({ zh: text, en: text })
  return (fields) =>
    fields.map(({ name, kind, options, required, askedWhen }) => {
      const help = find(`form.filing.${name}.help`)
      return {
        name,
        kind,
        label: same(tell(`form.filing.${name}`)),
        ...(options && { options: options.map((value) => ({ value, label: same(tell(`choices.${value}`)) })) }),
        ...(required !== undefined && { required }),
        ...(askedWhen && { askedWhen }),
        ...(help !== undefined && { help: same(help) }),
      }
    })
}

function FileForPage() {
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
      {person && <FilingForm key={person.personId} personId={person.personId} />}
    </StaffPage>
  )
}

function FilingForm({ personId }: { personId: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const withWords = useServerFields()
  const form = useQuery({
    queryKey: ['filing-form', personId],
    queryFn: () => api.get<{ fields: FormField[] }>(`${servicePath}/form/filing`, { personId }),
  })
  const preview = useMutation({
    mutationFn: (values: FieldValues) =>
      api.post<{ ruling: Ruling }>(`${servicePath}/filing/preview`, { ...values, personId }),
  })
  const submit = useAction(
    (body: FieldValues, key) =>
      api.post<StepTaken>('/cases', { flow: 'filing', body: { ...body, personId }, subject: { personId } }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  const asked = preview.variables
  return (
    <>
      <Card size="small" title={say(words.what)} style={{ maxWidth: 720 }}>
        <Loaded query={form}>
          {({ fields }) => (
            <FieldsForm
              fields={withWords(fields)}
              submitLabel={say(words.preview)}
              isSubmitting={preview.isPending}
              onChange={() => preview.reset()}
              onSubmit={(values) => preview.mutate(values)}
            />
          )}
        </Loaded>
        <ProblemAlert error={preview.error} />
      </Card>
      {preview.data && asked && (
        <Card size="small" title={say(words.rule)} style={{ maxWidth: 720 }}>
          <div className="staff-stack">
            <RulingPanel ruling={preview.data.ruling} service={serviceId} />
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
    </>
  )
}

/** Filing for the person who stands at the counter. */
export const page: ServicePage = {
  id: 'work-injury-file-for',
  title: words.title,
  roles: ['accept'],
  order: 20,
  path: '/work-injury/file-for',
  Component: FileForPage,
}

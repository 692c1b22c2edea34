import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { useState } from 'react'
import {
  commonWords,
  defineWords,
  type FormField,
  findRuling,
  go,
  type Person,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import {
  FieldsForm,
  type FieldValues,
  Loaded,
  PersonSearch,
  ProblemAlert,
  RulingPanel,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { claimFlow, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '窗口代申领失业保险金', en: 'Claim unemployment benefit at the counter' },
  summary: {
    zh: '为到窗口的失业人员办理登记和申领；登记簿已有的不再要求。',
    en: 'Registers and claims for the person at the counter; what the registers know is not asked.',
  },
  who: { zh: '一、失业人员', en: '1. The person' },
  what: { zh: '二、询问', en: '2. What is asked' },
  rule: { zh: '三、规则预判', en: '3. What the rule says' },
  purpose: { zh: '窗口代申领失业保险金', en: 'a claim at the counter' },
  change: { zh: '换人', en: 'Another person' },
  preview: { zh: '预判', en: 'Ask the rule' },
  submit: { zh: '提交申领', en: 'Send the claim' },
})

/** Claiming for the person who stands at the counter. */
export const page: ServicePage = {
  id: 'unemployment-claim-for',
  title: words.title,
  roles: ['accept'],
  order: 40,
  path: '/unemployment/claim-for',
  Component: ClaimForPage,
}

function ClaimForPage() {
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
      {person && <ClaimForm key={person.personId} personId={person.personId} />}
    </StaffPage>
  )
}

function ClaimForm({ personId }: { personId: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const { tell } = useTeller(serviceId)
  const same = (text: string) => ({ zh: text, en: text })
  const form = useQuery({
    queryKey: ['claim-form', personId],
    queryFn: () => api.get<{ fields: FormField[] }>(`/services/${serviceId}/form`, { personId }),
  })
  const preview = useMutation({
    mutationFn: (values: FieldValues) =>
      api.post<{ ruling: unknown }>(`/services/${serviceId}/preview`, { ...bodyOf(values), personId }),
  })
  const submit = useAction(
    (values: FieldValues, key) =>
      api.post<StepTaken>('/cases', { flow: claimFlow, body: { ...bodyOf(values), personId } }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  const asked = preview.variables
  const ruling = findRuling(preview.data?.ruling)
  return (
    <>
      <Card size="small" title={say(words.what)} style={{ maxWidth: 720 }}>
        <Loaded query={form}>
          {({ fields }) => (
            <FieldsForm
              fields={fields.map(({ name, kind, options, required }) => ({
                name,
                kind,
                label: same(tell(`form.${claimFlow}.${name}`)),
                ...(options && { options: options.map((value) => ({ value, label: same(tell(`choices.${value}`)) })) }),
                ...(required !== undefined && { required }),
              }))}
              initial={{ seeksWork: true }}
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
    </>
  )
}

/** A switch that was left alone says no. */
function bodyOf(values: FieldValues): FieldValues {
  return { seeksWork: false, ...values }
}

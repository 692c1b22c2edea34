import { Button, Card } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  go,
  type Person,
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
  PersonSearch,
  ProblemAlert,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '窗口手工报销', en: 'Manual claim at the counter' },
  summary: {
    zh: '未能直接结算的住院由系统自动立案；其他情形在此立案。',
    en: 'Stays that could not be settled directly open a claim by themselves; others are entered here.',
  },
  who: { zh: '参保人', en: 'The insured person' },
  change: { zh: '换人', en: 'Another person' },
  purpose: { zh: '窗口办理手工报销', en: 'manual claim at the counter' },
  about: { zh: '就医情况', en: 'The treatment' },
  why: { zh: '未直接结算的原因', en: 'Why it was not settled directly' },
  institution_not_live: { zh: '医疗机构尚未开通', en: 'the institution is not live' },
  emergency_without_filing: { zh: '急诊，来不及备案', en: 'an emergency, without a filing' },
  outpatient_not_direct: { zh: '门诊暂不直接结算', en: 'outpatient care is not settled directly' },
  other: { zh: '其他', en: 'other' },
  submit: { zh: '立案', en: 'Open the claim' },
})

const reasons = ['institution_not_live', 'emergency_without_filing', 'outpatient_not_direct', 'other'] as const

const fields: Field[] = [
  { name: 'institutionName', kind: 'text', label: serviceWords.institution, required: true },
  { name: 'treatmentRegion', kind: 'region', label: serviceWords.treatmentRegion, required: true },
  { name: 'admittedOn', kind: 'date', label: serviceWords.admittedOn, required: true },
  { name: 'dischargedOn', kind: 'date', label: serviceWords.dischargedOn, required: true },
  {
    name: 'reason',
    kind: 'choice',
    label: words.why,
    required: true,
    options: reasons.map((value) => ({ value, label: words[value] })),
  },
]

function ClaimForPage() {
  const { say } = useSpeech()
  const api = useApi()
  const [person, setPerson] = useState<Person>()
  const open = useAction(
    (body: FieldValues & { personId: string }, key) =>
      api.post<StepTaken>(
        '/cases',
        { flow: 'claim', step: 'openByPerson', body, subject: { personId: body.personId } },
        key,
      ),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card
        size="small"
        title={person ? `${say(words.who)}: ${person.name} ${person.idNumberMasked}` : say(words.who)}
        extra={person && <Button onClick={() => setPerson(undefined)}>{say(words.change)}</Button>}
      >
        {!person && <PersonSearch purpose={say(words.purpose)} onChoose={setPerson} />}
      </Card>
      {person && (
        <Card size="small" title={say(words.about)} style={{ maxWidth: 720 }}>
          <FieldsForm
            fields={fields}
            submitLabel={say(words.submit)}
            isSubmitting={open.isPending}
            onSubmit={(values) => open.mutate({ ...values, personId: person.personId })}
          />
          <ProblemAlert error={open.error} />
        </Card>
      )}
    </StaffPage>
  )
}

/** Opening a manual claim for the person who stands at the counter. */
export const page: ServicePage = {
  id: 'work-injury-claim-for',
  title: words.title,
  roles: ['accept'],
  order: 21,
  path: '/work-injury/claim-for',
  Component: ClaimForPage,
}

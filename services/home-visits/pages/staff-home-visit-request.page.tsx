import { useState } from 'react'
import { defineWords, type Person, type ServicePage, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { type Field, PersonSearch, RuledForm, StaffPage } from '../../../kit/staff/door.ts'
import { matters, reasons, serviceId, visitFlow, visitWords } from './words.ts'

const words = defineWords({
  title: { zh: '代为申请上门', en: 'Ask for a visit' },
  summary: {
    zh: '为来电、来人或村里需要上门的人申请。',
    en: 'For people who called, came, or need it in the village.',
  },
  what: { zh: '申请内容', en: 'The request' },
  rule: { zh: '规则预判', en: 'What the rule says' },
  submit: { zh: '提交', en: 'Send' },
  purpose: { zh: '上门服务申请', en: 'Request for a visit' },
  idNumber: { zh: '被服务人身份证号码', en: 'Identity number of whom is visited' },
  name: { zh: '姓名', en: 'Name' },
  evidence: { zh: '已看过病情证明、残疾人证等', en: 'A medical or disability certificate was seen' },
})

/** Where officers and village operators ask for a visit for somebody. */
export const page: ServicePage = {
  id: 'home-visit-request',
  title: words.title,
  roles: ['accept', 'village_operator'],
  order: 48,
  path: '/home-visits/request',
  Component: RequestPage,
}

function RequestPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const [person, setPerson] = useState<Person>()
  const isVillage = acting?.role === 'village_operator'
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {!isVillage && <PersonSearch purpose={say(words.purpose)} onChoose={setPerson} />}
      {(isVillage || person) && <RequestForm key={person?.personId} person={person} />}
    </StaffPage>
  )
}

function RequestForm({ person }: { person: Person | undefined }) {
  const api = useApi()
  const named: Field[] = person
    ? []
    : [
        { name: 'idNumber', kind: 'identity', label: words.idNumber, required: true },
        { name: 'name', kind: 'text', label: words.name, required: true },
      ]
  const whole = (values: object) => (person ? { ...values, personId: person.personId } : values)
  return (
    <RuledForm
      service={serviceId}
      title={words.what}
      ruleTitle={words.rule}
      submitLabel={words.submit}
      fields={[...named, ...fields]}
      initial={{ reason: 'very_old', matter: 'card_replacement' }}
      preview={(values) => api.post(`/services/${serviceId}/preview`, whole(values))}
      opening={(values) => ({ flow: visitFlow, body: whole(values) })}
    />
  )
}

const fields: Field[] = [
  {
    name: 'reason',
    kind: 'choice',
    label: visitWords.reason,
    required: true,
    options: reasons.map((value) => ({ value, label: visitWords[value] })),
  },
  {
    name: 'matter',
    kind: 'choice',
    label: visitWords.matter,
    required: true,
    options: matters.map((value) => ({ value, label: visitWords[value] })),
  },
  { name: 'place', kind: 'text', label: visitWords.place, required: true },
  { name: 'wish', kind: 'text', label: visitWords.wish },
  {
    name: 'evidenceShown',
    kind: 'flag',
    label: words.evidence,
    askedWhen: { field: 'reason', is: ['seriously_ill', 'limited_mobility'] },
  },
]

import { defineWords, type FormField, type ServicePage, useApi } from '../../../kit/door.ts'
import { type FieldValues, PersonAtCounter, RuledForm, useFieldsInWords } from '../../../kit/staff/door.ts'
import { serviceId, transferInFlow } from './words.ts'

const words = defineWords({
  title: { zh: '窗口代办养老保险关系转入', en: 'Transfer a pension relation at the counter' },
  summary: {
    zh: '为到窗口的参保人申请转移；缴费、户籍和年龄由登记簿读取。',
    en: 'Applies for the person at the counter; contributions, home and age are read from the registers.',
  },
  who: { zh: '一、参保人', en: '1. The person' },
  what: { zh: '二、询问', en: '2. What is asked' },
  rule: { zh: '三、规则预判', en: '3. What the rule says' },
  purpose: { zh: '窗口代办养老保险关系转入', en: 'a transfer of the pension relation at the counter' },
  submit: { zh: '提交申请', en: 'Send the application' },
})

const fields: FormField[] = [
  { name: 'fromRegion', kind: 'region', required: true },
  { name: 'overlapAgreed', kind: 'flag', required: true },
]

/** Applying for the person who stands at the counter. */
export const page: ServicePage = {
  id: 'pension-transfer-for',
  title: words.title,
  roles: ['accept'],
  order: 60,
  path: '/pension/transfer-for',
  Component: TransferForPage,
}

function TransferForPage() {
  return <PersonAtCounter {...words}>{(personId) => <TransferForm personId={personId} />}</PersonAtCounter>
}

function TransferForm({ personId }: { personId: string }) {
  const api = useApi()
  const inWords = useFieldsInWords(serviceId, transferInFlow)
  return (
    <RuledForm
      service={serviceId}
      title={words.what}
      ruleTitle={words.rule}
      submitLabel={words.submit}
      fields={inWords(fields)}
      initial={{ overlapAgreed: true }}
      preview={(values) => api.post(`/services/${serviceId}/preview`, { ...bodyOf(values), personId })}
      opening={(values) => ({ flow: transferInFlow, body: { ...bodyOf(values), personId } })}
    />
  )
}

/** A switch that was left alone says no. */
function bodyOf(values: FieldValues): FieldValues {
  return { overlapAgreed: false, ...values }
}

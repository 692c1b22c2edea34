import { useQuery } from '@tanstack/react-query'
import { defineWords, type FormField, type ServicePage, useApi } from '../../../kit/door.ts'
import { type FieldValues, Loaded, PersonAtCounter, RuledForm, useFieldsInWords } from '../../../kit/staff/door.ts'
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
  return <PersonAtCounter {...words}>{(personId) => <ClaimForm personId={personId} />}</PersonAtCounter>
}

function ClaimForm({ personId }: { personId: string }) {
  const api = useApi()
  const inWords = useFieldsInWords(serviceId, claimFlow)
  const form = useQuery({
    queryKey: ['claim-form', personId],
    queryFn: () => api.get<{ fields: FormField[] }>(`/services/${serviceId}/form`, { personId }),
  })
  return (
    <Loaded query={form}>
      {({ fields }) => (
        <RuledForm
          service={serviceId}
          title={words.what}
          ruleTitle={words.rule}
          submitLabel={words.submit}
          fields={inWords(fields)}
          initial={{ seeksWork: true }}
          preview={(values) => api.post(`/services/${serviceId}/preview`, { ...bodyOf(values), personId })}
          opening={(values) => ({ flow: claimFlow, body: { ...bodyOf(values), personId } })}
        />
      )}
    </Loaded>
  )
}

/** A switch that was left alone says no. */
function bodyOf(values: FieldValues): FieldValues {
  return { seeksWork: false, ...values }
}

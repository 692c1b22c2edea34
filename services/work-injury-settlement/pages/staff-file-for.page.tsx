import { useQuery } from '@tanstack/react-query'
import { defineWords, type FormField, type ServicePage, useApi } from '../../../kit/door.ts'
import { Loaded, PersonAtCounter, RuledForm, useFieldsInWords } from '../../../kit/staff/door.ts'
import { serviceId, servicePath } from './staff-service.ts'

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
  submit: { zh: '提交申请', en: 'Submit the application' },
})

function FileForPage() {
  return <PersonAtCounter {...words}>{(personId) => <FilingForm personId={personId} />}</PersonAtCounter>
}

function FilingForm({ personId }: { personId: string }) {
  const api = useApi()
  const inWords = useFieldsInWords(serviceId, 'filing')
  const form = useQuery({
    queryKey: ['filing-form', personId],
    queryFn: () => api.get<{ fields: FormField[] }>(`${servicePath}/form/filing`, { personId }),
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
          preview={(values) => api.post(`${servicePath}/filing/preview`, { ...values, personId })}
          opening={(body) => ({ flow: 'filing', body: { ...body, personId }, subject: { personId } })}
        />
      )}
    </Loaded>
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

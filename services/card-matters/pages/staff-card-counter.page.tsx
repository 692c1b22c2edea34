import { useQuery } from '@tanstack/react-query'
import { defineWords, type ServicePage, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { type Field, Loaded, RuledForm, StaffPage } from '../../../kit/staff/door.ts'
import { cardWords, matterFlow, matters, type OutletList, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '社保卡柜面办理', en: 'Card counter' },
  summary: {
    zh: '凭身份证件办理七项社保卡业务；补卡一次办好：挂失、注销、制卡、启用、电子社保卡重新签发。',
    en: 'Seven card matters by identity document; a replacement does everything in one go, the e-card too.',
  },
  what: { zh: '一、办理内容', en: '1. The matter' },
  rule: { zh: '二、规则预判', en: '2. What the rule says' },
  submit: { zh: '受理', en: 'Accept' },
  idNumber: { zh: '身份证号码', en: 'Identity number' },
  name: { zh: '姓名', en: 'Name' },
  byProxy: { zh: '代办（本人未到场）', en: 'By a proxy (the holder is not here)' },
  proxyShown: { zh: '已查验双方身份证件', en: 'Identity documents of both were seen' },
  phone: { zh: '手机号码', en: 'Phone number' },
  account: { zh: '银行账号', en: 'Bank account' },
  counter: { zh: '银行柜台', en: "Bank's counter" },
})

/** Where card matters are accepted: by a bank's officer, or at the bank's counter in a hall by an officer of the hall. */
export const page: ServicePage = {
  id: 'card-counter',
  title: words.title,
  roles: ['bank_officer', 'accept'],
  order: 40,
  path: '/card-matters/counter',
  Component: CounterPage,
}

function CounterPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const outlets = useQuery({
    queryKey: ['card outlets'],
    queryFn: () => api.get<OutletList>(`/services/${serviceId}/outlets`),
  })
  const isBank = acting?.role === 'bank_officer'
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={outlets}>
        {({ outlets: list }) => (
          <RuledForm
            service={serviceId}
            title={words.what}
            ruleTitle={words.rule}
            submitLabel={words.submit}
            fields={[...(isBank ? [] : [counterField(list)]), ...fields]}
            initial={{ matter: 'replacement' }}
            preview={(values) => api.post(`/services/${serviceId}/preview`, values)}
            opening={(body) => ({ flow: matterFlow, body })}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function counterField(list: OutletList['outlets']): Field {
  return {
    name: 'outletId',
    kind: 'select',
    label: words.counter,
    required: true,
    options: list.map(({ outletId, name, townshipName }) => ({
      value: outletId,
      label: { zh: `${name}（${townshipName.zh}）`, en: `${name} (${townshipName.en})` },
    })),
  }
}

const fields: Field[] = [
  {
    name: 'matter',
    kind: 'choice',
    label: cardWords.matter,
    required: true,
    options: matters.map((value) => ({ value, label: cardWords[value] })),
  },
  { name: 'idNumber', kind: 'identity', label: words.idNumber, required: true },
  { name: 'name', kind: 'text', label: words.name, required: true },
  { name: 'byProxy', kind: 'flag', label: words.byProxy },
  { name: 'proxyShown', kind: 'flag', label: words.proxyShown, askedWhen: { field: 'byProxy', is: [true] } },
  {
    name: 'phone',
    kind: 'text',
    label: words.phone,
    askedWhen: { field: 'matter', is: ['new_card', 'information_change'] },
  },
  {
    name: 'accountNumber',
    kind: 'text',
    label: words.account,
    required: true,
    askedWhen: { field: 'matter', is: ['open_financial'] },
  },
]

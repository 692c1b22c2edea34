import { useQuery } from '@tanstack/react-query'
import { Card, Radio } from 'antd'
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
import { DataTable, FieldsForm, fenColumn, PersonSearch, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '外出务工奖补应发未发', en: 'Rewards due and not paid' },
  summary: {
    zh: '符合条件、本年还没有发到的人；用“免申即享”批次核发。',
    en: 'Who meets the conditions and was not paid this year; a round pays them.',
  },
  transport: { zh: '一次性交通补贴', en: 'Transport' },
  outside: { zh: '外出务工补贴', en: 'Working outside' },
  fujian: { zh: '赴闽就业补贴', en: 'Working in Fujian' },
  which: { zh: '补贴种类', en: 'Which subsidy' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  amount: { zh: '应发金额', en: 'Due' },
  underWay: { zh: '在办件', en: 'Under way' },
  total: { zh: '应发未发 {count} 人', en: '{count} people are due and not paid' },
  register: { zh: '登记外出务工', en: 'Register work away from home' },
  place: { zh: '务工地', en: 'Place of work' },
  employer: { zh: '用工单位', en: 'Employer' },
  from: { zh: '从哪一天起', en: 'Since' },
  save: { zh: '登记', en: 'Register' },
  saved: { zh: '已登记', en: 'Registered' },
})

const kinds = [
  { value: 'transport-subsidy', label: words.transport },
  { value: 'outside-work-subsidy', label: words.outside },
  { value: 'fujian-work-subsidy', label: words.fujian },
] as const

type Line = { personId: string; name: string; idNumberMasked: string; amountFen: number; caseNumber: string | null }

/** Who is due a subsidy and was not paid; the counter also registers work away from home. */
export const page: ServicePage = {
  id: 'migrant-work-due',
  title: words.title,
  roles: ['accept', 'review', 'approve', 'supervisor', 'audit'],
  order: 63,
  path: '/migrant-work/due',
  Component: DuePage,
}

function DuePage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {acting.role === 'accept' ? <Registering /> : <DueList />}
    </StaffPage>
  )
}

function DueList() {
  const { say } = useSpeech()
  const api = useApi()
  const [benefit, setBenefit] = useState<string>(kinds[0].value)
  const found = useQuery({
    queryKey: ['due not paid', benefit],
    queryFn: () => api.get<{ items: Line[] }>('/services/migrant-work-rewards/due-not-paid', { benefit }),
  })
  const items = found.data?.items ?? []
  return (
    <>
      <Radio.Group
        aria-label={say(words.which)}
        optionType="button"
        value={benefit}
        onChange={({ target }) => setBenefit(String(target.value))}
        options={kinds.map(({ value, label }) => ({ value, label: say(label) }))}
      />
      <ProblemAlert error={found.error} />
      <p>{say(words.total, { count: items.length })}</p>
      <DataTable<Line>
        rowKey="personId"
        loading={found.isPending}
        dataSource={items}
        columns={[
          { title: say(words.name), dataIndex: 'name' },
          { title: say(words.idNumber), dataIndex: 'idNumberMasked' },
          fenColumn<Line>(say(words.amount), ({ amountFen }) => amountFen),
          { title: say(words.underWay), key: 'case', render: (_, { caseNumber }) => caseNumber ?? '—' },
        ]}
      />
    </>
  )
}

function Registering() {
  const { say } = useSpeech()
  const api = useApi()
  const [person, setPerson] = useState<Person>()
  const save = useAction((values: Record<string, unknown>, key) =>
    api.post('/services/migrant-work-rewards/placements', { ...values, personId: person?.personId }, key),
  )
  return (
    <Card size="small" title={person ? `${person.name} ${person.idNumberMasked}` : say(words.register)}>
      {person ? (
        <FieldsForm
          fields={[
            { name: 'destinationRegion', kind: 'region', label: words.place, required: true },
            { name: 'employer', kind: 'text', label: words.employer, required: true },
            { name: 'from', kind: 'date', label: words.from, required: true },
          ]}
          submitLabel={say(words.save)}
          isSubmitting={save.isPending}
          onSubmit={(values) => save.mutate(values)}
        />
      ) : (
        <PersonSearch purpose={say(words.register)} onChoose={setPerson} />
      )}
      <ProblemAlert error={save.error} />
      {save.isSuccess && <p role="status">{say(words.saved)}</p>}
    </Card>
  )
}

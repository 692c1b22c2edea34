import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Collapse, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  commonWords,
  defineWords,
  useAction,
  useApi,
  useOfferedServices,
  usePlace,
  useRegionsUnder,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import {
  DataTable,
  dayColumn,
  type Field,
  FieldsForm,
  Loaded,
  ProblemAlert,
  Quantity,
  StaffPage,
  useRegionNames,
} from '../../kit/staff/door.ts'
import { useValueColumns } from './value-columns.tsx'
import { handedOver, setTexts, type ValueContent, valueFields, valueInitial, valueTyped } from './value-fields.ts'
import { OpenedRevisions, Publications, type Revisions } from './value-publications.tsx'

const words = defineWords({
  title: { zh: '政策参数', en: 'Policy values' },
  summary: {
    zh: '每个数字都有地区、起止日期和依据。新值由一人提出、另一人批准后公布，签名并永久保存。',
    en: 'Every number has its region, dates and source. A new one is proposed by one officer and published by another, signed and kept for ever.',
  },
  service: { zh: '业务', en: 'Service' },
  name: { zh: '参数', en: 'Value' },
  region: { zh: '地区', en: 'Region' },
  value: { zh: '值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  source: { zh: '依据', en: 'Source' },
  note: { zh: '说明', en: 'Note' },
  assumed: { zh: '暂定', en: 'assumed' },
  published: { zh: '公布于 {publishedOn}', en: 'published {publishedOn}' },
  waiting: { zh: '待批准', en: 'To approve' },
  noneWaiting: { zh: '没有待批准的参数', en: 'Nothing waits for approval' },
  approve: { zh: '批准并公布', en: 'Approve and publish' },
  propose: { zh: '提出新值', en: 'Propose a value' },
  nation: { zh: '全国', en: 'The nation' },
  percentWrong: {
    zh: '比例请填百分数，最多四位小数，例如 5.5',
    en: 'Enter rates in percent, at most four decimals, e.g. 5.5',
  },
  proposed: { zh: '已提出，等另一人批准后公布。', en: 'Proposed; it is published once another officer approves.' },
  handedOver: {
    zh: '这里填的是在试算台里试过的值，请核对后写明依据再提出。',
    en: 'This is the value that was tried in the workbench: check it, and say what it stands on before you propose it.',
  },
  before: { zh: '现在的值', en: 'What holds now' },
  proposedBy: { zh: '提出人', en: 'Proposed by' },
  effect: { zh: '看影响', en: 'What it costs' },
  workbench: { zh: '在试算台试一试', en: 'Try them in the workbench' },
  filter: { zh: '按名称筛选', en: 'Filter by name' },
})

type Dated = {
  region: string
  value: ValueContent
  from: string
  to?: string
  source: string
  assumed?: boolean
  note?: string
  publishedOn?: string
}
type Value = { name: string; unit: string; dated: Dated[] }
type Proposal = AnswerOf<'GET /values/proposals'>['items'][number]

/** The dated values of a service: what holds where and since when, on what source; proposing and approving new ones. */
export function ValuesPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const { query } = usePlace()
  const [chosen, setChosen] = useState(query.get('service') ?? undefined)
  const services = useOfferedServices()
  const offered = services.data ?? []
  const service = chosen ?? offered[0]?.id
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <>
          <Button href={`/${api.region}/workbench`}>{say(words.workbench)}</Button>
          <Select
            aria-label={say(words.service)}
            value={service ?? null}
            onChange={(value) => setChosen(value ?? undefined)}
            options={offered.map(({ id, title }) => ({ value: id, label: say(title) }))}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ minWidth: 240 }}
          />
        </>
      }
    >
      <ProblemAlert error={services.error} />
      {service !== undefined && (
        <>
          <Proposals service={service} />
          <Publications service={service} />
          <ValueList service={service} mayPropose={acting.role === 'values_admin'} />
        </>
      )}
    </StaffPage>
  )
}

function Proposals({ service }: { service: string }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const proposals = useQuery({
    queryKey: ['value-proposals', service],
    queryFn: () => api.get<AnswerOf<'GET /values/proposals'>>('/values/proposals', { service }),
  })
  const [revisions, setRevisions] = useState<Revisions>([])
  const approve = useAction(
    (id: string, key) =>
      api.post<AnswerOf<'POST /values/proposals/{proposalId}/approve'>>(
        `/values/proposals/${id}/approve`,
        undefined,
        key,
      ),
    { onSuccess: (answer) => setRevisions(answer.revisions) },
  )
  const columns = useValueColumns(service, proposals.data?.items ?? [])
  const { find } = useTeller(service)
  return (
    <Card size="small" title={say(words.waiting)}>
      <ProblemAlert error={approve.error} />
      <OpenedRevisions revisions={revisions} />
      <Loaded query={proposals}>
        {({ items }) => (
          <DataTable<Proposal>
            rowKey="id"
            dataSource={items}
            emptyText={say(words.noneWaiting)}
            columns={[
              ...columns,
              {
                title: say(words.before),
                key: 'before',
                render: (_, { before, unit }) =>
                  before === null ? (
                    '—'
                  ) : (
                    <Quantity value={before} unit={unit} keyInWords={(key) => find(`choices.${key}`) ?? key} />
                  ),
              },
              dayColumn(say(words.to), ({ to }) => to ?? null, speech),
              { title: say(words.source), dataIndex: 'source' },
              { title: say(words.note), dataIndex: 'note' },
              { title: say(words.proposedBy), dataIndex: 'proposer' },
              {
                title: say(words.effect),
                key: 'effect',
                render: (_, proposal) => <Effects proposal={proposal} />,
              },
              {
                title: '',
                key: 'approve',
                render: (_, { id }) =>
                  acting.role === 'values_admin' && (
                    <Button size="small" type="primary" onClick={() => approve.mutate(id)}>
                      {say(words.approve)}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}

/** The way to the workbench with the proposed value, for each policy that goes by it. */
function Effects({ proposal }: { proposal: Proposal }) {
  const { say } = useSpeech()
  const api = useApi()
  return proposal.policies.map(({ id, title }) => {
    const query = new URLSearchParams({ policy: id })
    for (const text of setTexts(proposal.name, proposal.value)) query.append('set', text)
    return (
      <div key={id}>
        <a href={`/${api.region}/workbench?${query}`}>{say(title)}</a>
      </div>
    )
  })
}

function ValueList({ service, mayPropose }: { service: string; mayPropose: boolean }) {
  const { say } = useSpeech()
  const api = useApi()
  const { find } = useTeller(service)
  const { query } = usePlace()
  const named = query.get('service') === service ? query.get('name') : null
  const [filter, setFilter] = useState(named ?? '')
  const values = useQuery({
    queryKey: ['values', service],
    queryFn: () => api.get<{ items: Value[] }>('/values', { service }),
  })
  const keyInWords = (key: string) => find(`choices.${key}`) ?? key
  const titleOf = ({ name }: Value) => find(`values.${name}`) ?? name
  return (
    <div className="staff-stack">
      <Input
        aria-label={say(words.filter)}
        placeholder={say(words.filter)}
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
        allowClear
        style={{ maxWidth: 320 }}
      />
      <Loaded query={values}>
        {({ items }) => (
          <Collapse
            destroyOnHidden
            defaultActiveKey={named ?? []}
            items={items
              .filter((value) => `${titleOf(value)} ${value.name}`.toLowerCase().includes(filter.toLowerCase()))
              .map((value) => ({
                key: value.name,
                label: (
                  <>
                    {titleOf(value)} <span className="staff-quiet">{value.name}</span>{' '}
                    {value.dated.some(({ assumed }) => assumed) && <Tag color="warning">{say(words.assumed)}</Tag>}
                  </>
                ),
                children: (
                  <div className="staff-stack">
                    <DatedValues value={value} keyInWords={keyInWords} />
                    {mayPropose && <ProposeForm service={service} value={value} />}
                  </div>
                ),
              }))}
          />
        )}
      </Loaded>
    </div>
  )
}

function DatedValues({ value, keyInWords }: { value: Value; keyInWords: (key: string) => string }) {
  const speech = useSpeech()
  const { say } = speech
  const regionName = useRegionNames(value.dated.map(({ region }) => region).filter((region) => region !== '000000'))
  return (
    <DataTable<Dated>
      rowKey={({ region, from, source }) => `${region} ${from} ${source}`}
      dataSource={value.dated}
      columns={[
        {
          title: say(words.region),
          key: 'region',
          render: (_, { region }) => (region === '000000' ? say(words.nation) : regionName(region)),
        },
        {
          title: say(words.value),
          key: 'value',
          render: (_, dated) => <Quantity value={dated.value} unit={value.unit} keyInWords={keyInWords} />,
        },
        dayColumn(say(words.from), ({ from }) => from, speech),
        dayColumn(say(words.to), ({ to }) => to ?? null, speech),
        { title: say(words.source), dataIndex: 'source' },
        {
          title: say(words.note),
          key: 'note',
          render: (_, { assumed, note, publishedOn }) => (
            <>
              {assumed && <Tag color="warning">{say(words.assumed)}</Tag>}
              {publishedOn && <Tag color="processing">{say(words.published, { publishedOn })}</Tag>}
              {note}
            </>
          ),
        },
      ]}
    />
  )
}

const proposalFields: Field[] = [
  { name: 'from', kind: 'date', label: words.from, required: true },
  { name: 'to', kind: 'date', label: words.to },
  { name: 'source', kind: 'text', label: words.source, required: true },
  { name: 'note', kind: 'text', label: words.note },
]

/** The officer's own region and those directly under it: for others nobody here may set a value. The hub sets them for the nation alone. */
function useRegionField(): Field {
  const { acting, assignments } = useSignedIn()
  const own = assignments.find(({ assignmentId }) => assignmentId === acting.assignmentId)
  const agency = own?.agency ?? ''
  const under = useRegionsUnder(agency === '' || agency === '000000' ? undefined : agency)
  const options = [
    ...(own ? [{ value: agency, label: agency === '000000' ? words.nation : own.bodyName }] : []),
    ...(under.data ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ]
  return { name: 'region', kind: 'select', label: words.region, required: true, options }
}

function ProposeForm({ service, value }: { service: string; value: Value }) {
  const { say } = useSpeech()
  const api = useApi()
  const { query } = usePlace()
  const { find } = useTeller(service)
  const regionField = useRegionField()
  const [round, setRound] = useState(0)
  const [isWrong, setWrong] = useState(false)
  const propose = useAction(
    (values: Record<string, unknown>, key) =>
      api.post('/values/proposals', { ...values, service, name: value.name }, key),
    { onSuccess: () => setRound(round + 1) },
  )
  const sample = value.dated[0]?.value
  const tried = round === 0 ? handedOver(query.getAll('set'), value.name, sample) : undefined
  const send = (values: Record<string, unknown>) => {
    const content = valueTyped(value.unit, values.value)
    setWrong(content === undefined)
    if (content !== undefined) propose.mutate({ ...values, value: content })
  }
  return (
    <Card size="small" title={say(words.propose)} style={{ maxWidth: 640 }}>
      {propose.isSuccess && <Alert type="success" showIcon title={say(words.proposed)} />}
      {tried !== undefined && <Alert type="info" showIcon title={say(words.handedOver)} />}
      <FieldsForm
        key={round}
        fields={[
          ...valueFields(value.unit, sample, (key) => find(`choices.${key}`) ?? key),
          regionField,
          ...proposalFields,
        ]}
        initial={valueInitial(value.unit, tried)}
        submitLabel={say(commonWords.submit)}
        isSubmitting={propose.isPending}
        onSubmit={send}
      />
      {isWrong && <Alert type="error" showIcon title={say(words.percentWrong)} />}
      <ProblemAlert error={propose.error} />
    </Card>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Button, Card, Collapse, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  commonWords,
  defineWords,
  useAction,
  useApi,
  useOfferedServices,
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
  valueHelp: {
    zh: '金额按分、比例按百万分之几填写；是否填 true 或 false。',
    en: 'Amounts in fen, rates in parts per million; yes or no as true or false.',
  },
  workbench: { zh: '在试算台试一试', en: 'Try them in the workbench' },
  filter: { zh: '按名称筛选', en: 'Filter by name' },
})

type Content = number | string | boolean | Record<string, number> | string[]
type Dated = {
  region: string
  value: Content
  from: string
  to?: string
  source: string
  assumed?: boolean
  note?: string
  publishedOn?: string
}
type Value = { name: string; unit: string; dated: Dated[] }
type Proposal = {
  id: string
  name: string
  region: string
  value: Content
  unit: string
  from: string
  to?: string
  source: string
  note?: string
}

/** The dated values of a service: what holds where and since when, on what source; proposing and approving new ones. */
export function ValuesPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const [chosen, setChosen] = useState<string>()
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
    queryFn: () => api.get<{ items: Proposal[] }>('/values/proposals', { service }),
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
              dayColumn(say(words.to), ({ to }) => to ?? null, speech),
              { title: say(words.source), dataIndex: 'source' },
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

function ValueList({ service, mayPropose }: { service: string; mayPropose: boolean }) {
  const { say } = useSpeech()
  const api = useApi()
  const { find } = useTeller(service)
  const [filter, setFilter] = useState('')
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

/** One field for a value, one for each entry of a table, a list of words for a list: as the book has it. */
function contentFields(sample: Content | undefined, labelOf: (key: string) => string): Field[] {
  if (Array.isArray(sample)) return [{ name: 'value', kind: 'texts', label: words.value, required: true }]
  if (typeof sample === 'object') {
    return Object.keys(sample).map((key) => ({
      name: `value.${key}`,
      kind: 'count',
      label: { zh: labelOf(key), en: labelOf(key) },
      help: words.valueHelp,
      required: true,
    }))
  }
  return [{ name: 'value', kind: 'text', label: words.value, help: words.valueHelp, required: true }]
}

const proposalFields: Field[] = [
  { name: 'region', kind: 'region', label: words.region, required: true },
  { name: 'from', kind: 'date', label: words.from, required: true },
  { name: 'to', kind: 'date', label: words.to },
  { name: 'source', kind: 'text', label: words.source, required: true },
  { name: 'note', kind: 'text', label: words.note },
]

function ProposeForm({ service, value }: { service: string; value: Value }) {
  const { say } = useSpeech()
  const api = useApi()
  const { find } = useTeller(service)
  const [round, setRound] = useState(0)
  const propose = useAction(
    (values: Record<string, unknown>, key) =>
      api.post('/values/proposals', { ...values, value: contentOf(values.value), service, name: value.name }, key),
    { onSuccess: () => setRound(round + 1) },
  )
  return (
    <Card size="small" title={say(words.propose)} style={{ maxWidth: 640 }}>
      <FieldsForm
        key={round}
        fields={[...contentFields(value.dated[0]?.value, (key) => find(`choices.${key}`) ?? key), ...proposalFields]}
        submitLabel={say(commonWords.submit)}
        isSubmitting={propose.isPending}
        onSubmit={(values) => propose.mutate(values)}
      />
      <ProblemAlert error={propose.error} />
    </Card>
  )
}

/** What was typed as a value: a number, true or false, or a word; a table or a list as its fields give it. */
function contentOf(typed: unknown): unknown {
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+$/.test(text) ? Number(text) : text
}

import { useQuery } from '@tanstack/react-query'
import { Button, Card, Segmented, Select, Space } from 'antd'
import { useState } from 'react'
import { commonWords, defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, type Field, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  chooseFirst: { zh: '先在表中勾选要确认或退回的对照。', en: 'Tick the mappings in the table first.' },
  title: { zh: '三目对照', en: 'Code mappings' },
  summary: {
    zh: '医院编码与目录编码的对照：医院提出，经办机构由另一人批准后生效。未对照的项目不能结算。',
    en: 'Hospital codes and the catalogue entries they stand for: proposed by the hospital, approved by another officer of the agency. What is not mapped stops a settlement.',
  },
  institution: { zh: '医疗机构', en: 'Institution' },
  proposed: { zh: '待批准', en: 'To approve' },
  approved: { zh: '已批准', en: 'Approved' },
  rejected: { zh: '已退回', en: 'Rejected' },
  hospitalCode: { zh: '医院编码', en: 'Hospital code' },
  hospitalName: { zh: '医院名称', en: 'Hospital name' },
  kind: { zh: '类别', en: 'Kind' },
  catalogueCode: { zh: '目录编码', en: 'Catalogue code' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  item: { zh: '诊疗项目', en: 'treatment item' },
  drug: { zh: '药品', en: 'drug' },
  rehab_item: { zh: '康复项目', en: 'rehabilitation item' },
  device: { zh: '辅助器具', en: 'device' },
  service_standard: { zh: '住院服务标准', en: 'service standard' },
  outside: { zh: '目录外（自费）', en: 'outside the catalogue' },
  outsideHelp: { zh: '留空表示目录外，由本人自费', en: 'leave empty for what is outside the catalogue' },
  propose: { zh: '提出对照', en: 'Propose a mapping' },
  approve: { zh: '批准所选 {count} 条', en: 'Approve the {count} chosen' },
  reject: { zh: '退回所选', en: 'Reject those chosen' },
  chooseInstitution: { zh: '请先选择医疗机构', en: 'Choose an institution first' },
})

const kinds = ['item', 'drug', 'rehab_item', 'device', 'service_standard'] as const
const states = ['proposed', 'approved', 'rejected'] as const
type MappingState = (typeof states)[number]
type Mapping = {
  id: string
  hospitalCode: string
  hospitalName: string
  kind: (typeof kinds)[number]
  catalogueCode: string | null
  from: string
  to?: string
  state: MappingState
}

/** Code mappings: a hospital's office sees and proposes its own, the catalogue administrator decides on those of every institution. */
export function MappingsPage() {
  const { say } = useSpeech()
  const me = useSignedIn()
  const own = me.assignments.find(({ assignmentId }) => assignmentId === me.acting.assignmentId)?.institutionId
  const [chosen, setChosen] = useState<string>()
  const [state, setState] = useState<MappingState>('proposed')
  const institutionId = own ?? chosen
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Segmented<MappingState>
          value={state}
          onChange={setState}
          options={states.map((value) => ({ value, label: say(words[value]) }))}
        />
      }
    >
      {own === undefined && <InstitutionSelect onChoose={setChosen} />}
      {institutionId === undefined ? (
        <p className="staff-quiet">{say(words.chooseInstitution)}</p>
      ) : (
        <MappingTable key={`${institutionId} ${state}`} institutionId={institutionId} state={state} />
      )}
      {own !== undefined && <ProposeCard institutionId={own} region={me.region} today={me.today} />}
    </StaffPage>
  )
}

function InstitutionSelect({ onChoose }: { onChoose: (institutionId: string) => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const institutions = useQuery({
    queryKey: ['institutions'],
    queryFn: () => api.get<{ items: Array<{ institutionId: string; name: string; kind: string }> }>('/institutions'),
  })
  const treating = institutions.data?.items.filter(({ kind }) => kind !== 'agency' && kind !== 'bank') ?? []
  return (
    <Select
      aria-label={say(words.institution)}
      placeholder={say(words.institution)}
      loading={institutions.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={onChoose}
      options={treating.map(({ institutionId, name }) => ({ value: institutionId, label: name }))}
      style={{ maxWidth: 420 }}
    />
  )
}

function MappingTable({ institutionId, state }: { institutionId: string; state: MappingState }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const [chosen, setChosen] = useState<string[]>([])
  const mappings = useQuery({
    queryKey: ['mappings', institutionId, state],
    queryFn: () => api.get<{ items: Mapping[] }>('/registers/mappings', { institutionId, state }),
  })
  const deciding = useAction(
    ({ decision, ids }: { decision: 'approve' | 'reject'; ids: string[] }, key) =>
      api.post(`/registers/mappings/${decision}`, { ids }, key),
    { onSuccess: () => setChosen([]) },
  )
  const mayDecide = acting.role === 'catalogue_admin' && state === 'proposed'
  return (
    <>
      {mayDecide && (
        <Space>
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={deciding.isPending}
            onClick={() => deciding.mutate({ decision: 'approve', ids: chosen })}
          >
            {say(words.approve, { count: chosen.length })}
          </Button>
          <Button disabled={chosen.length === 0} onClick={() => deciding.mutate({ decision: 'reject', ids: chosen })}>
            {say(words.reject)}
          </Button>
          {chosen.length === 0 && <span className="staff-quiet">{say(words.chooseFirst)}</span>}
        </Space>
      )}
      <ProblemAlert error={deciding.error} />
      <Loaded query={mappings}>
        {({ items }) => (
          <DataTable<Mapping>
            rowKey="id"
            dataSource={items}
            {...(mayDecide && {
              rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) },
            })}
            columns={[
              { title: say(words.hospitalCode), dataIndex: 'hospitalCode' },
              { title: say(words.hospitalName), dataIndex: 'hospitalName' },
              { title: say(words.kind), key: 'kind', render: (_, row) => say(words[row.kind]) },
              {
                title: say(words.catalogueCode),
                key: 'catalogueCode',
                render: (_, row) => row.catalogueCode ?? say(words.outside),
              },
              dayColumn(say(words.from), ({ from }) => from, speech),
              dayColumn(say(words.to), ({ to }) => to ?? null, speech),
            ]}
          />
        )}
      </Loaded>
    </>
  )
}

const proposalFields: Field[] = [
  { name: 'hospitalCode', kind: 'text', label: words.hospitalCode, required: true },
  { name: 'hospitalName', kind: 'text', label: words.hospitalName, required: true },
  {
    name: 'kind',
    kind: 'choice',
    label: words.kind,
    required: true,
    options: kinds.map((value) => ({ value, label: words[value] })),
  },
  { name: 'catalogueCode', kind: 'text', label: words.catalogueCode, help: words.outsideHelp },
  { name: 'from', kind: 'date', label: words.from, required: true },
  { name: 'to', kind: 'date', label: words.to },
]

function ProposeCard({ institutionId, region, today }: { institutionId: string; region: string; today: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const [round, setRound] = useState(0)
  const propose = useAction(
    (row: Record<string, unknown>, key) =>
      api.post('/registers/mappings', { institutionId, region, rows: [{ catalogueCode: null, ...row }] }, key),
    { onSuccess: () => setRound(round + 1) },
  )
  return (
    <Card size="small" title={say(words.propose)} style={{ maxWidth: 640 }}>
      <FieldsForm
        key={round}
        fields={proposalFields}
        initial={{ from: today }}
        submitLabel={say(commonWords.submit)}
        isSubmitting={propose.isPending}
        onSubmit={(row) => propose.mutate(row)}
      />
      <ProblemAlert error={propose.error} />
    </Card>
  )
}

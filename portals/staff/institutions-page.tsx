import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { commonWords, defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import {
  DataTable,
  type Field,
  FieldsForm,
  Loaded,
  ProblemAlert,
  StaffPage,
  useRegionNames,
} from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '机构与协议', en: 'Institutions and agreements' },
  summary: {
    zh: '只有已开通的机构才能直接结算；签协议、联调、开通各有日期。',
    en: 'Bills are settled directly only at live institutions; agreement, connection and start each have their day.',
  },
  kind: { zh: '类别', en: 'Kind' },
  all: { zh: '全部类别', en: 'All kinds' },
  name: { zh: '机构', en: 'Institution' },
  code: { zh: '编码', en: 'Code' },
  level: { zh: '级别', en: 'Level' },
  region: { zh: '所在地', en: 'Region' },
  agreements: { zh: '协议', en: 'Agreements' },
  noAgreement: { zh: '无协议', en: 'no agreement' },
  hospital: { zh: '医院', en: 'hospital' },
  rehabilitation: { zh: '康复', en: 'rehabilitation' },
  device_maker: { zh: '辅助器具', en: 'devices' },
  agency: { zh: '经办机构', en: 'agency' },
  bank: { zh: '银行', en: 'bank' },
  township_station: { zh: '乡镇（街道）事务所', en: 'township station' },
  village_counter: { zh: '村（社区）服务点', en: 'village counter' },
  medical: { zh: '医疗', en: 'medical' },
  device: { zh: '辅助器具', en: 'devices' },
  none: { zh: '无', en: 'none' },
  agreed: { zh: '已签协议', en: 'agreed' },
  connected: { zh: '已联调', en: 'connected' },
  live: { zh: '已开通', en: 'live' },
  ended: { zh: '已终止', en: 'ended' },
  advance: { zh: '登记进展', en: 'Record progress' },
  newAgreement: { zh: '登记协议', en: 'Record an agreement' },
  agreedOn: { zh: '签订日期', en: 'Agreed on' },
  connectedOn: { zh: '联调完成日期', en: 'Connected on' },
  liveOn: { zh: '开通日期', en: 'Live on' },
  endedOn: { zh: '终止日期', en: 'Last day' },
  source: { zh: '文件依据', en: 'Document' },
})

const institutionKinds = [
  'hospital',
  'rehabilitation',
  'device_maker',
  'agency',
  'bank',
  'township_station',
  'village_counter',
] as const
type InstitutionKind = (typeof institutionKinds)[number]
type Institution = {
  institutionId: string
  code: string
  name: string
  kind: InstitutionKind
  level: number | null
  region: string
}
type Agreement = {
  id: string
  institutionId: string
  kind: 'medical' | 'rehabilitation' | 'device'
  region: string
  agreedOn: string
  connectedOn?: string
  liveOn?: string
  endedOn?: string
  source: string
  status: 'none' | 'agreed' | 'connected' | 'live' | 'ended'
}
type Editing = { institution: Institution; agreement?: Agreement }

/** The institutions of the region with their agreements; the catalogue administrator records agreements and how far they have come. */
export function InstitutionsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const [kind, setKind] = useState<InstitutionKind>()
  const [editing, setEditing] = useState<Editing>()
  const institutions = useQuery({
    queryKey: ['institutions', kind],
    queryFn: () => api.get<{ items: Institution[] }>('/institutions', { kind }),
  })
  const agreements = useQuery({
    queryKey: ['agreements'],
    queryFn: () => api.get<{ items: Agreement[] }>('/registers/agreements'),
  })
  const regionName = useRegionNames(institutions.data?.items.map(({ region }) => region) ?? [])
  const mayWrite = acting.role === 'catalogue_admin'
  const agreementsOf = (id: string) => agreements.data?.items.filter(({ institutionId }) => institutionId === id) ?? []
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Select
          aria-label={say(words.kind)}
          value={kind ?? ''}
          onChange={(chosen) => setKind(institutionKinds.find((each) => each === chosen))}
          options={[
            { value: '', label: say(words.all) },
            ...institutionKinds.map((value) => ({ value, label: say(words[value]) })),
          ]}
          style={{ minWidth: 160 }}
        />
      }
    >
      <ProblemAlert error={agreements.error} />
      <Loaded query={institutions}>
        {({ items }) => (
          <DataTable<Institution>
            rowKey="institutionId"
            dataSource={items}
            columns={[
              { title: say(words.name), dataIndex: 'name' },
              { title: say(words.code), dataIndex: 'code' },
              { title: say(words.kind), key: 'kind', render: (_, row) => say(words[row.kind]) },
              { title: say(words.level), key: 'level', render: (_, { level }) => level ?? '—' },
              { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
              {
                title: say(words.agreements),
                key: 'agreements',
                render: (_, institution) => (
                  <AgreementsCell
                    agreements={agreementsOf(institution.institutionId)}
                    {...(mayWrite && {
                      onEdit: (agreement?: Agreement) => setEditing({ institution, ...(agreement && { agreement }) }),
                    })}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Modal
        open={editing !== undefined}
        title={editing?.institution.name}
        onCancel={() => setEditing(undefined)}
        footer={null}
        destroyOnHidden
      >
        {editing?.agreement && <AdvanceForm agreement={editing.agreement} onDone={() => setEditing(undefined)} />}
        {editing && !editing.agreement && (
          <AgreementForm institution={editing.institution} onDone={() => setEditing(undefined)} />
        )}
      </Modal>
    </StaffPage>
  )
}

const milestones = [
  { on: 'agreedOn', label: words.agreed },
  { on: 'connectedOn', label: words.connected },
  { on: 'liveOn', label: words.live },
  { on: 'endedOn', label: words.ended },
] as const

type AgreementsCellProps = { agreements: readonly Agreement[]; onEdit?: (agreement?: Agreement) => void }

function AgreementsCell({ agreements, onEdit }: AgreementsCellProps) {
  const { say, day } = useSpeech()
  return (
    <div className="staff-stack">
      {agreements.length === 0 && <span className="staff-quiet">{say(words.noAgreement)}</span>}
      {agreements.map((agreement) => (
        <div key={agreement.id}>
          <strong>
            {say(words[agreement.kind])} · {say(words[agreement.status])}
          </strong>{' '}
          <span className="staff-quiet">
            {milestones
              .filter(({ on }) => agreement[on] !== undefined)
              .map(({ on, label }) => `${say(label)} ${day(agreement[on] ?? null)}`)
              .join(' → ')}
          </span>{' '}
          {onEdit && agreement.status !== 'ended' && (
            <Button size="small" onClick={() => onEdit(agreement)}>
              {say(words.advance)}
            </Button>
          )}
        </div>
      ))}
      {onEdit && (
        <div>
          <Button size="small" onClick={() => onEdit()}>
            {say(words.newAgreement)}
          </Button>
        </div>
      )}
    </div>
  )
}

function AdvanceForm({ agreement, onDone }: { agreement: Agreement; onDone: () => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const advance = useAction((body: unknown, key) => api.post(`/registers/agreements/${agreement.id}`, body, key), {
    onSuccess: onDone,
  })
  const steps = ['connectedOn', 'liveOn', 'endedOn'] as const
  const fields = steps
    .filter((name) => agreement[name] === undefined)
    .map((name): Field => ({ name, kind: 'date', label: words[name] }))
  return (
    <>
      <FieldsForm
        fields={fields}
        submitLabel={say(commonWords.submit)}
        isSubmitting={advance.isPending}
        onSubmit={(values) => advance.mutate(values)}
      />
      <ProblemAlert error={advance.error} />
    </>
  )
}

const agreementFields: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: words.kind,
    required: true,
    options: (['medical', 'rehabilitation', 'device'] as const).map((value) => ({ value, label: words[value] })),
  },
  { name: 'agreedOn', kind: 'date', label: words.agreedOn, required: true },
  { name: 'source', kind: 'text', label: words.source, required: true },
]

function AgreementForm({ institution, onDone }: { institution: Institution; onDone: () => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const { institutionId, region } = institution
  const record = useAction(
    (values: Record<string, unknown>, key) =>
      api.post('/registers/agreements', { ...values, institutionId, region }, key),
    { onSuccess: onDone },
  )
  return (
    <>
      <FieldsForm
        fields={agreementFields}
        submitLabel={say(commonWords.submit)}
        isSubmitting={record.isPending}
        onSubmit={(values) => record.mutate(values)}
      />
      <ProblemAlert error={record.error} />
    </>
  )
}

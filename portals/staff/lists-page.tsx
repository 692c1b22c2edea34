import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Select, Space, Tag, Upload } from 'antd'
import {
  type AnswerOf,
  commonWords,
  defineWords,
  go,
  Link,
  useAction,
  useApi,
  usePlace,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { DataTable, Loaded, ProblemAlert, StaffPage, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '清单与计划', en: 'Lists and plans' },
  summary: {
    zh: '以文件来往的清单：目标、完成情况、统计数据、活动、政策工具箱、培训项目、试点、角色与渠道。整份导入，一处有误则全部不导入；更正即新版本，旧版本保留。',
    en: 'Lists that come and go as files. A file is taken whole or not at all; a correction is a new version, and the earlier ones stay.',
  },
  targets: { zh: '查看目标与数据', en: 'See targets and figures' },
  list: { zh: '清单', en: 'List' },
  import: { zh: '导入文件（YAML、CSV、Excel）', en: 'Import a file (YAML, CSV, Excel)' },
  export: { zh: '导出 CSV', en: 'Export CSV' },
  imported: {
    zh: '已导入：新增 {added} 行，更正 {changed} 行，未变 {unchanged} 行。',
    en: 'Imported: {added} rows added, {changed} corrected, {unchanged} unchanged.',
  },
  name: { zh: '名称', en: 'Name' },
  region: { zh: '地区', en: 'Region' },
  state: { zh: '状态', en: 'State' },
  requirement: { zh: '出处', en: 'Requirement' },
  version: { zh: '版次', en: 'Version' },
  sure: {
    zh: '办理后留下新的版本，不能撤回。确定吗？',
    en: 'This leaves a new version and cannot be taken back. Go on?',
  },
  empty: {
    zh: '这份清单还没有内容。请由管理政策参数的人员导入文件。',
    en: 'This list is empty. Whoever keeps the policy values can import a file.',
  },
  recorded: { zh: '第 {version} 版，{at}', en: 'version {version}, {at}' },
})

type Row = AnswerOf<'GET /lists/{list}/rows'>['items'][number]
type Imported = AnswerOf<'POST /lists/{list}/file'>

/** One list at a time: its rows as they stand today, import and export, the step that a row takes next, its versions. */
export function ListsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { query } = usePlace()
  const lists = useQuery({
    queryKey: ['lists'],
    queryFn: () => api.get<AnswerOf<'GET /lists'>>('/lists'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const list = query.get('list') ?? 'activities'
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={<Link to="/targets">{say(words.targets)}</Link>}
    >
      <Loaded query={lists}>
        {({ items }) => (
          <>
            <Select
              aria-label={say(words.list)}
              value={list}
              onChange={(chosen) => go(`/lists?list=${chosen}`)}
              options={items.map(({ id, title }) => ({ value: id, label: say(title) }))}
              style={{ minWidth: 260, maxWidth: 420 }}
            />
            <OneList key={list} list={list} />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

function OneList({ list }: { list: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const rows = useQuery({
    queryKey: ['list-rows', list],
    queryFn: () => api.get<AnswerOf<'GET /lists/{list}/rows'>>(`/lists/${list}/rows`),
  })
  return (
    <>
      <Space wrap>
        {['values_admin', 'supervisor'].includes(acting.role ?? '') && <ImportButton list={list} />}
        <ExportButton list={list} />
      </Space>
      <Loaded query={rows} isEmpty={({ items }) => items.length === 0} emptyText={say(words.empty)}>
        {({ items }) => <RowTable list={list} rows={items} mayStep={acting.role === 'supervisor'} />}
      </Loaded>
    </>
  )
}

function ImportButton({ list }: { list: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const importing = useAction((file: File, key) => {
    const form = new FormData()
    form.append('file', file)
    return api.upload<Imported>(`/lists/${list}/file`, form, key)
  })
  return (
    <div className="staff-stack">
      <Upload
        accept=".yaml,.yml,.csv,.xlsx"
        showUploadList={false}
        beforeUpload={(file) => {
          importing.mutate(file)
          return false
        }}
      >
        <Button type="primary" loading={importing.isPending}>
          {say(words.import)}
        </Button>
      </Upload>
      <ProblemAlert error={importing.error} />
      {importing.data && <Alert type="success" showIcon role="status" title={say(words.imported, importing.data)} />}
    </div>
  )
}

function ExportButton({ list }: { list: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const saving = useAction(async (id: string) => {
    const { name, csv } = await api.get<AnswerOf<'GET /lists/{list}/file'>>(`/lists/${id}/file`)
    saveFile(name, csv)
    return name
  })
  return (
    <>
      <Button loading={saving.isPending} onClick={() => saving.mutate(list)}>
        {say(words.export)}
      </Button>
      <ProblemAlert error={saving.error} />
    </>
  )
}

function saveFile(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

function RowTable({ list, rows, mayStep }: { list: string; rows: readonly Row[]; mayStep: boolean }) {
  const { say } = useSpeech()
  const api = useApi()
  const regionName = useRegionNames(rows.map(({ region }) => region))
  const stepping = useAction((id: string, key) => api.post(`/lists/${list}/rows/${id}/advance`, {}, key))
  return (
    <>
      <ProblemAlert error={stepping.error} />
      <DataTable<Row>
        rowKey="id"
        dataSource={[...rows]}
        columns={[
          {
            title: say(words.name),
            key: 'name',
            render: (_, { name, notes, assumed }) => (
              <>
                {say(name)} {assumed && <Tag>{say(commonWords.assumed)}</Tag>}
                {notes.map((note) => (
                  <div key={note.zh} className="staff-quiet">
                    {say(note)}
                  </div>
                ))}
              </>
            ),
          },
          { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
          { title: say(words.state), key: 'state', render: (_, { state }) => (state ? say(state) : '—') },
          { title: say(words.requirement), key: 'requirement', render: (_, row) => row.requirement ?? '—' },
          { title: say(words.version), dataIndex: 'version', align: 'right' },
          {
            title: '',
            key: 'step',
            render: (_, { id, step }) =>
              step &&
              mayStep && (
                <Popconfirm title={say(words.sure)} onConfirm={() => stepping.mutate(id)}>
                  <Button size="small" loading={stepping.isPending && stepping.variables === id}>
                    {say(step)}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
        expandable={{
          rowExpandable: ({ version }) => version > 1,
          expandedRowRender: ({ id }) => <Versions list={list} id={id} />,
        }}
      />
    </>
  )
}

function Versions({ list, id }: { list: string; id: string }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  const versions = useQuery({
    queryKey: ['list-versions', list, id],
    queryFn: () => api.get<AnswerOf<'GET /lists/{list}/rows/{id}/versions'>>(`/lists/${list}/rows/${id}/versions`),
  })
  return (
    <Loaded query={versions}>
      {({ items }) => (
        <ul>
          {items.map(({ version, recordedAt, name, state }) => (
            <li key={version}>
              {say(words.recorded, { version, at: moment(recordedAt) })} · {say(name)} {state && `· ${say(state)}`}
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

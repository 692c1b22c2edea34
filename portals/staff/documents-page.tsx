import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Input, Space, Tag, Upload } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  defineWords,
  Link,
  useAction,
  useApi,
  usePlace,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { DataTable, dayColumn, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { DocumentDifferences } from './documents-differences.tsx'
import { DocumentSearch } from './documents-search.tsx'

const words = defineWords({
  title: { zh: '文献', en: 'Documents' },
  summary: {
    zh: '导入的快报和杂志。规则的每一条都注明出自哪一段；导入后，决定和试算台旁边就能看到原文。',
    en: 'Imported bulletins and magazines. Every clause of a rule names its paragraph; once its issue is imported, the text is shown beside decisions and on the workbench.',
  },
  import: { zh: '导入文件', en: 'Import a file' },
  importHelp: {
    zh: 'UTF-8 文本。快报的刊名、期号和日期由刊头读出；杂志没有刊头，须填写下面三项。',
    en: 'UTF-8 text. A bulletin says its name, issue and day itself; a magazine has no masthead, so say them here.',
  },
  series: { zh: '丛刊代码（杂志必填）', en: 'Series (needed for a magazine)' },
  issueOf: { zh: '期号（杂志必填）', en: 'Issue (needed for a magazine)' },
  day: { zh: '日期 YYYY-MM-DD（杂志必填）', en: 'Day, YYYY-MM-DD (needed for a magazine)' },
  imported: {
    zh: '已导入 {series} {issue} 第 {version} 版：{articleCount} 篇文章，{paragraphCount} 段。',
    en: 'Imported {series} {issue}, version {version}: {articleCount} articles, {paragraphCount} paragraphs.',
  },
  unchanged: {
    zh: '这份文件早已导入为 {series} {issue} 第 {version} 版，没有改动。',
    en: 'This very file was there already as {series} {issue}, version {version}; nothing was changed.',
  },
  name: { zh: '名称', en: 'Name' },
  issue: { zh: '期号', en: 'Issue' },
  version: { zh: '版次', en: 'Version' },
  current: { zh: '现行', en: 'current' },
  older: { zh: '旧版', en: 'older' },
  publishedOn: { zh: '日期', en: 'Day' },
  articles: { zh: '文章', en: 'Articles' },
  empty: {
    zh: '还没有导入任何文献。请在上方导入文件，或由管理政策参数的人员导入。',
    en: 'Nothing is imported yet. Import a file above, or ask whoever keeps the policy values to.',
  },
  choose: { zh: '选择文件…', en: 'Choose a file…' },
})

type Imported = AnswerOf<'POST /documents'>
type Listed = AnswerOf<'GET /documents'>['items'][number]

/** Bulletins and magazines: search, import, list. */
export function DocumentsPage() {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const { query } = usePlace()
  const text = query.get('text') ?? ''
  const listed = useQuery({
    queryKey: ['documents'],
    queryFn: () => api.get<AnswerOf<'GET /documents'>>('/documents'),
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <DocumentSearch key={text} text={text} documents={listed.data?.items ?? []} />
      {acting.role === 'values_admin' && <ImportCard />}
      <Loaded query={listed}>
        {({ items }) =>
          items.length === 0 ? (
            <Alert type="info" showIcon title={say(words.empty)} />
          ) : (
            <DataTable<Listed>
              rowKey="id"
              dataSource={items}
              columns={[
                {
                  title: say(words.name),
                  key: 'name',
                  render: (_, { id, name }) => <Link to={`/documents/${id}`}>{name}</Link>,
                },
                { title: say(words.issue), dataIndex: 'issue' },
                dayColumn(say(words.publishedOn), ({ publishedOn }) => publishedOn, speech),
                {
                  title: say(words.version),
                  key: 'version',
                  render: (_, { version, isCurrent }) => (
                    <Space>
                      {version}
                      <Tag color={isCurrent ? 'success' : 'default'}>
                        {say(isCurrent ? words.current : words.older)}
                      </Tag>
                    </Space>
                  ),
                },
                { title: say(words.articles), dataIndex: 'articleCount', align: 'right' },
              ]}
            />
          )
        }
      </Loaded>
    </StaffPage>
  )
}

function ImportCard() {
  const { say } = useSpeech()
  const api = useApi()
  const client = useQueryClient()
  const [stated, setStated] = useState({ series: '', issue: '', publishedOn: '' })
  const importing = useAction(
    (file: File, key) => {
      const form = new FormData()
      form.append('file', file)
      return api.upload<Imported>(importPath(stated), form, key)
    },
    { onSuccess: () => client.invalidateQueries({ queryKey: ['documents'] }) },
  )
  const fields = [
    ['series', words.series],
    ['issue', words.issueOf],
    ['publishedOn', words.day],
  ] as const
  return (
    <Card size="small" title={say(words.import)}>
      <div className="staff-stack">
        <div className="staff-quiet">{say(words.importHelp)}</div>
        <Space wrap>
          {fields.map(([name, label]) => (
            <Input
              key={name}
              aria-label={say(label)}
              placeholder={say(label)}
              value={stated[name]}
              onChange={({ target }) => setStated({ ...stated, [name]: target.value.trim() })}
              style={{ width: 260 }}
            />
          ))}
          <Upload
            accept=".txt,.md,text/plain"
            showUploadList={false}
            beforeUpload={(file) => {
              importing.mutate(file)
              return false
            }}
          >
            <Button type="primary" loading={importing.isPending}>
              {say(words.choose)}
            </Button>
          </Upload>
        </Space>
        <ProblemAlert error={importing.error} />
        {importing.data && <ImportedNote imported={importing.data} />}
      </div>
    </Card>
  )
}

/** What was left empty is not said: the masthead says it. */
function importPath(stated: Record<string, string>): string {
  const said = Object.entries(stated).filter(([, value]) => value !== '')
  return said.length === 0 ? '/documents' : `/documents?${new URLSearchParams(said)}`
}

function ImportedNote({ imported }: { imported: Imported }) {
  const { say } = useSpeech()
  const { series, issue, version, isNew, articleCount, paragraphCount, differences } = imported
  return (
    <Alert
      type={differences.length === 0 ? 'success' : 'warning'}
      showIcon
      role="status"
      title={say(isNew ? words.imported : words.unchanged, { series, issue, version, articleCount, paragraphCount })}
      {...(differences.length > 0 && { description: <DocumentDifferences differences={differences} /> })}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, defineWords, Link, RegionName, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, Loaded, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '政策文件库', en: 'Named documents' },
  summary: {
    zh: '规则所依据的文件：谁发布、在哪里施行、哪些条款和规则出自它。没有注明文件的规则不能生效。',
    en: 'What rules stand on: who issued it, where it holds, which clauses and rules are part of it. A rule without a document cannot be active.',
  },
  documents: { zh: '查看快报原文', en: 'Read the bulletins' },
  name: { zh: '文件', en: 'Document' },
  issuer: { zh: '发布机关', en: 'Issued by' },
  region: { zh: '地区', en: 'Region' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  clauses: { zh: '条款数', en: 'Clauses' },
  none: { zh: '尚无规则', en: 'no rule yet' },
})

type Named = AnswerOf<'GET /documents/named'>['items'][number]

/** The register of named documents (G5.01) with what stands on each. */
export function NamedDocumentsPage() {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const named = useQuery({
    queryKey: ['documents', 'named'],
    queryFn: () => api.get<AnswerOf<'GET /documents/named'>>('/documents/named'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={<Link to="/documents">{say(words.documents)}</Link>}
    >
      <Loaded query={named}>
        {({ items }) => (
          <DataTable<Named>
            rowKey="id"
            dataSource={items}
            pagination={false}
            columns={[
              { title: say(words.name), key: 'name', render: (_, { title }) => say(title) },
              { title: say(words.region), key: 'region', render: (_, { region }) => <RegionName code={region} /> },
              dayColumn(say(words.from), ({ from }) => from ?? null, speech),
              dayColumn(say(words.to), ({ to }) => to ?? null, speech),
              {
                title: say(words.clauses),
                key: 'clauses',
                align: 'right',
                render: (_, { clauses }) => (clauses.length === 0 ? say(words.none) : clauses.length),
              },
            ]}
            expandable={{ expandedRowRender: (document) => <WhatStandsOn document={document} /> }}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function WhatStandsOn({ document: { issuer, note, clauses } }: { document: Named }) {
  const { say } = useSpeech()
  return (
    <div className="staff-stack">
      <div>
        {say(words.issuer)}: {say(issuer)}
        {note !== undefined && <span className="staff-quiet"> · {note}</span>}
      </div>
      <ul>
        {clauses.map(({ service, clause, rules }) => (
          <li key={`${service} ${clause}`}>
            {clause} <span className="staff-quiet">{rules.join(', ')}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

import { type KnownFact, useSpeech } from '../../kit/door.ts'
import { DataTable } from '../../kit/staff/door.ts'
import { benefitWords as words } from './benefit-words.ts'

/** What registers hold of an applicant, each fact with where it stands. */
export function KnownFactTable({ facts, loading = false }: { facts: readonly KnownFact[]; loading?: boolean }) {
  const { say } = useSpeech()
  return (
    <DataTable<KnownFact>
      rowKey="name"
      loading={loading}
      dataSource={[...facts]}
      emptyText={say(words.knownNone)}
      scroll={{}}
      columns={[
        { title: say(words.fact), key: 'label', render: (_, { label }) => say(label) },
        {
          title: say(words.value),
          key: 'text',
          render: (_, { text, source }) => (
            <>
              <strong className="staff-lines">{say(text)}</strong>
              <div className="staff-quiet">{source ? say(words.from, { source: say(source) }) : '—'}</div>
            </>
          ),
        },
      ]}
    />
  )
}

import { Alert } from 'antd'
import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, formatFen, useSpeech } from '../../../kit/door.ts'
import { DataTable, stepForm } from '../../../kit/staff/door.ts'
import { StatementItems } from './staff-statement-items.tsx'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  differences: {
    zh: '双方不一致的结算，本季不清算，已保留',
    en: 'Settlements on which the two sides differ; held back from this quarter',
  },
  creditor: { zh: '就医地报', en: 'Treatment place says' },
  debtor: { zh: '参保地报', en: 'Insured place says' },
  reported: { zh: '已报告', en: 'Reported by' },
  side_creditor: { zh: '就医地', en: 'treatment place' },
  side_debtor: { zh: '参保地', en: 'insured place' },
  issue: { zh: '出具清算通知', en: 'Issue the statement' },
})

const difference = z.object({
  settlementNumber: z.string(),
  creditorFen: z.number(),
  debtorFen: z.nullable(z.number()),
})
type Difference = z.infer<typeof difference>
const statementState = z.object({
  pair: z.nullable(z.object({ quarter: z.string(), treatmentRegion: z.string(), insuredRegion: z.string() })),
  reportedBy: z.array(z.enum(['creditor', 'debtor'])),
  items: z.array(z.object({ settlementNumber: z.string(), owedFen: z.number() })),
  differences: z.array(difference),
  owedFen: z.number(),
})

function StatementFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { pair, reportedBy, items, differences, owedFen } = z.parse(statementState, view.file.state)
  if (!pair) return null
  const amount = (amountFen: number | null) => (amountFen === null ? '—' : formatFen(amountFen))
  return (
    <div className="staff-stack">
      <StatementItems
        pair={pair}
        owedFen={owedFen}
        items={items}
        facts={[
          { label: say(words.reported), value: reportedBy.map((side) => say(words[`side_${side}`])).join(' · ') },
        ]}
      />
      {differences.length > 0 && (
        <>
          <Alert type="warning" showIcon title={say(words.differences)} />
          <DataTable<Difference>
            rowKey="settlementNumber"
            dataSource={differences}
            columns={[
              { title: say(serviceWords.settlementNumber), dataIndex: 'settlementNumber' },
              {
                title: say(words.creditor),
                key: 'creditor',
                align: 'right',
                render: (_, row) => amount(row.creditorFen),
              },
              { title: say(words.debtor), key: 'debtor', align: 'right', render: (_, row) => amount(row.debtorFen) },
            ]}
          />
        </>
      )}
    </div>
  )
}

/** The hub's quarterly statement between two regions. */
export const casePart: CasePart = {
  flow: 'statement',
  Facts: StatementFacts,
  stepForms: { issue: stepForm({ fields: [], submitLabel: words.issue }) },
}

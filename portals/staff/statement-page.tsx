import { useQuery } from '@tanstack/react-query'
import { defineWords, Link, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, FactList, fenColumn, Loaded, StaffPage, useEveryTeller } from '../../kit/staff/door.ts'
import { useAccountNames } from './account-names.ts'
import { PeriodPicker, usePeriod } from './period-picker.tsx'

const words = defineWords({
  title: { zh: '明细账', en: 'Statement' },
  opening: { zh: '期初余额', en: 'Opening' },
  closing: { zh: '期末余额', en: 'Closing' },
  on: { zh: '日期', en: 'Date' },
  memo: { zh: '摘要', en: 'Memo' },
  reference: { zh: '参考号', en: 'Reference' },
  debit: { zh: '借方', en: 'Debit' },
  credit: { zh: '贷方', en: 'Credit' },
  balance: { zh: '余额', en: 'Balance' },
  case: { zh: '办件', en: 'Case' },
  open: { zh: '查看', en: 'Open' },
  back: { zh: '回到试算平衡表', en: 'Back to the trial balance' },
})

type Line = {
  transferId: string
  on: string
  memo: { code: string; params?: Record<string, string | number | boolean | null> }
  reference: string | null
  caseId: string | null
  debitFen: number
  creditFen: number
  balanceFen: number
}
type Statement = {
  account?: { name: string; party: string | null }
  openingFen: number
  lines: Line[]
  closingFen: number
}

/** The movements of one account with the balance after each, down to the case behind it. */
export function StatementPage({ params }: { params: Record<string, string> }) {
  const speech = useSpeech()
  const { say, yuan } = speech
  const api = useApi()
  const { tell } = useEveryTeller()
  const accountId = params.accountId ?? ''
  const [period, setPeriod] = usePeriod()
  const statement = useQuery({
    queryKey: ['statement', accountId, period],
    queryFn: () => api.get<Statement>(`/ledger/accounts/${accountId}/statement`, period),
  })
  const account = statement.data?.account
  const accountName = useAccountNames([account?.party ?? null])
  return (
    <StaffPage
      title={account ? `${say(words.title)} · ${accountName(account.name, account.party)}` : say(words.title)}
      actions={
        <>
          <PeriodPicker period={period} onChange={setPeriod} />
          <Link to="/books">{say(words.back)}</Link>
        </>
      }
    >
      <Loaded query={statement}>
        {({ openingFen, closingFen, lines }) => (
          <>
            <FactList
              columns={2}
              facts={[
                { label: say(words.opening), value: yuan(openingFen) },
                { label: say(words.closing), value: yuan(closingFen) },
              ]}
            />
            <DataTable<Line & { no: number }>
              rowKey="no"
              dataSource={lines.map((line, no) => ({ ...line, no }))}
              columns={[
                dayColumn(say(words.on), ({ on }) => on, speech),
                { title: say(words.memo), key: 'memo', render: (_, { memo }) => tell(memo.code, memo.params) },
                { title: say(words.reference), key: 'reference', render: (_, row) => row.reference ?? '—' },
                fenColumn(say(words.debit), ({ debitFen }) => debitFen || null),
                fenColumn(say(words.credit), ({ creditFen }) => creditFen || null),
                fenColumn(say(words.balance), ({ balanceFen }) => balanceFen),
                {
                  title: say(words.case),
                  key: 'case',
                  render: (_, { caseId }) => (caseId ? <Link to={`/cases/${caseId}`}>{say(words.open)}</Link> : '—'),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

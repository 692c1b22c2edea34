import { useQuery } from '@tanstack/react-query'
import { Alert, Select, Table, Tabs, Typography } from 'antd'
import { useState } from 'react'
import { defineWords, formatFen, Link, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, fenColumn, Loaded, StaffPage, useEveryTeller } from '../../kit/staff/door.ts'
import { useAccountNames } from './account-names.ts'
import { PeriodPicker, usePeriod } from './period-picker.tsx'

const words = defineWords({
  title: { zh: '账簿', en: 'Books' },
  summary: {
    zh: '权责发生制明细账，借贷每笔平衡；收付实现制账簿由其推导。',
    en: 'The accrual sub-ledger, in which every transfer balances; the cash-basis book is derived from it.',
  },
  trial: { zh: '试算平衡表', en: 'Trial balance' },
  cash: { zh: '收付实现制账簿', en: 'Cash-basis book' },
  fund: { zh: '基金', en: 'Fund' },
  account: { zh: '科目', en: 'Account' },
  opening: { zh: '期初', en: 'Opening' },
  debit: { zh: '本期借方', en: 'Debit' },
  credit: { zh: '本期贷方', en: 'Credit' },
  closing: { zh: '期末', en: 'Closing' },
  total: { zh: '合计', en: 'Total' },
  balanced: {
    zh: '借贷平衡：期初、本期发生额和期末的借方都等于贷方。',
    en: 'Balanced: debit equals credit at the opening, in the turnover and at the closing.',
  },
  unbalanced: { zh: '借贷不平衡，请立即报告。', en: 'Not balanced. Report this at once.' },
  sealed: {
    zh: '账已按区块封存。请把链首另行保存，日后据此核对账簿是否被改动：',
    en: 'The books are sealed in blocks. Keep this head elsewhere, to tell later whether they were changed:',
  },
  notSealed: {
    zh: '尚无封存的区块，每分钟封存一次。',
    en: 'Nothing is sealed yet; the books are sealed every minute.',
  },
  books: { zh: '账套', en: 'Books' },
  on: { zh: '日期', en: 'Date' },
  memo: { zh: '摘要', en: 'Memo' },
  class: { zh: '类别', en: 'Class' },
  case: { zh: '办件', en: 'Case' },
  open: { zh: '查看', en: 'Open' },
  cash_class: { zh: '货币资金', en: 'cash' },
  advance: { zh: '暂付、暂收', en: 'advances' },
  income: { zh: '收入', en: 'income' },
  expenditure: { zh: '支出', en: 'expenditure' },
})

type TrialRow = {
  accountId: string
  fund: string
  agency: string
  name: string
  party: string | null
  openingFen: string
  debitFen: string
  creditFen: string
  closingFen: string
}
type TrialBalance = {
  rows: TrialRow[]
  totals: Record<
    'openingDebitFen' | 'openingCreditFen' | 'debitFen' | 'creditFen' | 'closingDebitFen' | 'closingCreditFen',
    string
  >
}

/** The books that this officer may see: trial balance with the way down to each account, and the cash-basis book. */
export function BooksPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Tabs
        destroyOnHidden
        items={[
          { key: 'trial', label: say(words.trial), children: <TrialBalanceTab /> },
          { key: 'cash', label: say(words.cash), children: <CashBookTab /> },
        ]}
      />
    </StaffPage>
  )
}

function useTrialBalance(period: { from: string; to: string }) {
  const api = useApi()
  return useQuery({
    queryKey: ['trial-balance', period],
    queryFn: () => api.get<TrialBalance>('/ledger/trial-balance', { from: period.from, asOf: period.to }),
  })
}

function TrialBalanceTab() {
  const { say } = useSpeech()
  const [period, setPeriod] = usePeriod()
  const balance = useTrialBalance(period)
  const { tell } = useEveryTeller()
  const accountName = useAccountNames(balance.data?.rows.map(({ party }) => party) ?? [])
  return (
    <div className="staff-stack">
      <PeriodPicker period={period} onChange={setPeriod} />
      <Loaded query={balance}>
        {({ rows, totals }) => (
          <>
            <BalanceNote totals={totals} />
            <ChainNote />
            <DataTable<TrialRow>
              rowKey="accountId"
              dataSource={rows}
              pagination={false}
              columns={[
                { title: say(words.fund), key: 'fund', render: (_, { fund }) => tell(`fund.${fund}`) },
                {
                  title: say(words.account),
                  key: 'account',
                  render: (_, { accountId, name, party }) => (
                    <Link to={`/books/${accountId}?from=${period.from}&to=${period.to}`}>
                      {accountName(name, party)}
                    </Link>
                  ),
                },
                fenColumn(say(words.opening), ({ openingFen }) => openingFen),
                fenColumn(say(words.debit), ({ debitFen }) => debitFen),
                fenColumn(say(words.credit), ({ creditFen }) => creditFen),
                fenColumn(say(words.closing), ({ closingFen }) => closingFen),
              ]}
              summary={() => (
                <Table.Summary.Row>
                  <Table.Summary.Cell index={0} colSpan={2}>
                    {say(words.total)}
                  </Table.Summary.Cell>
                  <Table.Summary.Cell index={2} align="right">
                    {formatFen(totals.openingDebitFen)}
                  </Table.Summary.Cell>
                  <Table.Summary.Cell index={3} align="right">
                    {formatFen(totals.debitFen)}
                  </Table.Summary.Cell>
                  <Table.Summary.Cell index={4} align="right">
                    {formatFen(totals.creditFen)}
                  </Table.Summary.Cell>
                  <Table.Summary.Cell index={5} align="right">
                    {formatFen(totals.closingDebitFen)}
                  </Table.Summary.Cell>
                </Table.Summary.Row>
              )}
            />
          </>
        )}
      </Loaded>
    </div>
  )
}

function BalanceNote({ totals }: { totals: TrialBalance['totals'] }) {
  const { say } = useSpeech()
  const isBalanced =
    totals.openingDebitFen === totals.openingCreditFen &&
    totals.debitFen === totals.creditFen &&
    totals.closingDebitFen === totals.closingCreditFen
  return (
    <Alert
      type={isBalanced ? 'success' : 'error'}
      showIcon
      title={say(isBalanced ? words.balanced : words.unbalanced)}
    />
  )
}

type Chain = { head: { number: number; hash: string } | null }

/** The head of the sealed blocks, to be kept by somebody else: `tongban ledger verify --head` takes it as it is shown. */
function ChainNote() {
  const { say } = useSpeech()
  const api = useApi()
  const chain = useQuery({ queryKey: ['ledger-chain'], queryFn: () => api.get<Chain>('/ledger/chain') })
  return (
    <Loaded query={chain}>
      {({ head }) => (
        <Alert
          type="info"
          title={say(head ? words.sealed : words.notSealed)}
          description={head && <Typography.Text copyable code>{`${head.number}:${head.hash}`}</Typography.Text>}
        />
      )}
    </Loaded>
  )
}

type CashLine = {
  transferId: string
  on: string
  memo: { code: string; params?: Record<string, string | number | boolean | null> }
  caseId: string | null
  class: 'cash' | 'advance' | 'income' | 'expenditure'
  item: string
  party: string | null
  side: 'debit' | 'credit'
  amountFen: number
}
type CashBook = {
  lines: CashLine[]
  items: Array<{ class: CashLine['class']; item: string; debitFen: string; creditFen: string }>
}

function CashBookTab() {
  const { say } = useSpeech()
  const [period, setPeriod] = usePeriod()
  const [chosen, setChosen] = useState<string>()
  const trial = useTrialBalance(period)
  const books = [...new Set(trial.data?.rows.map(({ fund, agency }) => `${fund} ${agency}`))]
  const { tell } = useEveryTeller()
  const shown = chosen ?? books[0]
  return (
    <div className="staff-stack">
      <div className="staff-filters">
        <PeriodPicker period={period} onChange={setPeriod} />
        <Select
          aria-label={say(words.books)}
          value={shown ?? null}
          onChange={(value) => setChosen(value ?? undefined)}
          options={books.map((value) => {
            const [fund = '', agency] = value.split(' ')
            return { value, label: `${tell(`fund.${fund}`)} · ${agency}` }
          })}
          style={{ minWidth: 220 }}
        />
      </div>
      {shown !== undefined && <CashBookTables books={shown} period={period} />}
    </div>
  )
}

function CashBookTables({ books, period }: { books: string; period: { from: string; to: string } }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { tell } = useEveryTeller()
  const [fund, agency] = books.split(' ')
  const book = useQuery({
    queryKey: ['cash-book', books, period],
    queryFn: () => api.get<CashBook>('/ledger/cash-book', { fund, agency, ...period }),
  })
  const accountName = useAccountNames(book.data?.lines.map(({ party }) => party) ?? [])
  const className = (each: CashLine['class']) => say(each === 'cash' ? words.cash_class : words[each])
  return (
    <Loaded query={book}>
      {({ items, lines }) => (
        <>
          <DataTable<CashBook['items'][number]>
            rowKey={(row) => `${row.class} ${row.item}`}
            dataSource={items}
            pagination={false}
            columns={[
              { title: say(words.class), key: 'class', render: (_, row) => className(row.class) },
              { title: say(words.account), key: 'item', render: (_, row) => accountName(row.item, null) },
              fenColumn(say(words.debit), ({ debitFen }) => debitFen),
              fenColumn(say(words.credit), ({ creditFen }) => creditFen),
            ]}
          />
          <DataTable<CashLine & { no: number }>
            rowKey="no"
            dataSource={lines.map((line, no) => ({ ...line, no }))}
            columns={[
              dayColumn(say(words.on), ({ on }) => on, speech),
              { title: say(words.memo), key: 'memo', render: (_, { memo }) => tell(memo.code, memo.params) },
              { title: say(words.class), key: 'class', render: (_, row) => className(row.class) },
              { title: say(words.account), key: 'item', render: (_, row) => accountName(row.item, row.party) },
              fenColumn(say(words.debit), (row) => (row.side === 'debit' ? row.amountFen : null)),
              fenColumn(say(words.credit), (row) => (row.side === 'credit' ? row.amountFen : null)),
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
  )
}

import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Segmented, Statistic } from 'antd'
import {
  type AnswerOf,
  defineWords,
  firstDayMonthsBack,
  go,
  Link,
  lastDayOfMonth,
  liveOn,
  useApi,
  usePlace,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import {
  type CaseCount,
  type ChartColumn,
  ChartPanel,
  Loaded,
  pathAtOf,
  pathOfCounted,
  StaffPage,
} from '../../kit/staff/door.ts'
import { useFlows } from './flows.ts'

const words = defineWords({
  title: { zh: '监管总览', en: 'Overview' },
  summary: {
    zh: '本机构及下级办理的全部事项。点图表或数字看明细，再看到每一件和它的访问记录。',
    en: 'Every matter that your agency and those below it handle. A chart or a number leads to its cases, and each to its access log.',
  },
  period: { zh: '时间范围', en: 'Period' },
  lastMonths: { zh: '近 {count} 个月', en: '{count} months' },
  opened: { zh: '新增办件', en: 'Opened' },
  closed: { zh: '办结', en: 'Closed' },
  open: { zh: '未办结', en: 'Not closed' },
  overdue: { zh: '已超期', en: 'Overdue' },
  byMonth: { zh: '每月办件', en: 'Cases by month' },
  byMatter: { zh: '各事项办件', en: 'Cases by matter' },
  month: { zh: '月份', en: 'Month' },
  matter: { zh: '事项', en: 'Matter' },
  books: { zh: '账簿', en: 'Books' },
  balanced: { zh: '借贷平衡', en: 'Debit equals credit' },
  unbalanced: { zh: '借贷不平衡，请立即报告', en: 'Not balanced: report this at once' },
  exchange: { zh: '跨省交换', en: 'Exchange with regions' },
  quiet: { zh: '没有待处理的告警', en: 'No open alert' },
  alerts: { zh: '告警 {count} 个待处理', en: '{count} alerts to look at' },
  waiting: { zh: '待送达 {waiting} 条，处理失败 {failed} 条', en: '{waiting} messages wait, {failed} failed' },
})

type CaseMonth = AnswerOf<'GET /cases/months'>['items'][number]
type Counted = Pick<CaseMonth, CaseCount>
type MonthRow = Counted & { month: string }
type MatterRow = Counted & { flow: string }

const counts: readonly CaseCount[] = ['opened', 'closed', 'open', 'overdue']

/** How many months back one can look; the address says which. */
const periods = [3, 12, 36]

/** What a supervisor sees first: cases of every service by month and matter, the books and the exchange; each leads down to cases. */
export function OverviewPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { today } = useSignedIn()
  const { path, query: asked } = usePlace()
  const months = periods.find((each) => String(each) === asked.get('months')) ?? 12
  const from = firstDayMonthsBack(today, months)
  const query = useQuery({
    queryKey: ['case months', from],
    queryFn: () => api.get<AnswerOf<'GET /cases/months'>>('/cases/months', { from }),
    meta: liveOn('cases'),
  })
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Segmented
          aria-label={say(words.period)}
          value={months}
          onChange={(value) => go(`${path}?months=${value}`)}
          options={periods.map((value) => ({ value, label: say(words.lastMonths, { count: value }) }))}
        />
      }
    >
      <Standing />
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Totals items={items} from={from} />
            <ByMonth items={items} />
            <ByMatter items={items} from={from} />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

function sumOf(items: readonly CaseMonth[]): Counted {
  const sum = (name: keyof Counted) => items.reduce((total, each) => total + each[name], 0)
  return { opened: sum('opened'), closed: sum('closed'), open: sum('open'), overdue: sum('overdue') }
}

function Totals({ items, from }: { items: readonly CaseMonth[]; from: string }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const total = sumOf(items)
  return (
    <div className="staff-figures">
      {counts.map((name) => (
        <Card key={name} size="small">
          <Statistic
            title={say(words[name])}
            value={total[name]}
            formatter={() => <Link to={pathOfCounted(name, { from, to: today, today })}>{total[name]}</Link>}
          />
        </Card>
      ))}
    </div>
  )
}

function ByMonth({ items }: { items: readonly CaseMonth[] }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const rows = [...Map.groupBy(items, ({ month }) => month)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([month, of]) => ({ month, ...sumOf(of) }))
  const charted = ['opened', 'closed'] as const
  const pathOf = (count: CaseCount, { month }: MonthRow) =>
    pathOfCounted(count, { from: `${month}-01`, to: lastDayOfMonth(month), today })
  return (
    <ChartPanel<MonthRow>
      title={say(words.byMonth)}
      rows={rows}
      columns={[{ title: say(words.month), cell: ({ month }) => month }, ...countColumns<MonthRow>(say, pathOf)]}
      pathAt={pathAtOf(rows, charted, pathOf)}
      chart={() => ({
        legend: {},
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'category', data: rows.map(({ month }) => month) },
        yAxis: { type: 'value', minInterval: 1 },
        series: charted.map((name) => ({
          type: 'bar',
          name: say(words[name]),
          data: rows.map((row) => row[name]),
        })),
      })}
    />
  )
}

type Say = ReturnType<typeof useSpeech>['say']

function countColumns<Row extends Counted>(
  say: Say,
  pathOf: (count: CaseCount, row: Row) => string,
): Array<ChartColumn<Row>> {
  return counts.map((count) => ({
    title: say(words[count]),
    cell: (row) => row[count],
    pathOf: (row) => pathOf(count, row),
  }))
}

const chartedMax = 15

function ByMatter({ items, from }: { items: readonly CaseMonth[]; from: string }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const flows = useFlows()
  const titleOf = (flow: string) => {
    const title = flows.data?.findLast((each) => each.flow === flow)?.title
    return title ? say(title) : flow
  }
  const rows = [...Map.groupBy(items, ({ flow }) => flow)]
    .map(([flow, of]) => ({ flow, ...sumOf(of) }))
    .sort((one, other) => other.opened - one.opened)
  const charted = rows.slice(0, chartedMax)
  const series = ['opened', 'overdue'] as const
  const pathOf = (count: CaseCount, { flow }: MatterRow) => pathOfCounted(count, { from, to: today, today, flow })
  return (
    <ChartPanel<MatterRow>
      title={say(words.byMatter)}
      rows={rows}
      columns={[
        { title: say(words.matter), cell: ({ flow }) => titleOf(flow) },
        ...countColumns<MatterRow>(say, pathOf),
      ]}
      heightPixels={Math.max(220, 60 + charted.length * 34)}
      pathAt={pathAtOf(charted, series, pathOf)}
      chart={() => ({
        legend: {},
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'value', minInterval: 1 },
        yAxis: {
          type: 'category',
          inverse: true,
          data: charted.map(({ flow }) => titleOf(flow)),
          axisLabel: { width: 150, overflow: 'truncate' },
        },
        series: series.map((name) => ({
          type: 'bar',
          name: say(words[name]),
          data: charted.map((row) => row[name]),
        })),
      })}
    />
  )
}

/** Whether the books balance, and whether something between the regions needs a hand. */
function Standing() {
  const { say } = useSpeech()
  const api = useApi()
  const { today } = useSignedIn()
  const trial = useQuery({
    queryKey: ['trial-balance', { from: `${today.slice(0, 4)}-01-01`, to: today }],
    queryFn: () =>
      api.get<AnswerOf<'GET /ledger/trial-balance'>>('/ledger/trial-balance', {
        from: `${today.slice(0, 4)}-01-01`,
        asOf: today,
      }),
    meta: liveOn('books'),
  })
  const alerts = useQuery({
    queryKey: ['exchange-alerts'],
    queryFn: () => api.get<AnswerOf<'GET /exchange/alerts'>>('/exchange/alerts'),
    meta: liveOn('exchange'),
  })
  const status = useQuery({
    queryKey: ['exchange-status'],
    queryFn: () => api.get<AnswerOf<'GET /exchange/status'>>('/exchange/status'),
    meta: liveOn('exchange', 'cases'),
  })
  return (
    <div className="staff-sides">
      <Loaded query={trial}>
        {({ totals }) => {
          const isBalanced =
            totals.openingDebitFen === totals.openingCreditFen &&
            totals.debitFen === totals.creditFen &&
            totals.closingDebitFen === totals.closingCreditFen
          return (
            <Alert
              type={isBalanced ? 'success' : 'error'}
              showIcon
              title={<Link to="/books">{say(words.books)}</Link>}
              description={say(isBalanced ? words.balanced : words.unbalanced)}
            />
          )
        }}
      </Loaded>
      <Loaded query={alerts}>
        {({ items }) => (
          <Alert
            type={items.length === 0 ? 'success' : 'warning'}
            showIcon
            title={<Link to="/exchange">{say(words.exchange)}</Link>}
            description={
              <>
                {items.length === 0 ? say(words.quiet) : say(words.alerts, { count: items.length })}
                {status.data &&
                  ` · ${say(words.waiting, { waiting: status.data.waiting, failed: status.data.failed })}`}
              </>
            }
          />
        )}
      </Loaded>
    </div>
  )
}

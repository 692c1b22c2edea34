import { useQuery } from '@tanstack/react-query'
import { Card, Select, Statistic } from 'antd'
import { useState } from 'react'
import { type CaseRow, defineWords, formatFen, Link, liveOn, useApi, useSpeech } from '../../../kit/door.ts'
import { ChartPanel, DataTable, Loaded, useRegionNames } from '../../../kit/staff/door.ts'
import { inYuan } from './staff-words.ts'

const words = defineWords({
  title: { zh: '谁应付谁（参保地 → 就医地）', en: 'Who owes whom (insured region → treatment region)' },
  matrix: {
    zh: '应付金额（元）：一行是应付的参保地，一列是应收的就医地',
    en: 'Owed, in yuan: a row owes, a column is owed',
  },
  quarter: { zh: '季度', en: 'Quarter' },
  all: { zh: '全部季度', en: 'All quarters' },
  statements: { zh: '清算通知', en: 'Statements' },
  total: { zh: '应付合计', en: 'Owed in all' },
  from: { zh: '应付方', en: 'Owes' },
  to: { zh: '应收方', en: 'Is owed' },
  owed: { zh: '应付', en: 'Owed' },
  days: { zh: '季末到出具最长天数', en: 'Longest wait from the quarter’s end to the statement, days' },
  waiting: { zh: '待出具', en: 'not issued' },
  sum: { zh: '合计', en: 'Total' },
})

/** Statements between two regions, together. */
type Flow = {
  from: string
  to: string
  owedFen: number
  count: number
  waiting: number
  longestDays: number | null
  first: string
}

const pageSize = 200

/** Every statement that the hub keeps. */
function useStatements() {
  const api = useApi()
  return useQuery({
    queryKey: ['cases', 'all statements'],
    queryFn: async () => {
      const all: CaseRow[] = []
      for (;;) {
        const after = all.at(-1)?.caseId
        const { items } = await api.get<{ items: CaseRow[] }>('/cases', { flow: 'statement', after, limit: pageSize })
        all.push(...items)
        if (items.length < pageSize) return all
      }
    },
    meta: liveOn('cases'),
  })
}

/** Whole days from the last day of a quarter (`2026-Q1`) to the moment; null before it. */
function daysAfterQuarter(quarter: string, moment: string): number | null {
  const [, year, number] = /^(\d{4})-?Q([1-4])$/.exec(quarter) ?? []
  if (year === undefined) return null
  const end = Date.UTC(Number(year), Number(number) * 3, 0)
  const shanghai = Date.parse(moment) + 8 * 3_600_000
  return Math.max(0, Math.floor((shanghai - end) / 86_400_000))
}

function flowsOf(statements: readonly CaseRow[]): Flow[] {
  const flows = new Map<string, Flow>()
  for (const { summary, closedAt, caseId } of statements) {
    const [from, to] = [String(summary.insuredRegion), String(summary.treatmentRegion)]
    const known = flows.get(`${from} ${to}`) ?? {
      from,
      to,
      owedFen: 0,
      count: 0,
      waiting: 0,
      longestDays: null,
      first: caseId,
    }
    const days = closedAt === null ? null : daysAfterQuarter(String(summary.quarter), closedAt)
    flows.set(`${from} ${to}`, {
      ...known,
      owedFen: known.owedFen + Number(summary.owedFen ?? 0),
      count: known.count + 1,
      waiting: known.waiting + (closedAt === null ? 1 : 0),
      longestDays: days === null ? known.longestDays : Math.max(days, known.longestDays ?? 0),
    })
  }
  return [...flows.values()].sort((one, other) => other.owedFen - one.owedFen)
}

/** What the hub oversees: which region owes which, by the statements it has issued or is about to. */
export function HubFlows() {
  const statements = useStatements()
  return <Loaded query={statements}>{(all) => <FlowsOfQuarter statements={all} />}</Loaded>
}

function FlowsOfQuarter({ statements }: { statements: readonly CaseRow[] }) {
  const { say } = useSpeech()
  const [quarter, setQuarter] = useState('')
  const quarters = [...new Set(statements.map(({ summary }) => String(summary.quarter)))].sort().reverse()
  const flows = flowsOf(statements.filter(({ summary }) => quarter === '' || summary.quarter === quarter))
  const regionName = useRegionNames([...new Set(flows.flatMap(({ from, to }) => [from, to]))])
  const sum = (name: 'owedFen' | 'count') => flows.reduce((total, flow) => total + flow[name], 0)
  return (
    <>
      <Card
        size="small"
        extra={
          <Select
            aria-label={say(words.quarter)}
            value={quarter}
            onChange={setQuarter}
            options={[{ value: '', label: say(words.all) }, ...quarters.map((value) => ({ value, label: value }))]}
            style={{ minWidth: 140 }}
          />
        }
        title={<h2 className="staff-panel-title">{say(words.title)}</h2>}
      >
        <div className="staff-figures">
          <Statistic title={say(words.statements)} value={sum('count')} />
          <Statistic title={say(inYuan(words.total))} value={formatFen(sum('owedFen'))} />
        </div>
      </Card>
      <Matrix flows={flows} regionName={regionName} />
      <Rivers flows={flows} regionName={regionName} />
    </>
  )
}

type Shown = { flows: readonly Flow[]; regionName: (code: string) => string }

/** A flow leads to its statement, or where there are several to all of them. */
function pathOf({ count, first }: Flow): string {
  return count === 1 ? `/cases/${first}` : '/cases?flow=statement'
}

function Matrix({ flows, regionName }: Shown) {
  const { say } = useSpeech()
  const debtors = [...new Set(flows.map(({ from }) => from))].sort()
  const creditors = [...new Set(flows.map(({ to }) => to))].sort()
  const totalOf = (chosen: readonly Flow[]) => formatFen(chosen.reduce((total, { owedFen }) => total + owedFen, 0))
  return (
    <DataTable<{ from: string }>
      rowKey="from"
      title={() => <strong>{say(words.matrix)}</strong>}
      dataSource={debtors.map((from) => ({ from }))}
      pagination={false}
      columns={[
        { title: `${say(words.from)} → ${say(words.to)}`, key: 'from', render: (_, { from }) => regionName(from) },
        ...creditors.map((to) => ({
          title: regionName(to),
          key: to,
          align: 'right' as const,
          render: (_: unknown, { from }: { from: string }) => {
            const flow = flows.find((each) => each.from === from && each.to === to)
            return flow ? <Link to={pathOf(flow)}>{formatFen(flow.owedFen)}</Link> : '—'
          },
        })),
        {
          title: say(words.sum),
          key: 'sum',
          align: 'right',
          render: (_, { from }) => totalOf(flows.filter((flow) => flow.from === from)),
        },
      ]}
    />
  )
}

const chartedMax = 20

function Rivers({ flows, regionName }: Shown) {
  const { say } = useSpeech()
  const charted = flows.slice(0, chartedMax)
  return (
    <ChartPanel<Flow>
      title={say(words.title)}
      rows={flows}
      columns={[
        { title: say(words.from), cell: ({ from }) => regionName(from) },
        { title: say(words.to), cell: ({ to }) => regionName(to) },
        { title: say(inYuan(words.owed)), cell: ({ owedFen }) => ({ fen: owedFen }) },
        { title: say(words.statements), cell: ({ count }) => count, pathOf },
        { title: say(words.waiting), cell: ({ waiting }) => waiting },
        { title: say(words.days), cell: ({ longestDays }) => longestDays ?? '—' },
      ]}
      heightPixels={Math.max(220, 60 + charted.length * 34)}
      pathAt={(index) => {
        const flow = charted[index]
        return flow && pathOf(flow)
      }}
      chart={() => ({
        tooltip: { trigger: 'axis', valueFormatter: (value) => formatFen(Math.round(Number(value) * 100)) },
        xAxis: { type: 'value', name: say(inYuan(words.owed)) },
        yAxis: {
          type: 'category',
          inverse: true,
          data: charted.map(({ from, to }) => `${regionName(from)} → ${regionName(to)}`),
          axisLabel: { width: 170, overflow: 'truncate' },
        },
        series: [{ type: 'bar', name: say(words.owed), data: charted.map(({ owedFen }) => owedFen / 100) }],
      })}
    />
  )
}

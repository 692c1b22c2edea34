import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  defineWords,
  firstDayMonthsBack,
  formatFen,
  lastDayOfMonth,
  liveOn,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import {
  type CaseCount,
  type ChartColumn,
  ChartPanel,
  Loaded,
  ProvincePanel,
  pathAtOf,
  pathOfCounted,
  useRegionNames,
} from '../../../kit/staff/door.ts'
import { servicePath } from './staff-service.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  period: { zh: '时间范围', en: 'Period' },
  lastMonths: { zh: '近 {count} 个月', en: '{count} months' },
  filings: { zh: '异地就医备案', en: 'Filings' },
  settlements: { zh: '结算（按出院月份）', en: 'Settlements, by month of discharge' },
  days: { zh: '出院到拨付的天数', en: 'Days from discharge to payment' },
  flows: { zh: '地区间流向', en: 'Flows between regions' },
  flowsHelp: {
    zh: '按对方省份统计的结算笔数。点一格或一行看明细。',
    en: 'Settlements by the other province. A tile or a row leads to them.',
  },
  opened: { zh: '新增', en: 'opened' },
  closed: { zh: '办结', en: 'closed' },
  open: { zh: '未办结', en: 'open' },
  host: { zh: '本地就医', en: 'treated here' },
  home: { zh: '本地参保', en: 'insured here' },
  side: { zh: '方向', en: 'Direction' },
  count: { zh: '笔数', en: 'Count' },
  between: { zh: '{from}–{to} 天', en: '{from}–{to} days' },
  more: { zh: '{from} 天以上', en: '{from} days and more' },
  owed: { zh: '应付（扣款后）', en: 'Owed (after deductions)' },
  cleared: { zh: '已清算', en: 'Cleared' },
})

type Side = 'host' | 'home'
type Sums = { count: number; totalFen: number; fundFen: number }
type Supervision = {
  months: Array<Sums & { month: string; side: Side }>
  days: Array<{ atLeast: number; lessThan: number | null; count: number }>
  flows: Array<Sums & { insuredRegion: string; treatmentRegion: string; owedFen: number; clearedFen: number }>
}

/** The list of what the figures count: settlements that still stand. */
const settlementsPath = (asked: Record<string, string>) =>
  `/work-injury/settlements?${new URLSearchParams({ state: 'settled', ...asked })}`

/** Filings, settlements, days to payment and flows between regions, as charts with their tables; each leads to its list. */
export function SupervisionCharts() {
  const { say } = useSpeech()
  const api = useApi()
  const { today } = useSignedIn()
  const [months, setMonths] = useState(12)
  const from = firstDayMonthsBack(today, months)
  const figures = useQuery({
    queryKey: ['work-injury-supervision', from],
    queryFn: () => api.get<Supervision>(`${servicePath}/supervision`, { from }),
    meta: liveOn('cases'),
  })
  const cases = useQuery({
    queryKey: ['case months', from],
    queryFn: () => api.get<AnswerOf<'GET /cases/months'>>('/cases/months', { from }),
    meta: liveOn('cases'),
  })
  return (
    <>
      <div>
        <Segmented
          aria-label={say(words.period)}
          value={months}
          onChange={setMonths}
          options={[6, 12, 24].map((value) => ({ value, label: say(words.lastMonths, { count: value }) }))}
        />
      </div>
      <Loaded query={cases}>{({ items }) => <Filings months={items} />}</Loaded>
      <Loaded query={figures}>
        {(shown) => (
          <>
            <Settlements months={shown.months} />
            <DaysToPayment days={shown.days} from={from} />
            <Flows flows={shown.flows} from={from} />
          </>
        )}
      </Loaded>
    </>
  )
}

type CaseMonth = AnswerOf<'GET /cases/months'>['items'][number]

const filingFlow = 'filing'

function Filings({ months }: { months: readonly CaseMonth[] }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const rows = months.filter(({ flow }) => flow === filingFlow)
  const pathOf = (count: CaseCount, { month }: CaseMonth) =>
    pathOfCounted(count, { flow: filingFlow, from: `${month}-01`, to: lastDayOfMonth(month), today })
  const charted = ['opened', 'closed'] as const
  const columns: ChartColumn<CaseMonth>[] = [
    { title: say(serviceWords.month), cell: ({ month }) => month },
    ...([...charted, 'open'] as const).map((count) => ({
      title: say(words[count]),
      cell: (row: CaseMonth) => row[count],
      pathOf: (row: CaseMonth) => pathOf(count, row),
    })),
  ]
  return (
    <ChartPanel<CaseMonth>
      title={say(words.filings)}
      rows={rows}
      columns={columns}
      pathAt={pathAtOf(rows, charted, pathOf)}
      chart={() => ({
        legend: {},
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'category', data: rows.map(({ month }) => month) },
        yAxis: { type: 'value', minInterval: 1 },
        series: charted.map((count) => ({
          type: 'bar',
          name: say(words[count]),
          data: rows.map((row) => row[count]),
        })),
      })}
    />
  )
}

type Month = Supervision['months'][number]

function Settlements({ months }: { months: readonly Month[] }) {
  const { say } = useSpeech()
  const names = [...new Set(months.map(({ month }) => month))].sort()
  const sides: Side[] = ['host', 'home']
  const fundOf = (side: Side, month: string) =>
    months.find((each) => each.side === side && each.month === month)?.fundFen ?? 0
  const rows = names.flatMap((month) => months.filter((each) => each.month === month))
  const pathOf = ({ month, side }: Pick<Month, 'month' | 'side'>) => settlementsPath({ side, month })
  const columns: ChartColumn<Month>[] = [
    { title: say(serviceWords.month), cell: ({ month }) => month },
    { title: say(words.side), cell: ({ side }) => say(words[side]) },
    { title: say(words.count), cell: ({ count }) => count, pathOf },
    { title: say(inYuan(serviceWords.totalFen)), cell: ({ totalFen }) => ({ fen: totalFen }) },
    { title: say(inYuan(serviceWords.fundFen)), cell: ({ fundFen }) => ({ fen: fundFen }) },
  ]
  return (
    <ChartPanel<Month>
      title={say(words.settlements)}
      rows={rows}
      columns={columns}
      pathAt={(dataIndex, seriesIndex) => {
        const [month, side] = [names[dataIndex], sides[seriesIndex]]
        return month && side && pathOf({ month, side })
      }}
      chart={() => ({
        legend: {},
        tooltip: { trigger: 'axis', valueFormatter: (value) => formatFen(Math.round(Number(value) * 100)) },
        xAxis: { type: 'category', data: names },
        yAxis: { type: 'value', name: say(inYuan(serviceWords.fundFen)), nameLocation: 'end' },
        series: sides.map((side) => ({
          type: 'bar',
          name: say(words[side]),
          data: names.map((month) => fundOf(side, month) / 100),
        })),
      })}
    />
  )
}

type Bucket = Supervision['days'][number]

function DaysToPayment({ days, from }: { days: readonly Bucket[]; from: string }) {
  const { say } = useSpeech()
  const nameOf = ({ atLeast, lessThan }: Bucket) =>
    lessThan === null ? say(words.more, { from: atLeast }) : say(words.between, { from: atLeast, to: lessThan - 1 })
  const rows = days.some(({ count }) => count > 0) ? days : []
  const pathOf = ({ atLeast, lessThan }: Bucket) =>
    settlementsPath({
      side: 'host',
      from,
      daysFrom: String(atLeast),
      ...(lessThan !== null && { daysBelow: String(lessThan) }),
    })
  return (
    <ChartPanel<Bucket>
      title={say(words.days)}
      rows={rows}
      columns={[
        { title: say(words.days), cell: nameOf },
        { title: say(words.count), cell: ({ count }) => count, pathOf },
      ]}
      pathAt={(index) => rows[index] && pathOf(rows[index])}
      chart={(look) => ({
        xAxis: { type: 'category', data: rows.map(nameOf) },
        yAxis: { type: 'value', minInterval: 1 },
        series: [
          {
            type: 'bar',
            data: rows.map(({ count }) => count),
            label: { show: true, position: 'top', color: look.ink, fontSize: 14 },
          },
        ],
      })}
    />
  )
}

type FlowRow = Supervision['flows'][number]

function Flows({ flows, from }: { flows: readonly FlowRow[]; from: string }) {
  const { say } = useSpeech()
  const [side, setSide] = useState<Side>('host')
  const own = useApi().region
  const province = (code: string) => `${code.slice(0, 2)}0000`
  const partnerOf = (row: FlowRow) => (side === 'host' ? row.insuredRegion : row.treatmentRegion)
  const rows = flows.filter((row) => province(side === 'host' ? row.treatmentRegion : row.insuredRegion) === own)
  const ownName = useRegionNames([own])(own)
  return (
    <div className="staff-stack">
      <Segmented<Side>
        aria-label={say(words.side)}
        value={side}
        onChange={setSide}
        options={(['host', 'home'] as const).map((value) => ({ value, label: `${ownName}: ${say(words[value])}` }))}
      />
      <ProvincePanel<FlowRow>
        title={say(words.flows)}
        note={<p className="staff-quiet">{say(words.flowsHelp)}</p>}
        rows={rows}
        codeOf={(row) => province(partnerOf(row))}
        countOf={({ count }) => count}
        columns={[
          { title: say(words.count), cell: ({ count }) => count },
          { title: say(inYuan(serviceWords.fundFen)), cell: ({ fundFen }) => ({ fen: fundFen }) },
          { title: say(inYuan(words.owed)), cell: ({ owedFen }) => ({ fen: owedFen }) },
          { title: say(inYuan(words.cleared)), cell: ({ clearedFen }) => ({ fen: clearedFen }) },
        ]}
        pathOf={(row) => settlementsPath({ side, from, partner: partnerOf(row) })}
      />
    </div>
  )
}

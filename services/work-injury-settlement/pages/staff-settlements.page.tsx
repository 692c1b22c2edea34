import { useQuery } from '@tanstack/react-query'
import { Segmented, Select, Tag } from 'antd'
import {
  defineWords,
  go,
  Link,
  liveOn,
  RegionName,
  type ServicePage,
  useApi,
  usePlace,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import {
  DataTable,
  dayColumn,
  fenColumn,
  Loaded,
  SaveTable,
  StaffPage,
  useRegionNames,
} from '../../../kit/staff/door.ts'
import { servicePath, useServiceTeller } from './staff-service.ts'
import { inYuan, recentQuarters, serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '结算台账', en: 'Settlements' },
  host: { zh: '本地就医', en: 'Treated here' },
  home: { zh: '本地参保', en: 'Insured here' },
  all: { zh: '全部季度', en: 'all quarters' },
  owedTitle: { zh: '两地往来', en: 'Between the regions' },
  partner: { zh: '对方', en: 'Partner' },
  owed: { zh: '应付（扣款后）', en: 'Owed (after deductions)' },
  cleared: { zh: '已清算', en: 'Cleared' },
  state: { zh: '状态', en: 'State' },
  settled: { zh: '已结算', en: 'settled' },
  undone: { zh: '已撤销', en: 'undone' },
  progress: { zh: '进度', en: 'Progress' },
  reconciled: { zh: '已对账', en: 'reconciled' },
  audited: { zh: '已审核', en: 'audited' },
  paid: { zh: '已拨付', en: 'paid' },
  days: { zh: '出院到拨付（天）', en: 'Days from discharge to payment' },
  none: { zh: '没有结算', en: 'No settlements' },
  standing: { zh: '不含已撤销', en: 'without those undone' },
  dischargedFrom: { zh: '{from}起出院', en: 'discharged from {from} on' },
  found: { zh: '共 {count} 笔', en: '{count} settlements' },
  foundMany: {
    zh: '共 {count} 笔，列出最近 {shown} 笔',
    en: '{count} settlements, of which the newest {shown} are listed',
  },
  dischargedIn: { zh: '{month} 出院', en: 'discharged in {month}' },
  with: { zh: '对方：', en: 'with' },
  daysFrom: { zh: '出院到拨付 {from} 天以上', en: 'paid after {from} days or more' },
  daysBetween: { zh: '出院到拨付 {from}–{to} 天', en: 'paid after {from} to {to} days' },
})

type Settlement = {
  number: string
  caseId: string
  state: 'settled' | 'undone'
  insuredRegion: string
  treatmentRegion: string
  institutionName: string | null
  costType: string
  totalFen: number
  fundFen: number
  personFen: number
  deductedFen: number
  dischargedOn: string
  reconciledOn: string | null
  auditedOn: string | null
  paidOn: string | null
  clearedFen: number
  daysToPayment: number | null
}
type Owed = { partner: string; owedFen: number; clearedFen: number }
type Side = 'host' | 'home'

function SettlementsPage() {
  const { say, day } = useSpeech()
  const api = useApi()
  const { today, acting } = useSignedIn()
  const { query } = usePlace()
  const asked = (name: string) => query.get(name) ?? undefined
  const filter = {
    side: asked('side') === 'home' ? ('home' as const) : ('host' as const),
    ...{ quarter: asked('quarter'), month: asked('month'), from: asked('from') },
    ...{ partner: asked('partner'), state: asked('state') },
    ...{ daysFrom: asked('daysFrom'), daysBelow: asked('daysBelow') },
  }
  const { side } = filter
  const show = (change: Partial<typeof filter>) => {
    const next = Object.entries({ ...filter, ...change }).filter((each): each is [string, string] => Boolean(each[1]))
    go(`/work-injury/settlements?${new URLSearchParams(next)}`, { replace: true })
  }
  const list = useQuery({
    queryKey: ['settlements', filter],
    queryFn: () => api.get<{ count: number; rows: Settlement[]; owed: Owed[] }>(`${servicePath}/settlements`, filter),
    meta: liveOn('cases'),
  })
  return (
    <StaffPage
      title={say(words.title)}
      actions={
        <>
          {acting.kind === 'staff' && (
            <Segmented<Side>
              value={side}
              onChange={(next) => show({ side: next })}
              options={(['host', 'home'] as const).map((value) => ({ value, label: say(words[value]) }))}
            />
          )}
          <Select
            aria-label={say(serviceWords.quarter)}
            value={filter.quarter ?? ''}
            onChange={(quarter) => show({ quarter, month: undefined, from: undefined })}
            options={[
              { value: '', label: say(words.all) },
              ...recentQuarters(today).map((value) => ({ value, label: value })),
            ]}
            style={{ minWidth: 130 }}
          />
        </>
      }
    >
      <div className="staff-filters">
        {filter.month !== undefined && (
          <Tag closable onClose={() => show({ month: undefined })}>
            {say(words.dischargedIn, { month: filter.month })}
          </Tag>
        )}
        {filter.from !== undefined && (
          <Tag closable onClose={() => show({ from: undefined })}>
            {say(words.dischargedFrom, { from: day(filter.from) })}
          </Tag>
        )}
        {filter.state === 'settled' && (
          <Tag closable onClose={() => show({ state: undefined })}>
            {say(words.standing)}
          </Tag>
        )}
        {filter.partner !== undefined && (
          <Tag closable onClose={() => show({ partner: undefined })}>
            {say(words.with)} <RegionName code={filter.partner} />
          </Tag>
        )}
        {filter.daysFrom !== undefined && (
          <Tag closable onClose={() => show({ daysFrom: undefined, daysBelow: undefined })}>
            {filter.daysBelow === undefined
              ? say(words.daysFrom, { from: filter.daysFrom })
              : say(words.daysBetween, { from: filter.daysFrom, to: Number(filter.daysBelow) - 1 })}
          </Tag>
        )}
      </div>
      <Loaded query={list}>
        {({ count, rows, owed }) => (
          <>
            {acting.kind === 'staff' && <OwedTable owed={owed} />}
            <p className="staff-quiet" role="status">
              {say(rows.length < count ? words.foundMany : words.found, { count, shown: rows.length })}
            </p>
            <SettlementTable rows={rows} side={side} />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

function OwedTable({ owed }: { owed: readonly Owed[] }) {
  const { say } = useSpeech()
  const regionName = useRegionNames(owed.map(({ partner }) => partner))
  return (
    <DataTable<Owed>
      rowKey="partner"
      dataSource={[...owed]}
      emptyText={say(words.none)}
      title={() => <strong>{say(words.owedTitle)}</strong>}
      columns={[
        { title: say(words.partner), key: 'partner', render: (_, { partner }) => regionName(partner) },
        fenColumn(say(inYuan(words.owed)), ({ owedFen }) => owedFen),
        fenColumn(say(inYuan(words.cleared)), ({ clearedFen }) => clearedFen),
      ]}
    />
  )
}

function SettlementTable({ rows, side }: { rows: readonly Settlement[]; side: Side }) {
  const speech = useSpeech()
  const { say } = speech
  const { choice } = useServiceTeller()
  const partnerOf = (row: Settlement) => (side === 'host' ? row.insuredRegion : row.treatmentRegion)
  const regionName = useRegionNames(rows.map(partnerOf))
  const saved = {
    name: say(words.title),
    columns: [
      ...[
        serviceWords.settlementNumber,
        words.state,
        words.partner,
        serviceWords.institution,
        serviceWords.dischargedOn,
      ],
      ...[serviceWords.totalFen, serviceWords.fundFen, serviceWords.personFen, serviceWords.deductedFen].map(inYuan),
      ...[words.paid, words.days, inYuan(words.cleared)],
    ].map((each) => say(each)),
    rows: rows.map((row) => [
      ...[row.number, say(words[row.state]), regionName(partnerOf(row)), row.institutionName, row.dischargedOn],
      ...[row.totalFen, row.fundFen, row.personFen, row.deductedFen].map((fen) => ({ fen })),
      ...[row.paidOn, row.daysToPayment, { fen: row.clearedFen }],
    ]),
  }
  return (
    <DataTable<Settlement>
      title={() => (rows.length > 0 ? <SaveTable table={saved} /> : null)}
      rowKey="number"
      dataSource={[...rows]}
      emptyText={say(words.none)}
      columns={[
        {
          title: say(serviceWords.settlementNumber),
          key: 'number',
          render: (_, { number, caseId }) => <Link to={`/cases/${caseId}`}>{number}</Link>,
        },
        { title: say(words.state), key: 'state', render: (_, { state }) => say(words[state]) },
        {
          title: say(side === 'host' ? serviceWords.insuredRegion : serviceWords.treatmentRegion),
          key: 'partner',
          render: (_, row) => regionName(partnerOf(row)),
        },
        { title: say(serviceWords.institution), key: 'institution', render: (_, row) => row.institutionName ?? '—' },
        { title: say(serviceWords.costType), key: 'costType', render: (_, { costType }) => choice(costType) },
        dayColumn(say(serviceWords.dischargedOn), ({ dischargedOn }) => dischargedOn, speech),
        fenColumn(say(inYuan(serviceWords.totalFen)), ({ totalFen }) => totalFen),
        fenColumn(say(inYuan(serviceWords.fundFen)), ({ fundFen }) => fundFen),
        fenColumn(say(inYuan(serviceWords.personFen)), ({ personFen }) => personFen),
        fenColumn(say(inYuan(serviceWords.deductedFen)), ({ deductedFen }) => deductedFen),
        { title: say(words.progress), key: 'progress', render: (_, row) => <Progress row={row} /> },
        { title: say(words.days), key: 'days', align: 'right', render: (_, row) => row.daysToPayment ?? '—' },
        fenColumn(say(inYuan(words.cleared)), ({ clearedFen }) => clearedFen),
      ]}
    />
  )
}

function Progress({ row }: { row: Settlement }) {
  const { say, day } = useSpeech()
  const steps = [
    { label: words.reconciled, on: row.reconciledOn },
    { label: words.audited, on: row.auditedOn },
    { label: words.paid, on: row.paidOn },
  ]
  const done = steps.filter(({ on }) => on !== null)
  if (done.length === 0) return '—'
  return done.map(({ label, on }) => (
    <Tag key={label.en} title={day(on)}>
      {say(label)}
    </Tag>
  ))
}

/** Settlements of both sides, and what the regions owe each other. */
export const page: ServicePage = {
  id: 'work-injury-settlements',
  title: words.title,
  roles: ['hospital_office', 'supervisor', 'pay', 'audit', 'approve'],
  order: 31,
  path: '/work-injury/settlements',
  Component: SettlementsPage,
}

import { useQuery } from '@tanstack/react-query'
import { Segmented, Select, Tag } from 'antd'
import { useState } from 'react'
import { defineWords, Link, type ServicePage, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { DataTable, dayColumn, fenColumn, Loaded, StaffPage, useRegionNames } from '../../../kit/staff/door.ts'
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
  const { say } = useSpeech()
  const api = useApi()
  const { today, acting } = useSignedIn()
  const [side, setSide] = useState<Side>('host')
  const [quarter, setQuarter] = useState('')
  const list = useQuery({
    queryKey: ['settlements', side, quarter],
    queryFn: () =>
      api.get<{ rows: Settlement[]; owed: Owed[] }>(`${servicePath}/settlements`, {
        side,
        quarter: quarter || undefined,
      }),
  })
  return (
    <StaffPage
      title={say(words.title)}
      actions={
        <>
          {acting.kind === 'staff' && (
            <Segmented<Side>
              value={side}
              onChange={setSide}
              options={(['host', 'home'] as const).map((value) => ({ value, label: say(words[value]) }))}
            />
          )}
          <Select
            aria-label={say(serviceWords.quarter)}
            value={quarter}
            onChange={setQuarter}
            options={[
              { value: '', label: say(words.all) },
              ...recentQuarters(today).map((value) => ({ value, label: value })),
            ]}
            style={{ minWidth: 130 }}
          />
        </>
      }
    >
      <Loaded query={list}>
        {({ rows, owed }) => (
          <>
            {acting.kind === 'staff' && <OwedTable owed={owed} />}
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
  return (
    <DataTable<Settlement>
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

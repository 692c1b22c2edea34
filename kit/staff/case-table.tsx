import type { TableColumnType, TableProps } from 'antd'
import { Tag } from 'antd'
import type { CaseRow, RiskLevel } from '../api-types.ts'
import { type Speech, useSpeech } from '../language.tsx'
import { Link } from '../router.tsx'
import { useSignedIn } from '../session.ts'
import { commonWords, defineWords } from '../words.ts'
import { DataTable } from './data-table.tsx'

const words = defineWords({
  number: { zh: '受理编号', en: 'Case' },
  status: { zh: '状态', en: 'Status' },
  risk: { zh: '风险', en: 'Risk' },
  due: { zh: '办理期限', en: 'Due' },
  opened: { zh: '申请时间', en: 'Opened' },
  overdue: { zh: '已超期', en: 'overdue' },
  today: { zh: '今天到期', en: 'due today' },
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
})

const riskColours = { high: 'error', medium: 'warning', low: 'processing' } as const

/** A risk level in words; the colour only repeats it. A dash where no rule was hit. */
export function RiskTag({ level }: { level: RiskLevel | null }) {
  const { say } = useSpeech()
  return level === null ? <>—</> : <Tag color={riskColours[level]}>{say(words[level])}</Tag>
}

/** Cases with their status, risk and deadline; the number leads to the case. `extra` columns stand after the status. */
export function CaseTable(props: {
  rows: readonly CaseRow[]
  extra?: Array<TableColumnType<CaseRow>>
  emptyText?: string
  isLoading?: boolean
  rowSelection?: TableProps<CaseRow>['rowSelection']
}) {
  const speech = useSpeech()
  const { today } = useSignedIn()
  const { say, moment } = speech
  return (
    <DataTable<CaseRow>
      rowKey="caseId"
      loading={props.isLoading ?? false}
      dataSource={[...props.rows]}
      {...(props.emptyText !== undefined && { emptyText: props.emptyText })}
      {...(props.rowSelection && { rowSelection: props.rowSelection })}
      columns={[
        {
          title: say(words.number),
          key: 'number',
          render: (_, row) => <Link to={`/cases/${row.caseId}`}>{row.number}</Link>,
        },
        { title: say(words.status), key: 'status', render: (_, row) => say(row.statusTitle) },
        ...(props.extra ?? []),
        { title: say(words.risk), key: 'risk', render: (_, row) => <RiskTag level={row.riskLevel} /> },
        { title: say(words.due), key: 'due', render: (_, row) => <DueCell row={row} today={today} speech={speech} /> },
        {
          title: say(words.opened),
          key: 'opened',
          className: 'staff-nowrap',
          render: (_, row) => moment(row.openedAt),
        },
      ]}
    />
  )
}

/** The last day of a case's task, and whether it is today or over. */
export function DueCell({ row, today, speech: { say, day } }: { row: CaseRow; today: string; speech: Speech }) {
  if (row.dueOn === null) return '—'
  return (
    <span className="staff-nowrap">
      {day(row.dueOn)} {row.dueAssumed && <Tag>{say(commonWords.assumed)}</Tag>}
      {row.dueOn < today && <Tag color="error">{say(words.overdue)}</Tag>}
      {row.dueOn === today && <Tag color="warning">{say(words.today)}</Tag>}
    </span>
  )
}

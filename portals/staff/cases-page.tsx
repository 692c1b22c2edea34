import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Select, Tag } from 'antd'
import { type CaseRow, defineWords, go, liveOn, useApi, usePlace, useSpeech } from '../../kit/door.ts'
import { CaseTable, ProblemAlert, SaveTable, StaffPage } from '../../kit/staff/door.ts'
import { CaseSummary } from './case-summary.tsx'
import { useFlows } from './flows.ts'

const words = defineWords({
  title: { zh: '办件查询', en: 'Find a case' },
  summary: { zh: '只列出本岗位可以查看的件。', en: 'Only cases that your post may see are listed.' },
  text: { zh: '编号或摘要的一部分', en: 'part of the number or summary' },
  flow: { zh: '事项', en: 'Matter' },
  status: { zh: '状态', en: 'Status' },
  about: { zh: '内容', en: 'About' },
  opened: { zh: '{from}至{to}申请', en: 'opened {from} to {to}' },
  closedIn: { zh: '{from}至{to}办结', en: 'closed {from} to {to}' },
  stillOpen: { zh: '未办结', en: 'not closed' },
  closed: { zh: '已办结', en: 'Closed' },
  dueBefore: { zh: '期限在 {day} 之前', en: 'due before {day}' },
  number: { zh: '受理编号', en: 'Case' },
  openedAt: { zh: '申请时间', en: 'Opened' },
  due: { zh: '办理期限', en: 'Due' },
  any: { zh: '不限', en: 'any' },
  more: { zh: '再看 50 件', en: '50 more' },
})

const pageSize = 50

/** Cases by number, matter and status; what is looked for stands in the address, so that it can be linked to. */
export function CasesPage() {
  const { say, moment } = useSpeech()
  const api = useApi()
  const { query } = usePlace()
  const flows = useFlows()
  const filter = {
    flow: query.get('flow') ?? undefined,
    status: query.get('status') ?? undefined,
    text: query.get('text') ?? undefined,
    openedFrom: query.get('openedFrom') ?? undefined,
    openedTo: query.get('openedTo') ?? undefined,
    closedFrom: query.get('closedFrom') ?? undefined,
    closedTo: query.get('closedTo') ?? undefined,
    dueBefore: query.get('dueBefore') ?? undefined,
    open: query.get('open') ?? undefined,
  }
  const found = useInfiniteQuery({
    queryKey: ['cases', filter],
    queryFn: ({ pageParam }) =>
      api.get<{ items: CaseRow[] }>('/cases', { ...filter, after: pageParam, limit: pageSize }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ items }) => (items.length < pageSize ? undefined : items.at(-1)?.caseId),
    meta: liveOn('cases'),
  })
  const show = (change: Partial<typeof filter>) => {
    const next = Object.entries({ ...filter, ...change }).filter(([, value]) => value)
    go(`/cases?${new URLSearchParams(next.map(([name, value]) => [name, String(value)]))}`, { replace: true })
  }
  const flowChoices = new Map((flows.data ?? []).map((flow) => [flow.flow, flow]))
  const statuses = Object.entries(flowChoices.get(filter.flow ?? '')?.statuses ?? {})
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? []
  const titleOf = (row: CaseRow) => {
    const flow = flowChoices.get(row.flow)
    return flow ? say(flow.title) : row.flow
  }
  const savedCases = {
    name: say(words.title),
    columns: [words.number, words.flow, words.status, words.openedAt, words.closed, words.due].map((each) => say(each)),
    rows: rows.map((row) => [
      ...[row.number, titleOf(row), say(row.statusTitle), moment(row.openedAt)],
      ...[row.closedAt && moment(row.closedAt), row.dueOn],
    ]),
  }
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <div className="staff-filters">
        <Input.Search
          aria-label={say(words.text)}
          placeholder={say(words.text)}
          defaultValue={filter.text ?? ''}
          onSearch={(text) => show({ text: text.trim() || undefined })}
          allowClear
          style={{ maxWidth: 280 }}
        />
        <Select
          aria-label={say(words.flow)}
          value={filter.flow ?? ''}
          onChange={(flow) => show({ flow: flow || undefined, status: undefined })}
          options={[
            { value: '', label: `${say(words.flow)}: ${say(words.any)}` },
            ...[...flowChoices.values()].map(({ flow, title }) => ({ value: flow, label: say(title) })),
          ]}
          style={{ minWidth: 220 }}
        />
        <Select
          aria-label={say(words.status)}
          value={filter.status ?? ''}
          disabled={statuses.length === 0}
          onChange={(status) => show({ status: status || undefined })}
          options={[
            { value: '', label: `${say(words.status)}: ${say(words.any)}` },
            ...statuses.map(([value, { title }]) => ({ value, label: say(title) })),
          ]}
          style={{ minWidth: 180 }}
        />
        <PeriodTags filter={filter} show={show} />
        <SaveTable table={savedCases} />
      </div>
      <ProblemAlert error={found.error} />
      <CaseTable
        rows={rows}
        isLoading={found.isPending}
        extra={[
          {
            title: say(words.flow),
            key: 'flow',
            render: (_, row) => titleOf(row),
          },
          { title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> },
        ]}
      />
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {say(words.more)}
        </Button>
      )}
    </StaffPage>
  )
}

type Period = Partial<
  Record<'openedFrom' | 'openedTo' | 'closedFrom' | 'closedTo' | 'open' | 'dueBefore', string | undefined>
>

/** What a chart or a number led here with; each can be taken away. */
function PeriodTags({ filter, show }: { filter: Period; show: (change: Period) => void }) {
  const { say, day } = useSpeech()
  const { openedFrom, openedTo, closedFrom, closedTo, open, dueBefore } = filter
  return (
    <>
      {openedFrom !== undefined && openedTo !== undefined && (
        <Tag closable onClose={() => show({ openedFrom: undefined, openedTo: undefined })}>
          {say(words.opened, { from: day(openedFrom), to: day(openedTo) })}
        </Tag>
      )}
      {closedFrom !== undefined && closedTo !== undefined && (
        <Tag closable onClose={() => show({ closedFrom: undefined, closedTo: undefined })}>
          {say(words.closedIn, { from: day(closedFrom), to: day(closedTo) })}
        </Tag>
      )}
      {open !== undefined && (
        <Tag closable onClose={() => show({ open: undefined })}>
          {say(open === 'true' ? words.stillOpen : words.closed)}
        </Tag>
      )}
      {dueBefore !== undefined && (
        <Tag closable onClose={() => show({ dueBefore: undefined })}>
          {say(words.dueBefore, { day: day(dueBefore) })}
        </Tag>
      )}
    </>
  )
}

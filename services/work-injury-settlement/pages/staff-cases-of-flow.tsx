import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented, type TableColumnType } from 'antd'
import { useState } from 'react'
import { type CaseRow, defineWords, type Flow, liveOn, useApi, useSpeech } from '../../../kit/door.ts'
import { CaseTable, dayColumn, fenColumn, ProblemAlert, useRegionNames } from '../../../kit/staff/door.ts'
import { useServiceTeller } from './staff-service.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  all: { zh: '全部', en: 'All' },
  more: { zh: '再看 50 件', en: '50 more' },
})

const pageSize = 50

/** The cases of one flow by status, with columns of its own. */
export function CasesOfFlow(props: {
  flow: string
  columns: (rows: readonly CaseRow[]) => Array<TableColumnType<CaseRow>>
  /** The statuses to choose from, in this order; every status of the flow when left out. */
  statuses?: readonly string[]
  emptyText?: string
}) {
  const { flow, columns, statuses, emptyText } = props
  const { say } = useSpeech()
  const api = useApi()
  const [status, setStatus] = useState('')
  const flows = useQuery({
    queryKey: ['flows'],
    queryFn: async () => (await api.get<{ items: Flow[] }>('/flows')).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const found = useInfiniteQuery({
    queryKey: ['cases', { flow, status }],
    queryFn: ({ pageParam }) =>
      api.get<{ items: CaseRow[] }>('/cases', {
        flow,
        status: status || undefined,
        after: pageParam,
        limit: pageSize,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ items }) => (items.length < pageSize ? undefined : items.at(-1)?.caseId),
    meta: liveOn('cases'),
  })
  const titles = flows.data?.findLast((each) => each.flow === flow)?.statuses ?? {}
  const shown = (statuses ?? Object.keys(titles)).filter((name) => titles[name])
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="staff-stack">
      <div className="staff-scroll">
        <Segmented
          value={status}
          onChange={setStatus}
          options={[
            { value: '', label: say(words.all) },
            ...shown.map((value) => ({ value, label: say(titles[value]?.title ?? words.all) })),
          ]}
        />
      </div>
      <ProblemAlert error={found.error} />
      <CaseTable
        rows={rows}
        isLoading={found.isPending}
        extra={columns(rows)}
        {...(emptyText !== undefined && { emptyText })}
      />
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}

/** Columns of what the summaries of this service's cases hold. */
export function useSummaryColumns() {
  const speech = useSpeech()
  const { say } = speech
  const { choice } = useServiceTeller()
  const textOf = (row: CaseRow, name: string) => {
    const value = row.summary[name] ?? null
    return value === null ? null : String(value)
  }
  return {
    amount: (name: 'fundFen' | 'personFen' | 'totalFen', title = serviceWords[name]) =>
      fenColumn<CaseRow>(say(inYuan(title)), ({ summary }) => {
        const value = summary[name]
        return typeof value === 'number' ? value : null
      }),
    day: (name: 'admittedOn') => dayColumn<CaseRow>(say(serviceWords[name]), (row) => textOf(row, name), speech),
    choice: (name: 'costType'): TableColumnType<CaseRow> => ({
      title: say(serviceWords[name]),
      key: name,
      render: (_, row) => choice(textOf(row, name)),
    }),
    text: (name: string, title: { zh: string; en: string }): TableColumnType<CaseRow> => ({
      title: say(title),
      key: name,
      render: (_, row) => textOf(row, name) ?? '—',
    }),
    region: (name: 'insuredRegion' | 'treatmentRegion'): TableColumnType<CaseRow> => ({
      title: say(serviceWords[name]),
      key: name,
      render: (_, row) => <SummaryRegion code={textOf(row, name)} />,
    }),
  }
}

function SummaryRegion({ code }: { code: string | null }) {
  const nameOf = useRegionNames([code])
  return nameOf(code)
}

// biome-ignore-all lint/a11y/useSemanticElements: a table of which only the rows in sight are drawn, and that is moved in by keys, is a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its current row

import { type UseQueryResult, useQueries, useQueryClient } from '@tanstack/react-query'
import { Button, Space } from 'antd'
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import {
  type CaseRow,
  commonWords,
  defineWords,
  go,
  Link,
  liveOn,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { DueCell, Loaded, RiskTag } from '../../kit/staff/door.ts'
import { CaseSummary } from './case-summary.tsx'
import { useFlows } from './flows.ts'
import { TaskHands, useHolderInWords } from './task-hands.tsx'

const words = defineWords({
  list: { zh: '待办列表：上下键移动，空格选中，回车打开', en: 'Tasks: arrow keys move, Space selects, Enter opens' },
  number: { zh: '受理编号', en: 'Case' },
  status: { zh: '状态', en: 'Status' },
  flow: { zh: '事项', en: 'Matter' },
  about: { zh: '内容', en: 'About' },
  risk: { zh: '风险', en: 'Risk' },
  due: { zh: '办理期限', en: 'Due' },
  opened: { zh: '申请时间', en: 'Opened' },
  found: { zh: '共 {count} 件', en: '{count} tasks' },
  select: { zh: '选中', en: 'Select' },
  selected: { zh: '已选 {count} 件', en: '{count} selected' },
  unselect: { zh: '取消选择', en: 'Clear' },
  nothing: { zh: '没有待办的件', en: 'Nothing to do at the moment' },
})

/** Which tasks are listed; the server filters and sorts. */
export type TaskFilter = {
  text?: string
  flow?: string
  due?: 'overdue' | 'today'
  risky?: boolean
  held?: 'by_me' | 'by_nobody'
  personId?: string
}

/** `total`: told with the first page. */
type TaskPage = { total?: number; items: CaseRow[] }

const rowPixels = 48
const pageRows = 100
/** As many as one request takes. */
const selectedMax = 100
/** Rows that are drawn above and below what is seen, so that scrolling shows no gap. */
const spareRows = 10
/** How near to what is seen a page is read before it is. */
const aheadRows = 50
/** What is seen of a list that was not scrolled yet. */
const top = { first: 0, last: 30 }

/**
 * The tasks of a post, however many: only the rows that are seen are drawn, and only their pages are read. One stop for the tabulator; arrow keys,
 * Page Up and Down, Home and End move, Space selects, Enter opens. Selected tasks change hands together.
 */
export function TaskList({ filter }: { filter: TaskFilter }) {
  const { say } = useSpeech()
  const frame = useRef<HTMLDivElement>(null)
  const flows = useFlows()
  const holderInWords = useHolderInWords()
  const titles = new Map(flows.data?.map(({ flow, title }) => [flow, say(title)]))
  // Where one had come to in another list says nothing of this one, and none of its rows is read for it.
  const [looked, setLooked] = useState({ filter, ...top })
  const seen = looked.filter === filter ? looked : top
  const [current, setCurrent] = useState(0)
  const [selected, setSelected] = useState<readonly string[]>([])
  const { total, rowAt, first } = useTaskPages(filter, seen)
  const look = () => {
    if (!frame.current) return
    const { scrollTop, clientHeight } = frame.current
    const next = { first: Math.floor(scrollTop / rowPixels), last: Math.ceil((scrollTop + clientHeight) / rowPixels) }
    setLooked((before) =>
      before.filter === filter && before.first === next.first && before.last === next.last
        ? before
        : { filter, ...next },
    )
  }
  const isThere = total !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at the top
  useLayoutEffect(() => {
    frame.current?.scrollTo(0, 0)
    setCurrent(0)
    setSelected([])
    look()
  }, [filter, isThere])
  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min((total ?? 1) - 1, index))
    setCurrent(target)
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {}
    // The head of the table stays in sight and takes a row.
    const [above, bottom] = [target * rowPixels, (target + 2) * rowPixels]
    if (above < scrollTop) frame.current?.scrollTo(0, above)
    else if (bottom > scrollTop + clientHeight) frame.current?.scrollTo(0, bottom - clientHeight)
  }
  const select = useCallback((caseId: string) => setSelected((before) => toggled(before, caseId)), [])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key]
    if (step !== undefined) moveTo(current + step)
    else if (event.key === 'Enter') open(rowAt(current))
    else if (event.key === ' ') select(rowAt(current)?.caseId ?? '')
    else return
    event.preventDefault()
  }
  if (total === undefined) return <Loaded query={first}>{() => null}</Loaded>
  const [from, to] = [Math.max(0, seen.first - spareRows), Math.min(total, seen.last + spareRows)]
  return (
    <>
      <p className="staff-quiet" role="status">
        {total === 0 ? say(words.nothing) : say(words.found, { count: total })}
      </p>
      {selected.length > 0 && <SelectedTasks caseIds={selected} onSelect={setSelected} />}
      <div
        ref={frame}
        role="grid"
        aria-label={say(words.list)}
        aria-rowcount={total + 1}
        aria-multiselectable
        aria-activedescendant={total > 0 ? `task-${current}` : undefined}
        tabIndex={0}
        className="staff-tasks"
        onScroll={look}
        onKeyDown={onKeyDown}
      >
        <Head />
        <div role="rowgroup" className="staff-tasks-rows" style={{ height: total * rowPixels }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place).map((index) => {
            const row = rowAt(index)
            return (
              <TaskRow
                key={index}
                index={index}
                row={row}
                title={row && (titles.get(row.flow) ?? row.flow)}
                holder={holderInWords(row?.heldBy ?? null)}
                isCurrent={index === current}
                isSelected={row !== undefined && selected.includes(row.caseId)}
                onChoose={setCurrent}
                onSelect={select}
              />
            )
          })}
        </div>
      </div>
    </>
  )
}

/** The selected tasks with one more or one less, at most as many as one request takes. */
function toggled(before: readonly string[], caseId: string): readonly string[] {
  if (before.includes(caseId)) return before.filter((each) => each !== caseId)
  return caseId !== '' && before.length < selectedMax ? [...before, caseId] : before
}

/** What can be done with the selected tasks together; they stay selected until the officer clears them. */
function SelectedTasks({
  caseIds,
  onSelect,
}: {
  caseIds: readonly string[]
  onSelect: (caseIds: readonly string[]) => void
}) {
  const { say } = useSpeech()
  return (
    <section className="staff-tasks-selected" aria-label={say(words.selected, { count: caseIds.length })}>
      <Space>
        <strong role="status">{say(words.selected, { count: caseIds.length })}</strong>
        <Button type="link" onClick={() => onSelect([])}>
          {say(words.unselect)}
        </Button>
      </Space>
      <TaskHands caseIds={caseIds} may={{ takeUp: true, putBack: true, handOver: true }} />
    </section>
  )
}

function open(row: CaseRow | undefined): void {
  if (row) go(`/cases/${row.caseId}`)
}

/** The pages that what is seen stands on, and ahead of them those that scrolling on comes to; `total` as the newest of them tells it. */
function useTaskPages(filter: TaskFilter, seen: { first: number; last: number }) {
  const api = useApi()
  const client = useQueryClient()
  const { acting } = useSignedIn()
  const pageQuery = (index: number) => ({
    queryKey: ['tasks', acting.assignmentId, filter, index],
    queryFn: () => api.get<TaskPage>('/tasks', { ...filter, limit: pageRows, offset: index * pageRows }),
    meta: liveOn('tasks'),
  })
  const indices = [...new Set([0, pageOf(seen.first), pageOf(seen.last)])]
  const pages: Array<UseQueryResult<TaskPage>> = useQueries({
    queries: indices.map((index) => ({
      ...pageQuery(index),
      // While another filter is read, what was listed stays.
      placeholderData: (before: TaskPage | undefined) => (index === 0 ? before : undefined),
      refetchInterval: 60_000,
    })),
  })
  const items = new Map(indices.map((index, place) => [index, pages[place]?.data?.items]))
  const [first] = pages
  if (!first) throw new Error('the first page is always read')
  const total = first.data?.total
  const isReading = pages.some(({ data, isPlaceholderData }) => data === undefined || isPlaceholderData)
  const [before, after] = [pageOf(seen.first - aheadRows), pageOf(Math.min(seen.last + aheadRows, (total ?? 1) - 1))]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query of a page follows from the filter
  useEffect(() => {
    if (isReading) return
    for (const index of [before, after]) void client.prefetchQuery(pageQuery(index))
  }, [client, filter, isReading, before, after])
  return {
    first,
    total,
    rowAt: (index: number) => items.get(Math.floor(index / pageRows))?.[index % pageRows],
  }
}

/** The page on which a row stands. */
function pageOf(row: number): number {
  return Math.max(0, Math.floor(row / pageRows))
}

function Head() {
  const { say } = useSpeech()
  return (
    <div role="rowgroup" className="staff-tasks-head">
      <div role="row" aria-rowindex={1} className="staff-task">
        <span role="columnheader" aria-label={say(words.select)} />
        {(['number', 'status', 'flow', 'about', 'risk', 'due', 'opened'] as const).map((name) => (
          <span key={name} role="columnheader">
            {say(words[name])}
          </span>
        ))}
      </div>
    </div>
  )
}

type TaskRowProps = {
  index: number
  row: CaseRow | undefined
  /** Of its flow, in the reader's language. */
  title: string | undefined
  /** Who has it in hand, in words. */
  holder: string | null
  isCurrent: boolean
  isSelected: boolean
  onChoose: (index: number) => void
  onSelect: (caseId: string) => void
}

/** Drawn again only where something of it changes: scrolling by a row draws one row. */
const TaskRow = memo(({ index, row, title, holder, isCurrent, isSelected, onChoose, onSelect }: TaskRowProps) => {
  const speech = useSpeech()
  const { say, moment } = speech
  const { today } = useSignedIn()
  return (
    <div
      role="row"
      id={`task-${index}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={isCurrent ? 'staff-task staff-task-current' : 'staff-task'}
      style={{ top: index * rowPixels }}
      onPointerDown={() => onChoose(index)}
    >
      {row ? (
        <>
          <span role="gridcell">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`${say(words.select)} ${row.number}`}
              checked={isSelected}
              onChange={() => onSelect(row.caseId)}
            />
          </span>
          <span role="gridcell">
            <Link to={`/cases/${row.caseId}`} tabIndex={-1}>
              {row.number}
            </Link>
          </span>
          <span role="gridcell">
            {say(row.statusTitle)}
            {holder !== null && <small className="staff-task-holder">{holder}</small>}
          </span>
          <span role="gridcell">{title}</span>
          <span role="gridcell">
            <CaseSummary row={row} />
          </span>
          <span role="gridcell">
            <RiskTag level={row.riskLevel} />
          </span>
          <span role="gridcell">
            <DueCell row={row} today={today} speech={speech} />
          </span>
          <span role="gridcell">{moment(row.openedAt)}</span>
        </>
      ) : (
        <span role="gridcell" className="staff-quiet">
          {say(commonWords.loading)}
        </span>
      )}
    </div>
  )
})

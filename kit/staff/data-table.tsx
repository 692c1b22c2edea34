import { Table, type TableProps } from 'antd'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useSpeech } from '../language.tsx'
import { commonWords } from '../words.ts'

/**
 * A dense table that pages only beyond fifty rows. On a phone each row is a card, whose values stand beside the names of their columns; where a table is
 * wider than its frame otherwise, it scrolls sideways, by keyboard too.
 */
export function DataTable<Row extends object>({
  emptyText,
  columns = [],
  ...props
}: TableProps<Row> & { emptyText?: string }) {
  const { say } = useSpeech()
  const isPhone = useIsPhone()
  return (
    <div ref={useReachableScroll()} {...(isPhone && { className: 'staff-cards' })}>
      <Table<Row>
        size="small"
        bordered
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        {...(!isPhone && { scroll: { x: 'max-content' } })}
        locale={{ emptyText: <span className="kit-quiet">{emptyText ?? say(commonWords.nothing)}</span> }}
        {...props}
        columns={isPhone ? asCards(columns) : columns}
      />
    </div>
  )
}

type ColumnsOf<Row> = NonNullable<TableProps<Row>['columns']>

/** The columns, each of whose cells says the column's name, which stands before it, and begins where the others do. */
function asCards<Row extends object>(columns: ColumnsOf<Row>): ColumnsOf<Row> {
  return columns.map((column) => {
    if ('children' in column) return { ...column, children: asCards(column.children) }
    if (typeof column.title !== 'string' || column.title === '') return column
    const label: Record<string, string> = { 'data-label': column.title }
    return { ...column, align: 'start', onCell: (row, index) => ({ ...column.onCell?.(row, index), ...label }) }
  })
}

const phone = '(max-width: 640px)'

function useIsPhone(): boolean {
  return useSyncExternalStore(followPhone, () => window.matchMedia(phone).matches)
}

function followPhone(tell: () => void): () => void {
  const query = window.matchMedia(phone)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

/** Whatever is wider than its frame can be focused, so that arrow keys scroll it (WCAG 2.1.1). Cards and columns are frames of their own: looked up anew. */
function useReachableScroll() {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const contents = [...(frame.current?.querySelectorAll<HTMLElement>('.ant-table-content') ?? [])]
    const follow = new ResizeObserver(() => {
      for (const content of contents) {
        if (content.scrollWidth > content.clientWidth) content.tabIndex = 0
        else content.removeAttribute('tabindex')
      }
    })
    for (const content of contents) {
      follow.observe(content)
      if (content.firstElementChild) follow.observe(content.firstElementChild)
    }
    return () => follow.disconnect()
  })
  return frame
}

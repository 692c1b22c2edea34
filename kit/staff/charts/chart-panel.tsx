import { Button, Card, type TableColumnType } from 'antd'
import type { ReactNode } from 'react'
import { fetchedPart } from '../../fetched.tsx'
import { formatFen } from '../../formats.ts'
import { useSpeech } from '../../language.tsx'
import { Later } from '../../later.tsx'
import { go, Link } from '../../router.tsx'
import { defineWords } from '../../words.ts'
import { DataTable } from '../data-table.tsx'
import './charts.css'
import { type ChartOption, useChartOption } from './look.ts'
import { type Cell, csvOf, type SavedTable, workbookOf } from './table-file.ts'

// The numbers stand in the table first: what draws them is the heaviest part of a page.
const EChart = fetchedPart(async () => {
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 2_000 })
    else setTimeout(resolve, 500)
  })
  return (await import('./echart.tsx')).EChart
})

const words = defineWords({
  chart: { zh: '{title}（图表，同样的数字见表格）', en: '{title} (a chart; the same numbers stand in the table)' },
  drawing: { zh: '正在绘图…', en: 'Drawing …' },
  nothing: { zh: '这段时间没有数据', en: 'Nothing in this period' },
  saveAs: { zh: '导出 {kind}', en: 'Save as {kind}' },
})

/** A column of the table beside a chart. Amounts are `{ fen }`. `pathOf`: the list of exactly what the cell names or counts. */
export type ChartColumn<Row> = { title: string; cell: (row: Row) => Cell; pathOf?: (row: Row) => string }

type PanelProps<Row> = {
  title: string
  note?: ReactNode
  rows: readonly Row[]
  columns: ReadonlyArray<ChartColumn<Row>>
  chart: ChartOption
  map?: { name: string; geoJson: string } | undefined
  heightPixels?: number
  /** The list of what a mark of the chart counts: the nth of the data of a series. */
  pathAt?: (dataIndex: number, seriesIndex: number) => string | undefined
}

/** A chart beside the table of its numbers, for those who do not see it and those who want them exact; both lead to what they count, the table can be saved. */
export function ChartPanel<Row extends object>(props: PanelProps<Row>) {
  const { title, note, rows, columns, heightPixels = 300, pathAt } = props
  const { say } = useSpeech()
  const option = useChartOption(props.chart)
  const pick = (dataIndex: number, seriesIndex: number) => {
    const path = pathAt?.(dataIndex, seriesIndex)
    if (path !== undefined) go(path)
  }
  return (
    <Card size="small" title={<h2 className="staff-panel-title">{title}</h2>} extra={<SaveButtons {...props} />}>
      {note}
      {rows.length === 0 ? (
        <p className="staff-quiet">{say(words.nothing)}</p>
      ) : (
        <div className="staff-chart-panel">
          <Later isWithinPage place={title} meanwhile={<p className="staff-quiet">{say(words.drawing)}</p>}>
            <EChart
              option={option}
              label={say(words.chart, { title })}
              heightPixels={heightPixels}
              map={props.map}
              onPick={pick}
            />
          </Later>
          <DataTable<Row>
            rowKey={(row) => columns.map(({ cell }) => JSON.stringify(cell(row))).join(' ')}
            dataSource={[...rows]}
            columns={columns.map(tableColumn)}
            pagination={{ defaultPageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
          />
        </div>
      )}
    </Card>
  )
}

/** Of nothing there is nothing to see: zero is no link. */
function tableColumn<Row>({ title, cell, pathOf }: ChartColumn<Row>): TableColumnType<Row> {
  return {
    title,
    key: title,
    onCell: (row) =>
      typeof cell(row) === 'string' ? {} : { className: 'staff-amount', style: { textAlign: 'right' } },
    render: (_, row) =>
      pathOf && cell(row) !== 0 ? <Link to={pathOf(row)}>{shown(cell(row))}</Link> : shown(cell(row)),
  }
}

function shown(cell: Cell): string {
  if (cell === null) return '—'
  return typeof cell === 'object' ? formatFen(cell.fen) : String(cell)
}

function SaveButtons<Row>({ title, rows, columns }: Pick<PanelProps<Row>, 'title' | 'rows' | 'columns'>) {
  const table: SavedTable = {
    name: title,
    columns: columns.map((column) => column.title),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  }
  return rows.length === 0 ? null : <SaveTable table={table} />
}

/** Saves a table as it is shown, as Excel or CSV. */
export function SaveTable({ table }: { table: SavedTable }) {
  const { say } = useSpeech()
  return (
    <span className="staff-save staff-no-print">
      <Button size="small" onClick={() => save(`${table.name}.xlsx`, workbookOf(table), workbookType)}>
        {say(words.saveAs, { kind: 'Excel' })}
      </Button>
      <Button size="small" onClick={() => save(`${table.name}.csv`, csvOf(table), 'text/csv')}>
        {say(words.saveAs, { kind: 'CSV' })}
      </Button>
    </span>
  )
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function save(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

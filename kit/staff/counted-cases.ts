/** What is counted of the cases of a month: `open` and `overdue` are of those opened in it. */
export type CaseCount = 'opened' | 'closed' | 'open' | 'overdue'

type Counted = {
  /** The days that are counted, both of them too. */
  from: string
  to: string
  today: string
  flow?: string
}

/** The list of exactly the cases that a number of `GET /cases/months` counts. */
export function pathOfCounted(count: CaseCount, { from, to, today, flow }: Counted): string {
  const opened = { openedFrom: from, openedTo: to }
  const asked = {
    opened,
    closed: { closedFrom: from, closedTo: to },
    open: { ...opened, open: 'true' },
    overdue: { ...opened, open: 'true', dueBefore: today },
  }[count]
  return `/cases?${new URLSearchParams({ ...(flow !== undefined && { flow }), ...asked })}`
}

/** A chart with a series for each of some counts: which list its marks lead to. */
export function pathAtOf<Row>(
  rows: readonly Row[],
  series: readonly CaseCount[],
  pathOf: (count: CaseCount, row: Row) => string,
) {
  return (dataIndex: number, seriesIndex: number) => {
    const [row, count] = [rows[dataIndex], series[seriesIndex]]
    return row && count && pathOf(count, row)
  }
}

import type { TableColumnType } from 'antd'
import { formatFen } from '../formats.ts'
import type { Speech } from '../language.tsx'

/** A table column of amounts: right-aligned, in yuan with two decimals; a dash for none. */
export function fenColumn<Row>(title: string, amountOf: (row: Row) => number | string | null): TableColumnType<Row> {
  return {
    title,
    key: title,
    align: 'right',
    className: 'staff-amount',
    render: (_, row) => {
      const amountFen = amountOf(row)
      return amountFen === null ? '—' : formatFen(amountFen)
    },
  }
}

/** A table column of business dates. */
export function dayColumn<Row>(
  title: string,
  dateOf: (row: Row) => string | null,
  { day }: Speech,
): TableColumnType<Row> {
  return { title, key: title, className: 'staff-nowrap', render: (_, row) => day(dateOf(row)) }
}

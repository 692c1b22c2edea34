import { Descriptions } from 'antd'
import { createContext, type ReactNode, useContext } from 'react'

/** One fact: its name and its value as shown. Facts without a value (`null`, `undefined`) are left out. */
export type Fact = { label: string; value: ReactNode }

/** How many columns of facts there is room for where they stand: three on a whole page, one beside something else. */
export const FactColumns = createContext(3)

/** Facts side by side, as many columns as the width allows. */
export function FactList({
  title,
  facts,
  columns: wanted,
}: {
  title?: string
  facts: readonly Fact[]
  columns?: number
}) {
  const room = useContext(FactColumns)
  const columns = wanted ?? room
  const shown = facts.filter(({ value }) => value !== null && value !== undefined && value !== '')
  return (
    <Descriptions
      {...(title !== undefined && { title })}
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: Math.min(2, columns), lg: columns }}
      items={shown.map(({ label, value }) => ({ key: label, label, children: value }))}
    />
  )
}

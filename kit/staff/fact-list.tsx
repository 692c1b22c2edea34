import { Descriptions } from 'antd'
import type { ReactNode } from 'react'

/** One fact: its name and its value as shown. Facts without a value (`null`, `undefined`) are left out. */
export type Fact = { label: string; value: ReactNode }

/** Facts side by side, as many columns as the width allows. */
export function FactList({ title, facts, columns = 3 }: { title?: string; facts: readonly Fact[]; columns?: number }) {
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

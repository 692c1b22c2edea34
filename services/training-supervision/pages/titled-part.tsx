import { Card } from 'antd'
import type { ReactNode } from 'react'

/** A part of a page under its title. */
export function TitledPart({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <Card size="small" title={title}>
      <div className="staff-stack">{children}</div>
    </Card>
  )
}

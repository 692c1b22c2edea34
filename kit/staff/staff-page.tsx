import { Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'

/** A page of the staff portal: its title (of the browser's tab too), what it is for, what can be done on it. */
export function StaffPage(props: { title: string; summary?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { title, summary, actions, children } = props
  useEffect(() => {
    document.title = `${title} · 通办`
  }, [title])
  return (
    <div className="staff-page">
      <div className="staff-page-head">
        <div>
          <Typography.Title level={1}>{title}</Typography.Title>
          {summary && <Typography.Text type="secondary">{summary}</Typography.Text>}
        </div>
        {actions && <div className="staff-page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

import { Table, type TableProps } from 'antd'
import { useEffect, useRef } from 'react'
import { useSpeech } from '../language.tsx'
import { commonWords } from '../words.ts'

/** A dense table that scrolls sideways on narrow screens, by keyboard too, and pages only beyond fifty rows. */
export function DataTable<Row extends object>({ emptyText, ...props }: TableProps<Row> & { emptyText?: string }) {
  const { say } = useSpeech()
  return (
    <div ref={useReachableScroll()}>
      <Table<Row>
        size="small"
        bordered
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <span className="kit-quiet">{emptyText ?? say(commonWords.nothing)}</span> }}
        {...props}
      />
    </div>
  )
}

/** Whatever is wider than its frame can be focused, so that arrow keys scroll it (WCAG 2.1.1). */
function useReachableScroll() {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const content = frame.current?.querySelector('.ant-table-content')
    if (!(content instanceof HTMLElement)) return
    const follow = new ResizeObserver(() => {
      if (content.scrollWidth > content.clientWidth) content.tabIndex = 0
      else content.removeAttribute('tabindex')
    })
    follow.observe(content)
    if (content.firstElementChild) follow.observe(content.firstElementChild)
    return () => follow.disconnect()
  }, [])
  return frame
}

import { Table, type TableProps } from 'antd'
import { useSpeech } from '../language.tsx'
import { commonWords } from '../words.ts'

/** A dense table that scrolls sideways on narrow screens and pages only beyond fifty rows. */
export function DataTable<Row extends object>({ emptyText, ...props }: TableProps<Row> & { emptyText?: string }) {
  const { say } = useSpeech()
  return (
    <Table<Row>
      size="small"
      bordered
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: emptyText ?? say(commonWords.nothing) }}
      {...props}
    />
  )
}

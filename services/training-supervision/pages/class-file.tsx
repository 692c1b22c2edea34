import { Alert, Button, Space, Upload } from 'antd'
import { useState } from 'react'
import { defineWords, useAction, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { ProblemAlert } from '../../../kit/staff/door.ts'
import { serviceId } from './words.ts'

const words = defineWords({
  template: { zh: '下载模板', en: 'Template' },
  entered: { zh: '已登记 {count} 行', en: '{count} rows entered' },
  known: { zh: '以前登记过 {count} 行', en: '{count} rows known before' },
  wrong: { zh: '有 {count} 处需要改', en: '{count} to be put right' },
  nothing: {
    zh: '没有登记任何一行：请改好整份再导入',
    en: 'Nothing was entered: put the file right and import it again',
  },
  others: {
    zh: '其余的行已登记，改好这些行再导入即可',
    en: 'The other rows are entered; put these right and import them again',
  },
  row: { zh: '第 {row} 行“{column}”：{what}', en: 'Row {row}, {column}: {what}' },
  expected: { zh: '应为{what}', en: 'expected {what}' },
})

type Taken = {
  entered?: number
  imported?: number
  known?: number
  problems: Array<{ row: number; column: string; code: string; params: Record<string, string> }>
}

/** Takes a list of a class over from a file, and tells by row what was not; the template has the columns that it must have. */
export function ClassFile({ label, path, columns }: { label: string; path: string; columns: readonly string[] }) {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const [isReading, setReading] = useState(false)
  const send = useAction((contentBase64: string, key) => api.post<Taken>(path, { contentBase64 }, key))
  const count = send.data ? (send.data.entered ?? send.data.imported ?? 0) : 0
  const problems = send.data?.problems ?? []
  return (
    <div className="staff-stack">
      <Space wrap>
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={async (file) => {
            setReading(true)
            const bytes = new Uint8Array(await file.arrayBuffer())
            setReading(false)
            send.mutate(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')))
            return false
          }}
        >
          <Button loading={isReading || send.isPending}>{label}</Button>
        </Upload>
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${columns.join(',')}\r\n`)}`}
          download={`${label}.csv`}
        >
          {say(words.template)}
        </a>
        <span className="kit-quiet">{columns.join('、')}</span>
      </Space>
      <ProblemAlert error={send.error} />
      {send.data && (count > 0 || problems.length === 0) && (
        <Alert
          type="success"
          title={[say(words.entered, { count }), send.data.known && say(words.known, { count: send.data.known })]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
      {problems.length > 0 && (
        <Alert
          type="error"
          title={`${say(words.wrong, { count: problems.length })}。${say(count > 0 ? words.others : words.nothing)}`}
          description={
            <ul>
              {problems.slice(0, 100).map(({ row, column, code, params }) => (
                <li key={`${row} ${column} ${code}`}>
                  {say(words.row, {
                    ...{ row, column },
                    what: code.startsWith('cell.')
                      ? say(words.expected, { what: tell(code, params) })
                      : tell(code, params),
                  })}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  )
}

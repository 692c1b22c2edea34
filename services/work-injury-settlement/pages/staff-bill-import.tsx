import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal, Select, Space, Upload } from 'antd'
import { useState } from 'react'
import { type Api, commonWords, defineWords, type StepFormProps, useApi, useSpeech } from '../../../kit/door.ts'
import { DataTable, ProblemAlert } from '../../../kit/staff/door.ts'
import { servicePath } from './staff-service.ts'

const words = defineWords({
  choose: { zh: '选择费用明细文件（CSV 或 Excel）', en: 'Choose the bill (CSV or Excel)' },
  note: {
    zh: '先核对列的对应关系；任何一行有错，整份都不导入。',
    en: 'Check first which column is which. If any row is wrong, nothing is imported.',
  },
  read: { zh: '按此对应关系读取', en: 'Read with these columns' },
  sample: { zh: '文件前几行', en: 'First rows of the file' },
  wrong: { zh: '有 {count} 处错误，没有导入任何一行', en: '{count} errors; nothing was imported' },
  row: { zh: '行', en: 'Row' },
  column: { zh: '列', en: 'Column' },
  expected: { zh: '应为', en: 'Expected' },
  found: { zh: '实为', en: 'Found' },
  ready: { zh: '{count} 行全部可读，可以导入', en: 'All {count} rows can be read and imported' },
  import: { zh: '导入 {count} 行', en: 'Import {count} rows' },
  hospitalCode: { zh: '医院编码', en: 'Hospital code' },
  name: { zh: '名称', en: 'Name' },
  chargedOn: { zh: '费用日期', en: 'Date' },
  quantity: { zh: '数量', en: 'Quantity' },
  unitPrice: { zh: '单价', en: 'Unit price' },
  amount: { zh: '金额', en: 'Amount' },
  injuryRelated: { zh: '是否用于工伤', en: 'For the injury' },
  expect_hospitalCode: { zh: '1 到 60 个字的编码', en: 'a code of 1 to 60 characters' },
  expect_name: { zh: '1 到 120 个字的名称', en: 'a name of 1 to 120 characters' },
  expect_chargedOn: { zh: '日期，如 2026-05-11', en: 'a date, e.g. 2026-05-11' },
  expect_quantity: { zh: '数量，最多三位小数，如 1.5', en: 'a quantity with at most three decimals, e.g. 1.5' },
  expect_unitPrice: { zh: '金额（元），如 12.50', en: 'an amount in yuan, e.g. 12.50' },
  expect_amount: { zh: '金额（元），如 12.50', en: 'an amount in yuan, e.g. 12.50' },
  expect_injuryRelated: { zh: '是或否', en: 'yes or no' },
  notChosen: { zh: '请选择列', en: 'choose a column' },
})

const columns = ['hospitalCode', 'name', 'chargedOn', 'quantity', 'unitPrice', 'amount', 'injuryRelated'] as const
type Mapping = Partial<Record<(typeof columns)[number], string>>
type RowProblem = { row: number; column: string; expected: string; found: string }
type Reading = {
  headers: string[]
  sample: string[][]
  mapping: Mapping
  lines: unknown[] | null
  problems: RowProblem[]
}
type BillFile = { name: string; contentBase64: string }

/** Importing a bill: a file, which of its columns is what, every error by row, and only then all lines at once. */
export function BillImport({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const [file, setFile] = useState<BillFile>()
  const [mapping, setMapping] = useState<Mapping>({})
  const [isOpen, setOpen] = useState(false)
  const reading = useMutation({
    mutationFn: (asked: { file: BillFile; mapping?: Mapping }) => readBill(api, asked),
    onSuccess: (read) => setMapping(read.mapping),
  })
  const choose = async (chosen: File) => {
    const next = { name: chosen.name, contentBase64: await base64Of(chosen) }
    setFile(next)
    setOpen(true)
    reading.mutate({ file: next })
  }
  const read = reading.data
  const isMapped = columns.every((column) => mapping[column] !== undefined)
  return (
    <div className="staff-stack">
      <span className="staff-quiet">{say(words.note)}</span>
      <Upload
        accept=".csv,.xlsx"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(chosen) => {
          void choose(chosen)
          return false
        }}
      >
        <Button loading={reading.isPending}>{file?.name ?? say(words.choose)}</Button>
      </Upload>
      <ProblemAlert error={reading.error} />
      <Modal
        open={isOpen && read !== undefined && file !== undefined}
        title={file?.name}
        width="min(1080px, 96vw)"
        footer={null}
        onCancel={() => setOpen(false)}
      >
        {read && file && (
          <div className="staff-stack">
            <MappingChoice headers={read.headers} mapping={mapping} onChange={setMapping} />
            <Space wrap>
              <Button
                disabled={!isMapped}
                loading={reading.isPending}
                onClick={() => reading.mutate({ file, mapping })}
              >
                {say(words.read)}
              </Button>
              {read.lines && (
                <Button
                  type="primary"
                  loading={isTaking}
                  onClick={() => take({ sourceName: file.name, lines: read.lines })}
                >
                  {say(words.import, { count: read.lines.length })}
                </Button>
              )}
            </Space>
            {read.lines && <Alert type="success" showIcon title={say(words.ready, { count: read.lines.length })} />}
            {read.problems.length > 0 && <RowProblems problems={read.problems} mapping={read.mapping} />}
            <strong>{say(words.sample)}</strong>
            <SampleTable headers={read.headers} sample={read.sample} />
          </div>
        )}
      </Modal>
    </div>
  )
}

function readBill(api: Api, { file, mapping }: { file: BillFile; mapping?: Mapping }): Promise<Reading> {
  const { name: fileName, contentBase64 } = file
  return api.post(`${servicePath}/bill/read`, { fileName, contentBase64, ...(mapping && { mapping }) })
}

/** A file's content as the server takes it in JSON. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // In parts: an argument list has a limit.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

type MappingChoiceProps = { headers: readonly string[]; mapping: Mapping; onChange: (mapping: Mapping) => void }

function MappingChoice({ headers, mapping, onChange }: MappingChoiceProps) {
  const { say } = useSpeech()
  return (
    <div className="staff-mapping">
      {columns.map((column) => (
        <label key={column} htmlFor={`column-${column}`}>
          {say(words[column])}
          <Select
            id={`column-${column}`}
            value={mapping[column] ?? null}
            status={mapping[column] === undefined ? 'warning' : ''}
            placeholder={say(words.notChosen)}
            options={headers.map((header) => ({ value: header, label: header }))}
            onChange={(header) => onChange({ ...mapping, ...(header !== null && { [column]: header }) })}
            style={{ width: '100%' }}
          />
        </label>
      ))}
    </div>
  )
}

function RowProblems({ problems, mapping }: { problems: readonly RowProblem[]; mapping: Mapping }) {
  const { say } = useSpeech()
  const expectedIn = ({ column, expected }: RowProblem) => {
    const field = columns.find((each) => mapping[each] === column)
    return field === undefined ? expected : say(words[`expect_${field}`])
  }
  return (
    <>
      <Alert type="error" showIcon title={say(words.wrong, { count: problems.length })} />
      <DataTable<RowProblem>
        rowKey={({ row, column, expected }) => `${row} ${column} ${expected}`}
        dataSource={[...problems]}
        columns={[
          { title: say(words.row), dataIndex: 'row' },
          { title: say(words.column), dataIndex: 'column' },
          { title: say(words.expected), key: 'expected', render: (_, problem) => expectedIn(problem) },
          {
            title: say(words.found),
            key: 'found',
            render: (_, { found }) => found || `（${say(commonWords.nothing)}）`,
          },
        ]}
      />
    </>
  )
}

function SampleTable({ headers, sample }: { headers: readonly string[]; sample: readonly string[][] }) {
  const rows = sample.map((cells, no) => ({ no, cells }))
  return (
    <DataTable<(typeof rows)[number]>
      rowKey="no"
      dataSource={rows}
      columns={headers.map((header, index) => ({
        title: header,
        key: header,
        render: (_, { cells }) => cells[index] ?? '',
      }))}
    />
  )
}

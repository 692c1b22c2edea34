import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input, Segmented, Upload } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  type Api,
  defineWords,
  type StepFormProps,
  useApi,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { DataTable, ProblemAlert } from '../../kit/staff/door.ts'
import { type BatchLine, batchStateOf, resultWords } from './benefit-batch-state.ts'

const words = defineWords({
  help: {
    zh: '可以逐笔登记，也可以导入银行返回的文件。退票的款项退回财政专户，更正账户后进入下一批次。',
    en: 'Record line by line, or import the file that the bank sent back. A returned payment goes back to the special account and, its account mended, into a later batch.',
  },
  import: { zh: '导入银行回盘文件（CSV 或 Excel）', en: 'Import the bank’s file (CSV or Excel)' },
  imported: { zh: '文件中有 {count} 笔结果，核对后登记', en: '{count} results in the file; check them, then record' },
  importedNone: { zh: '文件中没有结果：结果一列是空的', en: 'No result in the file: its column is empty' },
  wrong: { zh: '有 {count} 处错误，没有登记任何一笔', en: '{count} errors; nothing was recorded' },
  row: { zh: '行', en: 'Row' },
  what: { zh: '问题', en: 'Problem' },
  found: { zh: '实为', en: 'Found' },
  result: { zh: '结果', en: 'Result' },
  reason: { zh: '退票原因', en: 'Why it was returned' },
  othersPaid: { zh: '其余 {count} 笔全部已付', en: 'All other {count} were paid' },
  record: { zh: '登记 {count} 笔结果', en: 'Record {count} results' },
  reasonFirst: { zh: '请写明每笔退票的原因。', en: 'Say why each returned payment came back.' },
})

type Result = { result: 'paid' | 'returned'; reason: string }
type Results = Readonly<Record<string, Result>>
type Reading = AnswerOf<'POST /benefits/payments/{caseId}/results/read'>

/** The bank's answers: line by line, from its file, or all that are not named as paid. What is left out keeps waiting. */
export function ResultForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const waiting = batchStateOf(view).lines.filter(({ result }) => result === 'waiting')
  const [results, setResults] = useState<Results>({})
  const [othersPaid, setOthersPaid] = useState(false)
  const named = Object.entries(results)
  const lacksReason = named.some(([, { result, reason }]) => result === 'returned' && reason.trim() === '')
  const count = othersPaid ? waiting.length : named.length
  const record = () =>
    take({
      lines: named.map(([orderId, { result, reason }]) => ({
        orderId,
        result,
        ...(result === 'returned' && { reason: reason.trim() }),
      })),
      othersPaid,
    })
  return (
    <div className="staff-stack">
      <span className="staff-quiet">{say(words.help)}</span>
      <ResultFile caseId={view.file.id} service={view.file.service} onRead={setResults} />
      <WaitingTable lines={waiting} results={results} onChange={setResults} />
      {waiting.length > named.length && (
        <Checkbox checked={othersPaid} onChange={({ target }) => setOthersPaid(target.checked)}>
          {say(words.othersPaid, { count: waiting.length - named.length })}
        </Checkbox>
      )}
      {lacksReason && <Alert type="warning" showIcon title={say(words.reasonFirst)} />}
      <Button type="primary" loading={isTaking} disabled={count === 0 || lacksReason} onClick={record}>
        {say(words.record, { count })}
      </Button>
    </div>
  )
}

type WaitingTableProps = { lines: readonly BatchLine[]; results: Results; onChange: (results: Results) => void }

function WaitingTable({ lines, results, onChange }: WaitingTableProps) {
  const { say, yuan } = useSpeech()
  const choose = (orderId: string, chosen: string) => {
    const { [orderId]: before, ...others } = results
    if (chosen !== 'paid' && chosen !== 'returned') return onChange(others)
    onChange({ ...others, [orderId]: { reason: before?.reason ?? '', result: chosen } })
  }
  return (
    <DataTable<BatchLine>
      rowKey="orderId"
      dataSource={[...lines]}
      scroll={{}}
      columns={[
        {
          title: say(words.result),
          key: 'result',
          render: (_, { orderId, caseNumber, amountFen }) => {
            const given = results[orderId]
            return (
              <div className="staff-stack">
                <span>
                  {caseNumber} · <strong>{yuan(amountFen)}</strong>
                </span>
                <Segmented
                  aria-label={`${caseNumber} ${say(words.result)}`}
                  value={given?.result ?? 'waiting'}
                  onChange={(chosen) => choose(orderId, chosen)}
                  options={(['waiting', 'paid', 'returned'] as const).map((value) => ({
                    value,
                    label: say(resultWords[value]),
                  }))}
                />
                {given?.result === 'returned' && (
                  <Input
                    aria-label={say(words.reason)}
                    placeholder={say(words.reason)}
                    maxLength={200}
                    value={given.reason}
                    onChange={({ target }) =>
                      onChange({ ...results, [orderId]: { result: 'returned', reason: target.value } })
                    }
                  />
                )}
              </div>
            )
          },
        },
      ]}
    />
  )
}

type ResultFileProps = { caseId: string; service: string; onRead: (results: Results) => void }

function ResultFile({ caseId, service, onRead }: ResultFileProps) {
  const { say } = useSpeech()
  const api = useApi()
  const reading = useMutation({
    mutationFn: (file: File) => readResults(api, caseId, file),
    onSuccess: ({ results }) => {
      if (results) onRead(Object.fromEntries(results.map(({ orderId, ...said }) => [orderId, { reason: '', ...said }])))
    },
  })
  const read = reading.data
  return (
    <>
      <Upload
        accept=".csv,.xlsx"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          reading.mutate(file)
          return false
        }}
      >
        <Button loading={reading.isPending}>{say(words.import)}</Button>
      </Upload>
      <ProblemAlert error={reading.error} />
      {read?.results && (
        <Alert
          type={read.results.length > 0 ? 'success' : 'warning'}
          showIcon
          title={
            read.results.length > 0 ? say(words.imported, { count: read.results.length }) : say(words.importedNone)
          }
        />
      )}
      {read && read.problems.length > 0 && <RowProblems problems={read.problems} service={service} />}
    </>
  )
}

async function readResults(api: Api, caseId: string, file: File): Promise<Reading> {
  const form = new FormData()
  form.set('file', file)
  const table = await api.upload<AnswerOf<'POST /files/table'>>('/files/table', form)
  return api.post<Reading>(`/benefits/payments/${caseId}/results/read`, table)
}

function RowProblems({ problems, service }: { problems: Reading['problems']; service: string }) {
  const { say } = useSpeech()
  const { tell } = useTeller(service)
  return (
    <>
      <Alert role="alert" type="error" showIcon title={say(words.wrong, { count: problems.length })} />
      <DataTable<Reading['problems'][number]>
        rowKey={({ row, column }) => `${row} ${column}`}
        dataSource={problems}
        columns={[
          { title: say(words.row), dataIndex: 'row' },
          { title: say(words.what), key: 'problem', render: (_, { problem }) => tell(`bank_file.${problem}`) },
          { title: say(words.found), dataIndex: 'found' },
        ]}
      />
    </>
  )
}

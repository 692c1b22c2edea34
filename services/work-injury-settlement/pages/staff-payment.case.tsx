import { Button, Input, Segmented, Tag } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePart,
  type CasePartProps,
  type CaseView,
  commonWords,
  defineWords,
  type StepFormProps,
  useSpeech,
} from '../../../kit/door.ts'
import { DataTable, FactList, fenColumn, stepForm } from '../../../kit/staff/door.ts'
import { inYuan, opinionField, serviceWords } from './staff-words.ts'

const words = defineWords({
  resultsFirst: {
    zh: '先在上面记下至少一笔的银行结果。',
    en: 'Note the bank’s result of at least one line above first.',
  },
  total: { zh: '批次合计', en: 'Total of the batch' },
  amount: { zh: '应付', en: 'Amount' },
  account: { zh: '收款账户', en: 'Account' },
  result: { zh: '银行结果', en: 'Result' },
  waiting: { zh: '待回盘', en: 'waiting' },
  paid: { zh: '已付', en: 'paid' },
  returned: { zh: '退票', en: 'returned' },
  reason: { zh: '退票原因', en: 'Why it was returned' },
  resultNote: {
    zh: '逐笔登记银行回盘结果；退票的款项退回财政专户，进入下一批次重新支付。',
    en: 'Record the bank’s result line by line. A returned payment goes back to the special account and is paid again in the next batch.',
  },
  record: { zh: '登记 {count} 笔结果', en: 'Record {count} results' },
  withdrawn: { zh: '退回', en: 'Withdraw' },
})

const line = z.object({
  settlementNumber: z.string(),
  amountFen: z.number(),
  accountMasked: z.string(),
  result: z.enum(['waiting', 'paid', 'returned']),
  reason: z.nullable(z.string()),
})
type Line = z.infer<typeof line>
const paymentState = z.object({ lines: z.array(line), totalFen: z.number() })
const stateOf = ({ file }: CaseView) => z.parse(paymentState, file.state)

const resultColours = { waiting: 'default', paid: 'success', returned: 'error' } as const

function PaymentFacts({ view }: CasePartProps) {
  const { say, yuan } = useSpeech()
  const { lines, totalFen } = stateOf(view)
  return (
    <div className="staff-stack">
      <FactList facts={[{ label: say(words.total), value: yuan(totalFen) }]} />
      <DataTable<Line>
        rowKey="settlementNumber"
        dataSource={lines}
        columns={[
          { title: say(serviceWords.settlementNumber), dataIndex: 'settlementNumber' },
          { title: say(words.account), dataIndex: 'accountMasked' },
          fenColumn(say(inYuan(words.amount)), ({ amountFen }) => amountFen),
          {
            title: say(words.result),
            key: 'result',
            render: (_, { result, reason }) => (
              <>
                <Tag color={resultColours[result]}>{say(words[result])}</Tag>
                {reason}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}

type Result = { result: 'paid' | 'returned'; reason: string }

/** The bank's answer line by line; what is left out keeps waiting. */
function ResultForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const waiting = stateOf(view).lines.filter(({ result }) => result === 'waiting')
  const [results, setResults] = useState<Record<string, Result>>({})
  const chosen = waiting.flatMap(({ settlementNumber }) => {
    const found = results[settlementNumber]
    if (!found) return []
    return [{ settlementNumber, result: found.result, ...(found.reason !== '' && { reason: found.reason }) }]
  })
  const note = (number: string, change: Partial<Result>) =>
    setResults({ ...results, [number]: { result: 'paid', reason: '', ...results[number], ...change } })
  return (
    <div className="staff-stack">
      <span className="staff-quiet">{say(words.resultNote)}</span>
      {waiting.map(({ settlementNumber }) => (
        <div key={settlementNumber} className="staff-stack">
          <strong>{settlementNumber}</strong>
          <Segmented
            value={results[settlementNumber]?.result ?? 'waiting'}
            onChange={(value) =>
              (value === 'paid' || value === 'returned') && note(settlementNumber, { result: value })
            }
            options={(['waiting', 'paid', 'returned'] as const).map((value) => ({ value, label: say(words[value]) }))}
          />
          {results[settlementNumber]?.result === 'returned' && (
            <Input
              aria-label={say(words.reason)}
              placeholder={say(words.reason)}
              value={results[settlementNumber]?.reason}
              onChange={({ target }) => note(settlementNumber, { reason: target.value })}
            />
          )}
        </div>
      ))}
      <Button type="primary" loading={isTaking} disabled={chosen.length === 0} onClick={() => take({ lines: chosen })}>
        {say(words.record, { count: chosen.length })}
      </Button>
      {chosen.length === 0 && <span className="staff-quiet">{say(words.resultsFirst)}</span>}
    </div>
  )
}

/** Payment batches: drawn up, approved by another, with the bank's result for each line. */
export const casePart: CasePart = {
  flow: 'payment',
  Facts: PaymentFacts,
  stepForms: {
    approve: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: serviceWords.outcome,
          required: true,
          options: [
            { value: 'approved', label: serviceWords.approved },
            { value: 'withdrawn', label: words.withdrawn },
          ],
        },
        opinionField,
      ],
      submitLabel: commonWords.submit,
    }),
    recordResult: ResultForm,
  },
}

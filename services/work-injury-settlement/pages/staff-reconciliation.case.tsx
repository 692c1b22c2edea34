import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePart,
  type CasePartProps,
  type CaseView,
  commonWords,
  defineWords,
  formatFen,
  parseYuan,
  type StepFormProps,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { DataTable, FactList, fenColumn, Loaded, stepForm } from '../../../kit/staff/door.ts'
import { servicePath } from './staff-service.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  items: { zh: '经办机构台账', en: 'What the agency has' },
  differences: { zh: '差异', en: 'Differences' },
  noDifferences: { zh: '没有差异', en: 'No differences' },
  agency: { zh: '经办机构', en: 'Agency' },
  hospital: { zh: '医院', en: 'Hospital' },
  missing: { zh: '没有这一笔', en: 'does not have it' },
  resolution: { zh: '处理结果', en: 'Resolution' },
  submitNote: {
    zh: '按本院账上的基金应付金额填写；已按结算台账预填，请逐笔核对，本院没有的一笔请清空。',
    en: 'Enter what the fund owes by your own books. The settlements are filled in: check each, and clear what you do not have.',
  },
  submitList: { zh: '提交本院明细', en: 'Submit our list' },
  which: { zh: '哪一笔差异', en: 'Which difference' },
  right: { zh: '以谁为准', en: 'Whose figure counts' },
  agencyRight: { zh: '经办机构，医院改账', en: 'The agency’s; the hospital puts its books right' },
  hospitalRight: {
    zh: '医院，更正或撤销该结算',
    en: 'The hospital’s; the settlement is corrected, or undone to be settled again',
  },
  how: { zh: '如何处理', en: 'How it is resolved' },
})

const difference = z.object({
  settlementNumber: z.string(),
  agencyFen: z.nullable(z.number()),
  hospitalFen: z.nullable(z.number()),
  resolution: z.nullable(z.string()),
})
type Difference = z.infer<typeof difference>
const item = z.object({ settlementNumber: z.string(), fundFen: z.number() })
type Item = z.infer<typeof item>
const reconciliationState = z.object({
  month: z.nullable(z.string()),
  items: z.array(item),
  differences: z.array(difference),
})

const stateOf = ({ file }: CaseView) => z.parse(reconciliationState, file.state)

function ReconciliationFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { month, items, differences } = stateOf(view)
  const amount = (amountFen: number | null) => (amountFen === null ? say(words.missing) : formatFen(amountFen))
  return (
    <div className="staff-stack">
      <FactList facts={[{ label: say(serviceWords.month), value: month }]} />
      <strong>{say(words.differences)}</strong>
      <DataTable<Difference>
        rowKey="settlementNumber"
        dataSource={differences}
        emptyText={say(words.noDifferences)}
        columns={[
          { title: say(serviceWords.settlementNumber), dataIndex: 'settlementNumber' },
          { title: say(words.agency), key: 'agency', align: 'right', render: (_, { agencyFen }) => amount(agencyFen) },
          { title: say(words.hospital), key: 'hospital', align: 'right', render: (_, row) => amount(row.hospitalFen) },
          { title: say(words.resolution), key: 'resolution', render: (_, { resolution }) => resolution ?? '—' },
        ]}
      />
      <strong>{say(words.items)}</strong>
      <DataTable<Item>
        rowKey="settlementNumber"
        dataSource={items}
        columns={[
          { title: say(serviceWords.settlementNumber), dataIndex: 'settlementNumber' },
          fenColumn(say(inYuan(serviceWords.fundFen)), ({ fundFen }) => fundFen),
        ]}
      />
    </div>
  )
}

type Settlement = {
  number: string
  fundFen: number
  deductedFen: number
  dischargedOn: string
  state: string
  reconciledOn: string | null
}

/** The hospital's own list, filled in from its settlements up to the month and to be held against its books. */
function SubmitListForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const { month } = stateOf(view)
  const settlements = useQuery({
    queryKey: ['settlements', 'host'],
    queryFn: () => api.get<{ rows: Settlement[] }>(`${servicePath}/settlements`, { side: 'host' }),
  })
  return (
    <Loaded query={settlements}>
      {({ rows }) => {
        const open = rows.filter(
          ({ state, reconciledOn, dischargedOn }) =>
            state === 'settled' && reconciledOn === null && dischargedOn.slice(0, 7) <= (month ?? ''),
        )
        return (
          <div className="staff-stack">
            <span className="staff-quiet">{say(words.submitNote)}</span>
            <OwnList settlements={open} isTaking={isTaking} onSubmit={(list) => take({ rows: list })} />
          </div>
        )
      }}
    </Loaded>
  )
}

type OwnListProps = { settlements: readonly Settlement[]; isTaking: boolean; onSubmit: (rows: Item[]) => void }

function OwnList({ settlements, isTaking, onSubmit }: OwnListProps) {
  const { say } = useSpeech()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const amountOf = ({ number, fundFen, deductedFen }: Settlement) => typed[number] ?? formatFen(fundFen - deductedFen)
  const kept = settlements.filter((each) => amountOf(each).trim() !== '')
  const isReadable = kept.every((each) => parseYuan(amountOf(each)) !== undefined)
  return (
    <>
      <DataTable<Settlement>
        rowKey="number"
        dataSource={[...settlements]}
        columns={[
          { title: say(serviceWords.settlementNumber), dataIndex: 'number' },
          {
            title: say(inYuan(serviceWords.fundFen)),
            key: 'amount',
            render: (_, settlement) => (
              <Input
                aria-label={`${settlement.number} ${say(serviceWords.fundFen)}`}
                className="staff-amount-input"
                inputMode="decimal"
                value={amountOf(settlement)}
                onChange={({ target }) => setTyped({ ...typed, [settlement.number]: target.value })}
              />
            ),
          },
        ]}
      />
      <Button
        type="primary"
        loading={isTaking}
        disabled={!isReadable}
        onClick={() =>
          onSubmit(kept.map((each) => ({ settlementNumber: each.number, fundFen: parseYuan(amountOf(each)) ?? 0 })))
        }
      >
        {say(words.submitList)}
      </Button>
    </>
  )
}

/** Monthly reconciliation: the hospital's list against the agency's, each difference resolved before both agree. */
export const casePart: CasePart = {
  flow: 'reconciliation',
  Facts: ReconciliationFacts,
  stepForms: {
    submitList: SubmitListForm,
    resolve: stepForm({
      fields: (view) => [
        {
          name: 'settlementNumber',
          kind: 'choice',
          label: words.which,
          required: true,
          options: stateOf(view)
            .differences.filter(({ resolution }) => resolution === null)
            .map(({ settlementNumber: value }) => ({ value, label: { zh: value, en: value } })),
        },
        {
          name: 'right',
          kind: 'choice',
          label: words.right,
          required: true,
          options: [
            { value: 'agency', label: words.agencyRight },
            { value: 'hospital', label: words.hospitalRight },
          ],
        },
        { name: 'resolution', kind: 'long_text', label: words.how, required: true },
      ],
    }),
    agree: stepForm({ fields: [], submitLabel: commonWords.confirm }),
  },
}

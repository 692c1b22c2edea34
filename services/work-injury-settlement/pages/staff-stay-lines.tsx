import { Segmented, Table } from 'antd'
import { useState } from 'react'
import { defineWords, formatFen, formatMilli, useSpeech } from '../../../kit/door.ts'
import { DataTable, fenColumn } from '../../../kit/staff/door.ts'
import { useServiceTeller } from './staff-service.ts'
import type { StayLine } from './staff-stay-state.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  name: { zh: '项目', en: 'Item' },
  price: { zh: '数量 × 单价', en: 'Quantity × price' },
  amount: { zh: '金额', en: 'Amount' },
  limit: { zh: '限价内 {limitFen}', en: '{limitFen} at the limit' },
  why: { zh: '审核结果和依据', en: 'Finding and clause' },
  all: { zh: '全部', en: 'All lines' },
  byPerson: { zh: '个人支付的', en: 'Paid by the person' },
  total: { zh: '合计', en: 'Total' },
})

/** The lines of a bill: what each costs, who pays it and, by line, why. */
export function StayLines({ lines }: { lines: readonly StayLine[] }) {
  const { say, day } = useSpeech()
  const { choice } = useServiceTeller()
  const [shown, setShown] = useState<'all' | 'byPerson'>('all')
  const isPriced = lines.some(({ finding }) => finding !== null)
  const rows = shown === 'all' ? lines : lines.filter(({ personFen }) => (personFen ?? 0) > 0)
  const sum = (amountOf: (line: StayLine) => number | null) =>
    formatFen(rows.reduce((total, line) => total + (amountOf(line) ?? 0), 0))
  return (
    <div className="staff-stack">
      {isPriced && (
        <div className="staff-no-print">
          <Segmented
            value={shown}
            onChange={setShown}
            options={(['all', 'byPerson'] as const).map((value) => ({ value, label: say(words[value]) }))}
          />
        </div>
      )}
      <DataTable<StayLine>
        rowKey="no"
        scroll={{ x: 680 }}
        dataSource={[...rows]}
        columns={[
          { title: '#', dataIndex: 'no' },
          {
            title: say(words.name),
            key: 'name',
            width: 180,
            render: (_, { name, hospitalCode, catalogueCode, chargedOn }) => (
              <>
                {name}
                <div className="staff-quiet">
                  {[hospitalCode, catalogueCode, day(chargedOn)].filter(Boolean).join(' · ')}
                </div>
              </>
            ),
          },
          {
            title: say(words.price),
            key: 'price',
            align: 'right',
            className: 'staff-amount',
            render: (_, { quantityMilli, unitPriceFen }) =>
              `${formatMilli(quantityMilli)} × ${formatFen(unitPriceFen)}`,
          },
          fenColumn(say(inYuan(words.amount)), ({ amountFen }) => amountFen),
          ...(isPriced
            ? [
                fenColumn<StayLine>(say(inYuan(serviceWords.fundFen)), ({ fundFen }) => fundFen),
                fenColumn<StayLine>(say(inYuan(serviceWords.personFen)), ({ personFen }) => personFen),
                {
                  title: say(words.why),
                  key: 'why',
                  width: 150,
                  render: (_: unknown, { finding, because, limitFen }: StayLine) => (
                    <>
                      {choice(finding)} <span className="staff-quiet">{because}</span>
                      {finding === 'over_limit' && limitFen !== null && (
                        <div className="staff-quiet">{say(words.limit, { limitFen })}</div>
                      )}
                    </>
                  ),
                },
              ]
            : []),
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={3}>
              {say(words.total)}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              {sum(({ amountFen }) => amountFen)}
            </Table.Summary.Cell>
            {isPriced && (
              <>
                <Table.Summary.Cell index={2} align="right">
                  {sum(({ fundFen }) => fundFen)}
                </Table.Summary.Cell>
                <Table.Summary.Cell index={3} align="right">
                  {sum(({ personFen }) => personFen)}
                </Table.Summary.Cell>
                <Table.Summary.Cell index={4} />
              </>
            )}
          </Table.Summary.Row>
        )}
      />
    </div>
  )
}

import { defineWords, RegionName, useSpeech } from '../../../kit/door.ts'
import { DataTable, type Fact, FactList, fenColumn } from '../../../kit/staff/door.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  items: { zh: '逐笔明细', en: 'Item by item' },
  owed: { zh: '参保地应付', en: 'Owed by the insured place' },
  opposite: {
    zh: '反方向同季度（仅供参考，收支两条线，不轧差）',
    en: 'The other direction, for information (paid gross, not netted)',
  },
  noItems: { zh: '没有双方一致的结算', en: 'No settlement on which both sides agree' },
})

/** One settlement in a quarter's statement; negative: owed back after an undoing. */
export type StatementItem = { settlementNumber: string; owedFen: number }

/** A quarter between two regions: who owes whom how much, item by item. */
export function StatementItems(props: {
  pair: { quarter: string; treatmentRegion: string; insuredRegion: string }
  owedFen: number
  oppositeFen?: number
  items: readonly StatementItem[]
  facts?: readonly Fact[]
}) {
  const { say, yuan } = useSpeech()
  const { pair, owedFen, oppositeFen, items, facts = [] } = props
  return (
    <div className="staff-stack">
      <FactList
        columns={2}
        facts={[
          { label: say(serviceWords.quarter), value: pair.quarter },
          { label: say(serviceWords.insuredRegion), value: <RegionName code={pair.insuredRegion} /> },
          { label: say(serviceWords.treatmentRegion), value: <RegionName code={pair.treatmentRegion} /> },
          { label: say(words.owed), value: <strong>{yuan(owedFen)}</strong> },
          { label: say(words.opposite), value: oppositeFen === undefined ? null : yuan(oppositeFen) },
          ...facts,
        ]}
      />
      <strong>{say(words.items)}</strong>
      <DataTable<StatementItem>
        rowKey="settlementNumber"
        dataSource={[...items]}
        emptyText={say(words.noItems)}
        columns={[
          { title: say(serviceWords.settlementNumber), dataIndex: 'settlementNumber' },
          fenColumn(say(inYuan(words.owed)), (row) => row.owedFen),
        ]}
      />
    </div>
  )
}

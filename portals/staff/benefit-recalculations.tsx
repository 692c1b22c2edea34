import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type CaseEvent, type CaseView, defineWords, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, fenColumn } from '../../kit/staff/door.ts'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  title: { zh: '重新核定', en: 'Decided again' },
  on: { zh: '日期', en: 'Date' },
  cause: { zh: '原因', en: 'Cause' },
  beforeYuan: { zh: '原核定（元）', en: 'Before (CNY)' },
  afterYuan: { zh: '现核定（元）', en: 'Now (CNY)' },
  differenceYuan: { zh: '差额（元）', en: 'Difference (CNY)' },
})

const finding = z.object({ outcome: z.enum(['granted', 'refused', 'referred']), amountFen: z.number() })
const recalculation = z.object({ cause: z.string(), before: finding, found: finding })

type Row = z.infer<typeof recalculation> & { seq: number; on: string }

/** Every time a case was decided again: why, and the difference in money. Nothing where it never was. */
export function RecalculationTable({ view }: { view: CaseView }) {
  const speech = useSpeech()
  const { say } = speech
  const rows = useRecalculations(view)
  if (rows.length === 0) return null
  return (
    <DataTable<Row>
      rowKey="seq"
      title={() => say(words.title)}
      dataSource={rows}
      columns={[
        dayColumn(say(words.on), ({ on }) => on, speech),
        { title: say(words.cause), dataIndex: 'cause' },
        {
          title: say(benefitWords.outcome),
          key: 'outcome',
          render: (_, { before, found }) =>
            before.outcome === found.outcome
              ? say(benefitWords[found.outcome])
              : `${say(benefitWords[before.outcome])} → ${say(benefitWords[found.outcome])}`,
        },
        fenColumn(say(words.beforeYuan), ({ before }) => before.amountFen),
        fenColumn(say(words.afterYuan), ({ found }) => found.amountFen),
        fenColumn(say(words.differenceYuan), ({ before, found }) => found.amountFen - before.amountFen),
      ]}
    />
  )
}

function useRecalculations({ file }: CaseView): Row[] {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['history', file.id, file.seq],
    queryFn: () => api.get<{ items: CaseEvent[] }>(`/cases/${file.id}/history`),
  })
  return (data?.items ?? []).flatMap(({ kind, seq, effectiveOn, body }) => {
    const read = kind === 'recalculate' ? recalculation.safeParse(body).data : undefined
    return read ? [{ ...read, seq, on: effectiveOn }] : []
  })
}

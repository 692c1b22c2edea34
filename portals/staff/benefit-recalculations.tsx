import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type CaseEvent, type CaseView, defineWords, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, fenColumn } from '../../kit/staff/door.ts'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  title: { zh: '重新核定', en: 'Decided again' },
  cause: { zh: '原因', en: 'Cause' },
  found: { zh: '核定', en: 'Found' },
  differenceYuan: { zh: '差额（元）', en: 'Difference (CNY)' },
})

const finding = z.object({ outcome: z.enum(['granted', 'refused', 'referred']), amountFen: z.number() })
const recalculation = z.object({ cause: z.string(), before: finding, found: finding })

type Row = z.infer<typeof recalculation> & { seq: number; on: string }

/** Every time a case was decided again: why, and the difference in money. Nothing where it never was. */
export function RecalculationTable({ view }: { view: CaseView }) {
  const { say, day, yuan } = useSpeech()
  const rows = useRecalculations(view)
  if (rows.length === 0) return null
  const inWords = ({ outcome, amountFen }: Row['found']) => `${say(benefitWords[outcome])} · ${yuan(amountFen)}`
  return (
    <DataTable<Row>
      rowKey="seq"
      title={() => say(words.title)}
      dataSource={rows}
      scroll={{}}
      columns={[
        {
          title: say(words.cause),
          key: 'cause',
          render: (_, { on, cause }) => (
            <>
              {cause}
              <div className="staff-quiet">{day(on)}</div>
            </>
          ),
        },
        {
          title: say(words.found),
          key: 'found',
          render: (_, { before, found }) => (
            <>
              {inWords(before)}
              <div>→ {inWords(found)}</div>
            </>
          ),
        },
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

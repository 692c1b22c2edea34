import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, useSpeech } from '../../../kit/door.ts'
import { stepForm } from '../../../kit/staff/door.ts'
import { StatementItems } from './staff-statement-items.tsx'

const words = defineWords({
  statement: { zh: '部级清算通知', en: 'Statement of the hub' },
  side: { zh: '本地区', en: 'This region' },
  creditor: { zh: '就医地，应收', en: 'treatment place, receives' },
  debtor: { zh: '参保地，应付', en: 'insured place, pays' },
  doneOn: { zh: '完成日期', en: 'Done on' },
  frozen: { zh: '争议冻结，未清算', en: 'Frozen by a dispute, not cleared' },
  pay: { zh: '从财政专户支付', en: 'Pay from the special account' },
})

const clearingState = z.object({
  statement: z.nullable(
    z.object({
      statementNumber: z.string(),
      quarter: z.string(),
      treatmentRegion: z.string(),
      insuredRegion: z.string(),
      owedFen: z.number(),
      oppositeFen: z.number(),
      items: z.array(z.object({ settlementNumber: z.string(), owedFen: z.number() })),
    }),
  ),
  side: z.enum(['creditor', 'debtor']),
  doneOn: z.nullable(z.string()),
  frozen: z.optional(z.array(z.string())),
})

function ClearingFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { statement, side, doneOn, frozen = [] } = z.parse(clearingState, view.file.state)
  if (!statement) return null
  return (
    <StatementItems
      pair={statement}
      owedFen={statement.owedFen}
      oppositeFen={statement.oppositeFen}
      items={statement.items}
      facts={[
        { label: say(words.statement), value: statement.statementNumber },
        { label: say(words.side), value: say(words[side]) },
        { label: say(words.doneOn), value: doneOn && day(doneOn) },
        { label: say(words.frozen), value: frozen.length > 0 ? frozen.join(' · ') : null },
      ]}
    />
  )
}

/** A statement of the hub as this region carries it out. */
export const casePart: CasePart = {
  flow: 'clearing',
  Facts: ClearingFacts,
  stepForms: { pay: stepForm({ fields: [], submitLabel: words.pay }) },
}

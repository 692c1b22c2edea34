import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, RegionName, useSpeech } from '../../../kit/door.ts'
import { FactList, type Field, stepForm } from '../../../kit/staff/door.ts'
import { useServiceTeller } from './staff-service.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  partner: { zh: '对方', en: 'The other region' },
  kind: { zh: '差异', en: 'Difference' },
  home: { zh: '参保地账', en: 'In the books of the insured place' },
  told: { zh: '就医地再次告知', en: 'Told again by the treatment place' },
  amount: {
    zh: '第 {revision} 版，基金 {fundFen}，扣减 {deductedFen}',
    en: 'revision {revision}: fund {fundFen}, less {deductedFen}',
  },
})

const side = z.object({ revision: z.number(), fundFen: z.number(), deductedFen: z.number() })
const differenceState = z.object({
  found: z.nullable(
    z.object({ settlementNumber: z.string(), kind: z.string(), partner: z.string(), here: z.nullable(side) }),
  ),
  told: z.nullable(side),
})

function DifferenceFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { choice } = useServiceTeller()
  const { found, told } = z.parse(differenceState, view.file.state)
  if (!found) return null
  return (
    <FactList
      facts={[
        { label: say(serviceWords.settlementNumber), value: found.settlementNumber },
        { label: say(words.partner), value: <RegionName code={found.partner} /> },
        { label: say(words.kind), value: choice(found.kind) },
        { label: say(words.home), value: found.here && say(words.amount, found.here) },
        { label: say(words.told), value: told && say(words.amount, told) },
      ]}
    />
  )
}

const fields: Field[] = [{ name: 'reason', kind: 'long_text', label: serviceWords.reason, required: true }]

/** A difference that the reconciliation of a day found, put right by an officer. */
export const casePart: CasePart = {
  flow: 'difference',
  Facts: DifferenceFacts,
  stepForms: { adopt: stepForm({ fields, isDangerous: true }), disown: stepForm({ fields, isDangerous: true }) },
}

import { Alert } from 'antd'
import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, RegionName, useSpeech } from '../../../kit/door.ts'
import { FactList, type Field, stepForm } from '../../../kit/staff/door.ts'
import { opinionField, serviceWords } from './staff-words.ts'

const words = defineWords({
  partner: { zh: '对方', en: 'The other region' },
  stated: { zh: '账列应付', en: 'Stated as owed' },
  expected: { zh: '参保地主张应付', en: 'Owed, as the insured place holds' },
  frozen: {
    zh: '争议期间，该笔双方均不清算；了结后进入下一季度。',
    en: 'While it is disputed neither side clears the item; it comes with the next quarter.',
  },
  answer: { zh: '就医地答复', en: 'Answer of the treatment place' },
})

const disputeState = z.object({
  item: z.nullable(z.object({ disputeNumber: z.string(), settlementNumber: z.string(), partner: z.string() })),
  claim: z.nullable(z.object({ statedFen: z.number(), expectedFen: z.number(), reason: z.string() })),
  answer: z.nullable(z.object({ opinion: z.string() })),
})

function DisputeFacts({ view }: CasePartProps) {
  const { say, yuan } = useSpeech()
  const { item, claim, answer } = z.parse(disputeState, view.file.state)
  return (
    <div className="staff-stack">
      {view.file.status !== 'ended' && <Alert type="info" showIcon title={say(words.frozen)} />}
      <FactList
        facts={[
          { label: say(serviceWords.settlementNumber), value: item?.settlementNumber },
          { label: say(words.partner), value: item && <RegionName code={item.partner} /> },
          { label: say(words.stated), value: claim && yuan(claim.statedFen) },
          { label: say(words.expected), value: claim && yuan(claim.expectedFen) },
          { label: say(serviceWords.reason), value: claim?.reason },
          { label: say(words.answer), value: answer?.opinion },
        ]}
      />
    </div>
  )
}

const reasonField: Field = { name: 'reason', kind: 'long_text', label: serviceWords.reason, required: true }

/** The dispute of an item: raised by the insured place, answered by the treatment place. */
export const casePart: CasePart = {
  flow: 'dispute',
  Facts: DisputeFacts,
  stepForms: {
    insist: stepForm({ fields: [reasonField] }),
    withdraw: stepForm({ fields: [reasonField] }),
    accept: stepForm({ fields: [opinionField] }),
    reject: stepForm({ fields: [opinionField] }),
  },
}

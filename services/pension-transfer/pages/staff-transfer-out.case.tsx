import { type CasePartProps, defineWords, useRegionName, useSpeech } from '../../../kit/door.ts'
import { FactList, type Field, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { useFormLines } from './transfer-facts.ts'
import { transferOutFlow, transferOutState, transferWords } from './words.ts'

const words = defineWords({
  opinion: { zh: '意见', en: 'Opinion' },
  interest: { zh: '个人账户利息及1998年以前本息', en: 'Interest of the account, and what stood in it before 1998' },
  interestHelp: {
    zh: '按个人账户记录填写；本金由缴费基数自动计算。',
    en: 'As the record of the account says; the principal is computed from the bases.',
  },
  outcome: { zh: '结论', en: 'Outcome' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回重填', en: 'Return' },
  mended: { zh: '账户更正情况', en: 'How the account was mended' },
  number: { zh: '对方编号', en: 'Number there' },
  person: { zh: '当事人', en: 'Person' },
  unknown: { zh: '本地查无此人', en: 'Nobody here has this number and name' },
})

const opinionField: Field = { name: 'opinion', kind: 'long_text', label: words.opinion, required: true }

/** A transfer at the desks of the old region: who asks, what goes, and the forms of its steps. */
export const casePart: StaffCasePart = {
  flow: transferOutFlow,
  Facts: TransferFacts,
  stepForms: {
    prepare: stepForm({
      fields: [{ name: 'interestFen', kind: 'money', label: words.interest, help: words.interestHelp }, opinionField],
      initial: () => ({ interestFen: 0 }),
    }),
    approve: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: [
            { value: 'approved', label: words.approved },
            { value: 'returned', label: words.returned },
          ],
        },
        opinionField,
      ],
    }),
    reissue: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.mended, required: true }] }),
  },
}

function TransferFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const formLines = useFormLines()
  const parsed = transferOutState.safeParse(view.file.state)
  const to = useRegionName(parsed.data?.newRegion ?? '')
  if (!parsed.success) return null
  const { transferNumber, personId, form, paidOn } = parsed.data
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(transferWords.newRegion), value: to },
        { label: say(words.number), value: transferNumber },
        {
          label: say(words.person),
          value: personId === null && view.file.status !== 'opened' ? say(words.unknown) : null,
        },
        ...formLines(form),
        { label: say(transferWords.paidOn), value: paidOn && day(paidOn) },
      ]}
    />
  )
}

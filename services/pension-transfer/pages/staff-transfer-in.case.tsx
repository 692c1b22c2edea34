import { type CasePartProps, defineWords, useRegionName, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type Field, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { useFormLines } from './transfer-facts.ts'
import { serviceId, transferInFlow, transferInState, transferWords } from './words.ts'

const words = defineWords({ opinion: { zh: '意见', en: 'Opinion' } })

const opinionField: Field = { name: 'opinion', kind: 'long_text', label: words.opinion, required: true }
const reasonField: Field = { name: 'reason', kind: 'long_text', label: transferWords.reason, required: true }

/** A transfer at the desks of the new region: what was asked, what the old region says, and the forms of its steps. */
export const casePart: StaffCasePart = {
  flow: transferInFlow,
  Facts: TransferFacts,
  stepForms: {
    review: stepForm({ fields: [opinionField] }),
    recall: stepForm({ fields: [reasonField] }),
    confirm: stepForm({ fields: [opinionField] }),
    sendBack: stepForm({ fields: [reasonField], isDangerous: true }),
  },
  // Going back is done on request only.
  nextStep: ({ file }) => (file.status === 'submitted' ? 'review' : file.status === 'received' ? 'confirm' : null),
}

function TransferFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const formLines = useFormLines()
  const parsed = transferInState.safeParse(view.file.state)
  const from = useRegionName(parsed.data?.answers?.fromRegion ?? '')
  if (!parsed.success) return null
  const { declinedFor, form, paidOn, monthsEntered } = parsed.data
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(transferWords.fromRegion), value: from },
        { label: say(transferWords.declinedFor), value: declinedFor && tell(`reasons.${declinedFor}`) },
        ...formLines(form),
        { label: say(transferWords.paidOn), value: paidOn && day(paidOn) },
        {
          label: say(transferWords.entered),
          value: form && say(monthsEntered ? transferWords.yes : transferWords.no),
        },
      ]}
    />
  )
}

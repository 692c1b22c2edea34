import { type CasePartProps, defineWords, RegionName, useSpeech, useTeller, wordOf } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { flows, kindWords, purposeWords, questionState, serviceId, sharingWords } from './words.ts'

const words = defineWords({
  outcome: { zh: '核实结论', en: 'Which record stands' },
  told_stands: { zh: '以对方记录为准（死亡的，在此登记）', en: 'that of the other region (a death is recorded here)' },
  here_stands: { zh: '以本地记录为准', en: 'the one here' },
  opinion: { zh: '核实经过', en: 'What was found' },
})

/** A question at the desk of who looks into a difference. */
export const casePart: StaffCasePart = {
  flow: flows.question,
  nextStep: ({ file: { status } }) => (status === 'different' ? 'settle' : undefined),
  Facts: QuestionFacts,
  stepForms: {
    settle: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['told_stands', 'here_stands'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
  },
}

function QuestionFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = questionState.safeParse(view.file.state)
  if (!data?.asked) return null
  const { asked, answer, refusedFor } = data
  return (
    <FactList
      facts={[
        { label: say(sharingWords.region), value: <RegionName code={asked.region} /> },
        { label: say(sharingWords.purpose), value: wordOf(purposeWords, asked.purpose, say) },
        { label: say(sharingWords.kinds), value: asked.kinds.map((kind) => wordOf(kindWords, kind, say)).join('、') },
        { label: say(sharingWords.permission), value: asked.permission.number ?? asked.permission.basis },
        { label: say(sharingWords.taken), value: answer && (answer.known ? answer.taken : say(sharingWords.unknown)) },
        { label: say(sharingWords.usableUntil), value: answer && day(answer.usableUntil) },
        {
          label: say(sharingWords.differences),
          value: answer?.differences.map(({ code, params }) => tell(code, params)).join('；'),
        },
        { label: say(sharingWords.notTold), value: refusedFor && tell(`reasons.${refusedFor}`) },
      ]}
    />
  )
}

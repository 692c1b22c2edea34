import { useQuery } from '@tanstack/react-query'
import { type CasePartProps, defineWords, Link, RegionName, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type Field, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { matterFlow, matterState, serviceId, villageWords } from './words.ts'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回', en: 'Give back' },
  done: { zh: '办结', en: 'Complete' },
  refused: { zh: '不予办理', en: 'Refuse' },
  opinion: { zh: '意见', en: 'Opinion' },
  reason: { zh: '撤销的理由', en: 'Why it is taken back' },
  agent: { zh: '代办', en: 'by another' },
  self: { zh: '本人', en: 'in person' },
  broughtBy: { zh: '来人', en: 'Brought' },
})

function judging(...values: Array<'approved' | 'returned' | 'done' | 'refused'>) {
  const fields: Field[] = [
    {
      name: 'outcome',
      kind: 'choice',
      label: words.outcome,
      required: true,
      options: values.map((value) => ({ value, label: words[value] })),
    },
    { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
  ]
  return stepForm({ fields })
}

/** A matter at the township, the county and above. */
export const casePart: StaffCasePart = {
  flow: matterFlow,
  nextStep: ({ file: { status } }) =>
    status === 'second_look'
      ? 'secondLook'
      : status === 'superior'
        ? 'approveRisk'
        : status === 'accepted'
          ? 'review'
          : undefined,
  Facts: MatterFacts,
  stepForms: {
    secondLook: judging('approved', 'returned'),
    approveRisk: judging('approved', 'returned'),
    review: judging('done', 'refused'),
    takeBack: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: words.reason, required: true }],
      isDangerous: true,
    }),
  },
}

function MatterFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = matterState.safeParse(view.file.state)
  const name = useCounterName(data?.counter?.id)
  if (!data?.matter) return null
  const { level, toRegion, diedOn } = data.details
  const passedOn = data.effect?.passedOn
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(villageWords.matter), value: tell(`choices.${data.matter}`) },
        { label: say(villageWords.counter), value: data.counter && `${name} ${data.counter.code}`.trim() },
        { label: say(words.broughtBy), value: say(data.broughtBy === 'agent' ? words.agent : words.self) },
        { label: say(villageWords.level), value: level },
        { label: say(villageWords.toRegion), value: toRegion && <RegionName code={toRegion} /> },
        { label: say(villageWords.diedOn), value: diedOn && day(diedOn) },
        {
          label: say(villageWords.passedOn),
          value: passedOn && <Link to={`/cases/${passedOn.caseId}`}>{passedOn.number}</Link>,
        },
      ]}
    />
  )
}

function useCounterName(counterId: string | undefined): string {
  const api = useApi()
  const counter = useQuery({
    queryKey: ['institution', counterId],
    queryFn: () => api.get<{ name: string }>(`/institutions/${counterId}`),
    enabled: counterId !== undefined,
  })
  return counter.data?.name ?? ''
}

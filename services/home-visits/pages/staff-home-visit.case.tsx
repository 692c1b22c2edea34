import { useQuery } from '@tanstack/react-query'
import {
  type CasePartProps,
  commonWords,
  defineWords,
  type StepFormProps,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { FactList, FieldsForm, Loaded, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { devices, serviceId, slots, type Team, visitFlow, visitState, visitWords } from './words.ts'

const words = defineWords({
  outcome: { zh: '结果', en: 'Outcome' },
  done: { zh: '办成', en: 'done' },
  failed: { zh: '未办成，重新预约', en: 'failed, to be scheduled anew' },
  caseNumber: { zh: '上门办理的业务号（社保卡业务必填）', en: 'Case handled there (needed for card matters)' },
  asked: { zh: '本人要求晚于时限', en: 'The person asked for a later day' },
  why: { zh: '原因', en: 'Reason' },
})

/** A visit for officers: what to bring, and the forms of its steps. */
export const casePart: StaffCasePart = {
  flow: visitFlow,
  Facts: VisitFacts,
  nextStep: ({ file: { status } }) => (status === 'requested' ? 'schedule' : undefined),
  stepForms: {
    schedule: ScheduleForm,
    recordVisit: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['done', 'failed'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'did', kind: 'long_text', label: visitWords.did, required: true },
        { name: 'caseNumber', kind: 'text', label: words.caseNumber, askedWhen: { field: 'outcome', is: ['done'] } },
      ],
      initial: () => ({ outcome: 'done' }),
    }),
    cancel: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: words.why, required: true }],
      isDangerous: true,
    }),
  },
}

function ScheduleForm({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const teams = useQuery({
    queryKey: ['home-visit teams'],
    queryFn: () => api.get<{ teams: Team[] }>(`/services/${serviceId}/teams`),
  })
  return (
    <Loaded query={teams}>
      {({ teams: list }) => (
        <FieldsForm
          fields={[
            {
              name: 'teamId',
              kind: 'choice',
              label: visitWords.team,
              required: true,
              options: list.map(({ teamId, name }) => ({ value: teamId, label: { zh: name, en: name } })),
            },
            { name: 'on', kind: 'date', label: visitWords.on, required: true },
            {
              name: 'slot',
              kind: 'choice',
              label: visitWords.slot,
              required: true,
              options: slots.map((value) => ({ value, label: visitWords[value] })),
            },
            { name: 'askedByPerson', kind: 'flag', label: words.asked },
          ]}
          initial={{ slot: 'morning' }}
          submitLabel={say(commonWords.submit)}
          isSubmitting={isTaking}
          onSubmit={take}
        />
      )}
    </Loaded>
  )
}

function VisitFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const state = visitState.safeParse(view.file.state).data
  if (!state) return null
  const { why, matter, place, wish, plan, dueOn, appointment, attempts, did, carriedCase } = state
  return (
    <FactList
      facts={[
        { label: say(visitWords.matter), value: matter && say(visitWords[matter]) },
        { label: say(visitWords.reason), value: why && say(visitWords[why]) },
        { label: say(visitWords.place), value: place },
        { label: say(visitWords.wish), value: wish || null },
        {
          label: say(visitWords.kit),
          value:
            plan &&
            devices
              .filter((device) => plan[device])
              .map((device) => tell(`results.${device}`))
              .join(' · '),
        },
        { label: say(visitWords.due), value: dueOn && day(dueOn) },
        {
          label: say(visitWords.appointment),
          value: appointment && `${appointment.team} · ${day(appointment.on)} ${say(visitWords[appointment.slot])}`,
        },
        { label: say(visitWords.attempts), value: attempts > 0 ? attempts : null },
        { label: say(visitWords.did), value: did },
        { label: say(visitWords.carried), value: carriedCase },
      ]}
    />
  )
}

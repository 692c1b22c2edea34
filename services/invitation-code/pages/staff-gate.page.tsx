import { Alert } from 'antd'
import { defineWords, type ServicePage, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { FieldsForm, type FieldValues, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '邀请码核验', en: 'Invitation codes at the gate' },
  summary: {
    zh: '输入持码人出示的邀请码，核验通过即免费放行并留痕。',
    en: 'Type the code that is shown; each use is kept.',
  },
  code: { zh: '邀请码', en: 'Code' },
  gate: { zh: '使用场合', en: 'Where' },
  metro: { zh: '地铁', en: 'Metro' },
  bus: { zh: '公交', en: 'Bus' },
  entry: { zh: '参观', en: 'Entry' },
  place: { zh: '参观处', en: 'Place' },
  named: { zh: '在免费参观名单上', en: 'On the list of free places' },
  check: { zh: '核验放行', en: 'Check and let through' },
  through: { zh: '核验通过，有效期到 {until}', en: 'Let through; valid until {until}' },
})

/** Checking codes at a gate. */
export const page: ServicePage = {
  id: 'invitation-gate',
  title: words.title,
  roles: ['accept', 'employer_officer'],
  order: 64,
  path: '/invitation-gate',
  Component: GatePage,
}

function GatePage() {
  const { say, day } = useSpeech()
  const api = useApi()
  const use = useAction((values: FieldValues, key) =>
    api.post<{ until: string }>('/services/invitation-code/gate-uses', values, key),
  )
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <FieldsForm
        fields={[
          { name: 'code', kind: 'text', label: words.code, required: true },
          {
            name: 'gate',
            kind: 'choice',
            label: words.gate,
            required: true,
            options: [
              { value: 'metro', label: words.metro },
              { value: 'bus', label: words.bus },
              { value: 'place', label: words.entry },
            ],
          },
          {
            name: 'place',
            kind: 'text',
            label: words.place,
            required: true,
            askedWhen: { field: 'gate', is: ['place'] },
          },
          { name: 'placeNamed', kind: 'flag', label: words.named, askedWhen: { field: 'gate', is: ['place'] } },
        ]}
        initial={{ gate: 'metro' }}
        submitLabel={say(words.check)}
        isSubmitting={use.isPending}
        onSubmit={(values) => use.mutate(values)}
      />
      <ProblemAlert error={use.error} />
      {use.data && <Alert type="success" showIcon title={say(words.through, { until: day(use.data.until) })} />}
    </StaffPage>
  )
}

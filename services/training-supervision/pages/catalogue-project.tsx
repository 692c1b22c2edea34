import { defineWords, useAction, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import { TitledPart } from './titled-part.tsx'
import { serviceId, skillLevels, trainingFields, trainingWords, useInstitutions } from './words.ts'

const words = defineWords({
  enter: { zh: '列入目录', en: 'Enter a project' },
  code: { zh: '项目编码', en: 'Code' },
  title: { zh: '项目名称', en: 'Title' },
  level: { zh: '技能等级', en: 'Skill level' },
  hours: { zh: '最少课时', en: 'Hours at least' },
  reason: { zh: '列入理由', en: 'Why it is wanted' },
  reasonHelp: {
    zh: '缺工领域以外的项目由您决定，理由留存备查。',
    en: 'Outside the fields short of workers you decide; the reason is kept.',
  },
})

/** Enters a project of a licensed institution into the catalogue (C8.07, C8.09). */
export function NewProject() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const institutions = useInstitutions()
  const enter = useAction((body: object, key) => api.post(`/services/${serviceId}/projects`, body, key))
  const told = (zh: string) => ({ zh, en: zh })
  return (
    <TitledPart title={say(words.enter)}>
      <ProblemAlert error={enter.error} />
      <FieldsForm
        key={enter.submittedAt * Number(enter.isSuccess)}
        fields={[
          {
            ...{ name: 'employerId', kind: 'select', label: trainingWords.institution, required: true },
            options: (institutions.data?.items ?? []).map(({ employerId: value, name }) => ({
              value,
              label: told(name),
            })),
          },
          { name: 'code', kind: 'text', label: words.code, required: true },
          { name: 'title', kind: 'text', label: words.title, required: true },
          {
            ...{ name: 'field', kind: 'choice', label: trainingWords.field, required: true },
            options: trainingFields.map((value) => ({ value, label: told(tell(`choices.${value}`)) })),
          },
          { name: 'occupation', kind: 'text', label: trainingWords.occupation, required: true },
          {
            ...{ name: 'level', kind: 'choice', label: words.level, required: true },
            options: skillLevels.map((value) => ({ value, label: trainingWords[`level${value}`] })),
          },
          { name: 'hoursMin', kind: 'count', label: words.hours, required: true },
          { name: 'reason', kind: 'text', label: words.reason, required: true, help: words.reasonHelp },
        ]}
        submitLabel={say(words.enter)}
        isSubmitting={enter.isPending}
        onSubmit={({ level, ...values }) => enter.mutate({ ...values, level: Number(level) })}
      />
    </TitledPart>
  )
}

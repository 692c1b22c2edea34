import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Checkbox, Segmented, Space } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  go,
  type RiskAssessment,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import {
  type Field,
  FieldsForm,
  type FieldValues,
  Loaded,
  ProblemAlert,
  RiskTag,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { type Guide, type ListedRule, matterFlow, matters, serviceId, villageWords } from './words.ts'

const words = defineWords({
  title: { zh: '村级受理', en: 'Accept in the village' },
  summary: {
    zh: '受理前先看风险提示；能比对到的不要求群众提供。',
    en: 'Risks are shown before acceptance; what can be compared is not asked for.',
  },
  idNumber: { zh: '身份证号码', en: 'Identity number' },
  name: { zh: '姓名', en: 'Name' },
  homeRegion: { zh: '户籍地（新参保的填）', en: 'Registered residence (of somebody new)' },
  broughtBy: { zh: '谁来办', en: 'Who came' },
  self: { zh: '本人', en: 'the person' },
  agent: { zh: '代办人', en: 'somebody for them' },
  agentIdNumber: { zh: '代办人身份证号码', en: 'Identity number of who came' },
  insists: { zh: '本人要求书面决定', en: 'Wants a decision in writing' },
  look: { zh: '请核对，符合的打勾', en: 'Look at these; tick what applies' },
  preview: { zh: '看风险提示', en: 'Show the risk' },
  risk: { zh: '风险提示', en: 'Risk warning' },
  none: { zh: '没有命中管控规则，受理后转县级复核', en: 'No control rule was hit; the county reviews it' },
  high: { zh: '高风险：须上一级核准', en: 'High: approved one level up' },
  medium: { zh: '中风险：转乡镇复核', en: 'Medium: a second look in the township' },
  low: { zh: '低风险：仅作提示', en: 'Low: a notice only' },
  submit: { zh: '受理', en: 'Accept' },
})

/** Accepting a matter at the counter of a village: what is asked, what is looked at, the warning, and then the acceptance (B3.10). */
export const page: ServicePage = {
  id: 'village-accept',
  title: words.title,
  summary: words.summary,
  roles: ['village_operator'],
  order: 10,
  path: '/village/accept',
  Component: AcceptPage,
}

function AcceptPage() {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const [matter, setMatter] = useState<string>(matters[0])
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Segmented
        value={matter}
        onChange={setMatter}
        options={matters.map((value) => ({ value, label: tell(`choices.${value}`) }))}
      />
      <MatterForm key={matter} matter={matter} />
    </StaffPage>
  )
}

function fieldsOf(matter: string, needs: string | null): Field[] {
  const details: Readonly<Record<string, Field>> = {
    level: { name: 'details.level', kind: 'count', label: villageWords.level, required: true },
    toRegion: { name: 'details.toRegion', kind: 'region', label: villageWords.toRegion, required: true },
    diedOn: { name: 'details.diedOn', kind: 'date', label: villageWords.diedOn, required: true },
  }
  const detail = needs === null ? undefined : details[needs]
  return [
    { name: 'idNumber', kind: 'identity', label: words.idNumber, required: true },
    { name: 'name', kind: 'text', label: words.name, required: true },
    ...(matter === 'registration'
      ? [{ name: 'homeRegion', kind: 'region', label: words.homeRegion } satisfies Field]
      : []),
    ...(detail ? [detail] : []),
    {
      name: 'broughtBy',
      kind: 'choice',
      label: words.broughtBy,
      required: true,
      options: (['self', 'agent'] as const).map((value) => ({ value, label: words[value] })),
    },
    {
      name: 'agentIdNumber',
      kind: 'identity',
      label: words.agentIdNumber,
      askedWhen: { field: 'broughtBy', is: ['agent'] },
    },
    { name: 'insists', kind: 'flag', label: words.insists },
  ]
}

function useOpening() {
  const me = useSignedIn()
  const api = useApi()
  const institutionId = me.assignments.find(
    ({ assignmentId }) => assignmentId === me.acting.assignmentId,
  )?.institutionId
  const institution = useQuery({
    queryKey: ['institution', institutionId],
    queryFn: () => api.get<{ region: string }>(`/institutions/${institutionId}`),
    enabled: institutionId !== undefined,
  })
  return (body: FieldValues) => ({
    flow: matterFlow,
    body,
    subject: { institutionId },
    agency: institution.data?.region,
  })
}

function MatterForm({ matter }: { matter: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const opening = useOpening()
  const [findings, setFindings] = useState<string[]>([])
  const manual = useQuery({
    queryKey: ['village manual', matter],
    queryFn: () => api.get<{ guide: Guide; rules: ListedRule[] }>(`/services/${serviceId}/manuals/${matter}`),
  })
  const preview = useMutation({
    mutationFn: (body: FieldValues) => api.post<RiskAssessment>('/cases/risk', opening(body)),
  })
  const accept = useAction((body: FieldValues, key) => api.post<StepTaken>('/cases', opening(body), key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  const asked = preview.variables
  return (
    <Loaded query={manual}>
      {({ guide, rules }) => (
        <>
          <Card size="small" style={{ maxWidth: 720 }}>
            <FieldsForm
              fields={fieldsOf(matter, guide.needs)}
              initial={{ broughtBy: 'self' }}
              submitLabel={say(words.preview)}
              isSubmitting={preview.isPending}
              onChange={() => preview.reset()}
              onSubmit={(values) => preview.mutate({ ...values, matter, findings })}
            >
              <p>{say(words.look)}</p>
              <Checkbox.Group
                style={{
                  display: 'grid',
                  gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
                  gap: 4,
                  marginBottom: 16,
                }}
                value={findings}
                onChange={(ticked) => {
                  setFindings(ticked)
                  preview.reset()
                }}
                options={rules
                  .filter(({ by }) => by === 'operator')
                  .map(({ code, name }) => ({ value: code, label: say(name) }))}
              />
            </FieldsForm>
            <ProblemAlert error={preview.error} />
          </Card>
          {preview.data && asked && (
            <Card size="small" title={say(words.risk)} style={{ maxWidth: 720 }}>
              <div className="staff-stack">
                <Warning risk={preview.data} rules={rules} />
                <Space>
                  <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate(asked)}>
                    {say(words.submit)}
                  </Button>
                </Space>
                <ProblemAlert error={accept.error} />
              </div>
            </Card>
          )}
        </>
      )}
    </Loaded>
  )
}

function Warning({ risk: { level, hits }, rules }: { risk: RiskAssessment; rules: readonly ListedRule[] }) {
  const { say } = useSpeech()
  const nameOf = (code: string) => rules.find((rule) => rule.code === code)?.name
  return (
    <Alert
      role="alert"
      showIcon
      type={level === null ? 'info' : level === 'high' ? 'error' : 'warning'}
      title={say(level === null ? words.none : words[level])}
      description={
        <ul>
          {hits.map(({ rule, level: own }) => {
            const name = nameOf(rule)
            return (
              <li key={rule}>
                <RiskTag level={own} /> {name ? say(name) : rule}
              </li>
            )
          })}
        </ul>
      }
    />
  )
}

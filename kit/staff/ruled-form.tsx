import { useMutation } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { useAction } from '../action.ts'
import type { BodyOf, RiskAssessment, StepTaken } from '../api-types.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'
import { go } from '../router.tsx'
import { findRuling } from '../ruling-reading.ts'
import { commonWords, defineWords } from '../words.ts'
import { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { RiskHits } from './risk-hits.tsx'
import { RulingPanel } from './ruling-panel.tsx'

const words = defineWords({
  preview: { zh: '预判', en: 'Ask the rule' },
  risk: { zh: '提交前的风险提示', en: 'Risk warning before submission' },
})

type RuledFormProps = {
  /** In whose words the ruling is told. */
  service: string
  title: BothLanguages
  ruleTitle: BothLanguages
  submitLabel: BothLanguages
  fields: readonly Field[]
  initial?: FieldValues
  /** What the rule says of the answers; keeps nothing. */
  preview: (values: FieldValues) => Promise<{ ruling: unknown }>
  /** The case that the answers open: its risk is told before they are sent, and the page goes on to it afterwards. */
  opening: (values: FieldValues) => BodyOf<'POST /cases'>
}

/** A form whose answers the rule judges before they are sent, and the control rules too: an answer that changes takes both judgements away. */
export function RuledForm(props: RuledFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const preview = useMutation({ mutationFn: props.preview })
  const risk = useMutation({
    mutationFn: (values: FieldValues) => api.post<RiskAssessment>('/cases/risk', props.opening(values)),
  })
  const submit = useAction((values: FieldValues, key) => api.post<StepTaken>('/cases', props.opening(values), key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  const asked = preview.variables
  const ruling = findRuling(preview.data?.ruling)
  return (
    <>
      <Card size="small" title={say(props.title)} style={{ maxWidth: 720 }}>
        <FieldsForm
          fields={props.fields}
          {...(props.initial && { initial: props.initial })}
          submitLabel={say(words.preview)}
          isSubmitting={preview.isPending}
          onChange={() => preview.reset()}
          onSubmit={(values) => {
            preview.mutate(values)
            risk.mutate(values)
          }}
        />
        <ProblemAlert error={preview.error} />
      </Card>
      {ruling && asked && (
        <Card size="small" title={say(props.ruleTitle)} style={{ maxWidth: 720 }}>
          <div className="staff-stack">
            <RulingPanel ruling={ruling} service={props.service} />
            {risk.data && <RiskHits title={say(words.risk)} risk={risk.data} service={props.service} />}
            <ProblemAlert error={risk.error} />
            <Space>
              <Button type="primary" loading={risk.isPending || submit.isPending} onClick={() => submit.mutate(asked)}>
                {say(props.submitLabel)}
              </Button>
              <Button onClick={() => preview.reset()}>{say(commonWords.back)}</Button>
            </Space>
            <ProblemAlert error={submit.error} />
          </div>
        </Card>
      )}
    </>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { useAction } from '../action.ts'
import type { StepTaken } from '../api-types.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { go } from '../router.tsx'
import { findRuling } from '../ruling-reading.ts'
import { commonWords, defineWords } from '../words.ts'
import { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { RulingPanel } from './ruling-panel.tsx'

const words = defineWords({ preview: { zh: '预判', en: 'Ask the rule' } })

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
  /** Sends them; the page goes on to the case that comes of it. */
  send: (values: FieldValues, key: string) => Promise<StepTaken>
}

/** A form whose answers the rule judges before they are sent: an answer that changes takes the judgement away. */
export function RuledForm(props: RuledFormProps) {
  const { say } = useSpeech()
  const preview = useMutation({ mutationFn: props.preview })
  const submit = useAction(props.send, { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) })
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
          onSubmit={(values) => preview.mutate(values)}
        />
        <ProblemAlert error={preview.error} />
      </Card>
      {ruling && asked && (
        <Card size="small" title={say(props.ruleTitle)} style={{ maxWidth: 720 }}>
          <div className="staff-stack">
            <RulingPanel ruling={ruling} service={props.service} />
            <Space>
              <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(asked)}>
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

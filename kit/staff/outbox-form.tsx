import { Alert, Button, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { useAction } from '../action.ts'
import { ApiProblem } from '../api.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'
import { mayChange } from '../offline/form-order.ts'
import type { FormRequest, OutboxForm as KeptForm } from '../offline/outbox.ts'
import { useOffline, useOutboxQuery } from '../offline/use-outbox.tsx'
import { randomKey } from '../random-key.ts'
import { go, usePlace } from '../router.tsx'
import { useSignedIn } from '../session.ts'
import { commonWords, defineWords } from '../words.ts'
import { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'
import { ProblemAlert } from './problem-alert.tsx'

const words = defineWords({
  full: {
    zh: '本机存不下这份表单：请腾出空间，或有网络时再填。',
    en: 'This device cannot keep the form: make room, or fill it in where there is a connection.',
  },
  save: { zh: '填好了，发送', en: 'Finished, send' },
  waiting: { zh: '已存在本机，等待发送', en: 'Kept on this device, to be sent' },
  waitingHelp: {
    zh: '有网络时自动发送，关机也不会丢；同一份表单只办一次。',
    en: 'Sent by itself once there is a connection. Turning the device off loses nothing; the form is done once.',
  },
  tried: {
    zh: '已经发过，还没有听到答复；会用同一编号再发，不会重复办理。',
    en: 'It was sent and no answer came. It is sent again as the same form and is not done twice.',
  },
  otherPost: {
    zh: '这份表单以另一岗位填写，切换到该岗位后发送。',
    en: 'Filled in in another post: it is sent once you act in that.',
  },
  takeBack: { zh: '拿回来改', en: 'Take it back' },
  sent: { zh: '已送达', en: 'Received by the office' },
  another: { zh: '再填一份', en: 'Another one' },
  refused: { zh: '没有被受理', en: 'Refused' },
  unreadable: {
    zh: '这份表单在本机已打不开，请重新填写。',
    en: 'This form can no longer be opened on this device; please fill it in anew.',
  },
  change: { zh: '改好再发', en: 'Change it' },
  retry: { zh: '原样再发', en: 'Send it again' },
  discard: { zh: '不再发送', en: 'Do not send it' },
  discardSure: { zh: '这份表单将被删除，不会办理。', en: 'The form is removed, and nothing is done.' },
})

type OutboxFormProps = {
  /** The same for the same form wherever it is opened, without anybody's data: `visit <case>`. */
  about: string
  /** What it is called among the forms that wait. */
  title: BothLanguages
  /** Which of them it is, in words. */
  label: string
  fields: readonly Field[]
  initial?: FieldValues
  /** Where it goes and with what. */
  request: (values: FieldValues) => Pick<FormRequest, 'path' | 'body'>
}

/**
 * A form that is kept on the device from its first letter and sent until the node has answered; filled in, with or without a connection, and found
 * again after the device was turned off. Where the browser can keep nothing it is sent as it is filled in.
 */
export function OutboxForm(props: OutboxFormProps) {
  const { say } = useSpeech()
  const offline = useOffline()
  const { data: forms, isError } = useOutboxQuery()
  // Made with the form and not when it is sent, so that pressing twice, or in two windows, finishes one form.
  const [begunKey, begin] = useState(randomKey)
  const [wantsAnother, setWantsAnother] = useState(false)
  if (!offline || isError) return <DirectForm {...props} />
  if (!forms) return null
  const own = forms.filter(({ about }) => about === props.about)
  const draft = own.findLast(({ state }) => state === 'draft')
  const settling = own.filter(({ state }) => state === 'waiting' || state === 'refused')
  const isSent = own.some(({ state }) => state === 'sent')
  const isFinished = own.some(({ key, state }) => key === begunKey && state !== 'draft')
  const isOpen = settling.length === 0 && (draft !== undefined || (!isFinished && (!isSent || wantsAnother)))
  const fillInAnother = () => {
    begin(randomKey())
    setWantsAnother(true)
  }
  return (
    <div className="staff-stack">
      {settling.map((form) => (
        <SettlingForm key={form.key} form={form} />
      ))}
      {isSent && settling.length === 0 && (
        <Alert
          type="success"
          showIcon
          title={say(words.sent)}
          action={!isOpen && <Button onClick={fillInAnother}>{say(words.another)}</Button>}
        />
      )}
      {isOpen && <DraftForm key={draft?.key ?? begunKey} formKey={draft?.key ?? begunKey} draft={draft} {...props} />}
    </div>
  )
}

type DraftFormProps = OutboxFormProps & { formKey: string; draft: KeptForm | undefined }

function DraftForm({ formKey, draft, about, title, label, fields, initial, request }: DraftFormProps) {
  const { say } = useSpeech()
  const { user, acting } = useSignedIn()
  const { path: page } = usePlace()
  const outbox = useOffline()?.outbox
  const [isKeeping, setKeeping] = useState(false)
  const [isFull, setFull] = useState(false)
  const begun = (values: FieldValues) => ({
    ...{ key: formKey, about, values, userId: user.userId, assignmentId: acting.assignmentId },
  })
  const finish = async (values: FieldValues) => {
    setKeeping(true)
    setFull(false)
    try {
      await outbox?.submit({ ...begun(values), request: { ...request(values), title, label, page } })
    } catch {
      // Nothing was kept, and what was typed still stands in the form.
      setFull(true)
    }
    setKeeping(false)
  }
  return (
    <FieldsForm
      fields={fields}
      initial={draft?.content ? flat(draft.content.values) : (initial ?? {})}
      submitLabel={say(words.save)}
      isSubmitting={isKeeping}
      onChange={(values) => void outbox?.saveDraft(begun(values)).catch(() => setFull(true))}
      onSubmit={(values) => void finish(values)}
    >
      {isFull && <Alert type="error" role="alert" showIcon title={say(words.full)} />}
    </FieldsForm>
  )
}

/** `{ opinion: { issuedOn } }` as the fields name it: `opinion.issuedOn`. */
function flat(values: FieldValues): FieldValues {
  const parts = Object.entries(values).map(([name, value]): FieldValues => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [name]: value }
    return Object.fromEntries(Object.entries(value).map(([part, inner]) => [`${name}.${part}`, inner]))
  })
  return Object.assign({}, ...parts)
}

/** A form that waits or was refused, with what its writer can do about it. */
export function SettlingForm({ form }: { form: KeptForm }) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const { path } = usePlace()
  const outbox = useOffline()?.outbox
  const { key, state, attempts, content, assignmentId } = form
  if (state === 'waiting') {
    const isOtherPost = assignmentId !== acting.assignmentId
    const help = isOtherPost ? words.otherPost : attempts > 0 ? words.tried : words.waitingHelp
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        title={say(words.waiting)}
        description={say(help)}
        action={attempts === 0 && <Button onClick={() => void outbox?.takeBack(key)}>{say(words.takeBack)}</Button>}
      />
    )
  }
  const problem = content?.problem
  const change = async () => {
    await outbox?.change(form)
    if (content?.request && content.request.page !== path) go(content.request.page)
  }
  return (
    <div className="staff-stack">
      <Alert
        type="warning"
        showIcon
        title={say(words.refused)}
        {...(!content && { description: say(words.unreadable) })}
      />
      {problem && <ProblemAlert error={new ApiProblem(problem)} />}
      <Space wrap>
        {problem && mayChange(problem) && (
          <Button type="primary" onClick={() => void change()}>
            {say(words.change)}
          </Button>
        )}
        {content && <Button onClick={() => void outbox?.retry(key)}>{say(words.retry)}</Button>}
        <Popconfirm
          title={say(words.discardSure)}
          okText={say(words.discard)}
          cancelText={say(commonWords.cancel)}
          onConfirm={() => void outbox?.discard(key)}
        >
          <Button danger>{say(words.discard)}</Button>
        </Popconfirm>
      </Space>
    </div>
  )
}

/** Without a store: the form is sent while its writer waits. */
function DirectForm({ fields, initial, request }: OutboxFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const send = useAction((values: FieldValues, key) => {
    const { path, body } = request(values)
    return api.post(path, body, key)
  })
  if (send.isSuccess) return <Alert type="success" showIcon title={say(words.sent)} />
  return (
    <>
      <FieldsForm
        fields={fields}
        {...(initial && { initial })}
        submitLabel={say(commonWords.submit)}
        isSubmitting={send.isPending}
        onSubmit={(values) => send.mutate(values)}
      />
      <ProblemAlert error={send.error} />
    </>
  )
}

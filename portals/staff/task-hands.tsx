import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal, Space } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  type CaseView,
  defineWords,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { FieldsForm, ProblemAlert } from '../../kit/staff/door.ts'

const words = defineWords({
  takeUp: { zh: '领办', en: 'Take up' },
  putBack: { zh: '放回待办', en: 'Put back' },
  handOver: { zh: '转交', en: 'Hand over' },
  takeOver: { zh: '写明原因，由我接手', en: 'Take over, with the reason' },
  to: { zh: '转交给', en: 'To' },
  note: { zh: '交接说明', en: 'What they should know' },
  reason: { zh: '接手原因', en: 'Why it is taken over' },
  noColleague: { zh: '今天没有其他同岗位人员。', en: 'Nobody else is at your desk today.' },
  done: { zh: '已办理 {count} 件。', en: '{count} done.' },
  refused: { zh: '{count} 件没有办成：', en: '{count} could not be done:' },
  byMe: { zh: '我在办', en: 'In my hands' },
  byColleague: { zh: '{name} 在办', en: '{name} has it' },
  byOther: { zh: '其他人在办', en: 'Somebody has it' },
  since: { zh: '自 {since}', en: 'since {since}' },
  free: { zh: '本件还没有人领办。', en: 'Nobody has it in hand yet.' },
})

type Handled = AnswerOf<'POST /tasks/take-up'>
type Act = 'take-up' | 'put-back' | 'hand-over'

/** Whoever acts at the same desk; asked once and kept for as long as the page is open. */
function useColleagues() {
  const api = useApi()
  const { acting } = useSignedIn()
  return useQuery({
    queryKey: ['colleagues', acting.assignmentId],
    queryFn: () => api.get<AnswerOf<'GET /tasks/colleagues'>>('/tasks/colleagues'),
    staleTime: 600_000,
    enabled: acting.kind !== 'person',
  })
}

/** Tells who has a task in hand, in words; `null` where nobody has. */
export function useHolderInWords(): (userId: string | null) => string | null {
  const { say } = useSpeech()
  const { user } = useSignedIn()
  const { data } = useColleagues()
  return (userId) => {
    if (userId === null) return null
    if (userId === user.userId) return say(words.byMe)
    const name = data?.items.find((colleague) => colleague.userId === userId)?.displayName
    return name === undefined ? say(words.byOther) : say(words.byColleague, { name })
  }
}

/**
 * Takes tasks up, puts them back, hands them over. Each is done by itself: what could not be done is told with why, and what a colleague has in hand can
 * be taken over with a reason.
 */
export function TaskHands({
  caseIds,
  may,
}: {
  caseIds: readonly string[]
  may: Readonly<Partial<Record<'takeUp' | 'takeOver' | 'putBack' | 'handOver', boolean>>>
}) {
  const { say } = useSpeech()
  const api = useApi()
  const [isHandingOver, setIsHandingOver] = useState(false)
  const acting = useAction(
    ({ act, ...body }: { act: Act; caseIds: readonly string[]; toUserId?: string; note?: string }, key) =>
      api.post<Handled>(`/tasks/${act}`, body, key),
    { onSuccess: () => setIsHandingOver(false) },
  )
  const act = (name: Act) => acting.mutate({ act: name, caseIds })
  return (
    <div className="staff-stack">
      <Space wrap>
        {may.takeUp && (
          <Button loading={acting.isPending} onClick={() => act('take-up')}>
            {say(words.takeUp)}
          </Button>
        )}
        {may.handOver && <Button onClick={() => setIsHandingOver(true)}>{say(words.handOver)}</Button>}
        {may.putBack && (
          <Button loading={acting.isPending} onClick={() => act('put-back')}>
            {say(words.putBack)}
          </Button>
        )}
      </Space>
      {may.takeOver && (
        <TakeOverForm
          isSubmitting={acting.isPending}
          onTakeOver={(note) => acting.mutate({ act: 'take-up', caseIds, note })}
        />
      )}
      <ProblemAlert error={acting.error} />
      {acting.data && (
        <HandledAlert
          handled={acting.data}
          onTakeOver={(held, note) => acting.mutate({ act: 'take-up', caseIds: held, note })}
        />
      )}
      <Modal
        open={isHandingOver}
        title={say(words.handOver)}
        footer={null}
        destroyOnHidden
        onCancel={() => setIsHandingOver(false)}
      >
        <HandOverForm
          isSubmitting={acting.isPending}
          onHandOver={(toUserId, note) => acting.mutate({ act: 'hand-over', caseIds, toUserId, note })}
        />
      </Modal>
    </div>
  )
}

function HandOverForm({
  isSubmitting,
  onHandOver,
}: {
  isSubmitting: boolean
  onHandOver: (toUserId: string, note: string) => void
}) {
  const { say } = useSpeech()
  const { user } = useSignedIn()
  const { data } = useColleagues()
  const others = (data?.items ?? []).filter(({ userId }) => userId !== user.userId)
  if (data && others.length === 0) return <p>{say(words.noColleague)}</p>
  return (
    <FieldsForm
      fields={[
        {
          name: 'toUserId',
          kind: 'choice',
          label: words.to,
          required: true,
          options: others.map(({ userId, displayName }) => ({
            value: userId,
            label: { zh: displayName, en: displayName },
          })),
        },
        { name: 'note', kind: 'long_text', label: words.note, required: true },
      ]}
      submitLabel={say(words.handOver)}
      isSubmitting={isSubmitting}
      onSubmit={({ toUserId, note }) => onHandOver(String(toUserId), String(note))}
    />
  )
}

function TakeOverForm({ isSubmitting, onTakeOver }: { isSubmitting: boolean; onTakeOver: (note: string) => void }) {
  const { say } = useSpeech()
  return (
    <FieldsForm
      fields={[{ name: 'note', kind: 'text', label: words.reason, required: true }]}
      submitLabel={say(words.takeOver)}
      isSubmitting={isSubmitting}
      onSubmit={({ note }) => onTakeOver(String(note))}
    />
  )
}

function HandledAlert({
  handled: { handled, refused },
  onTakeOver,
}: {
  handled: Handled
  onTakeOver: (caseIds: string[], note: string) => void
}) {
  const { say } = useSpeech()
  const { tell } = useTeller()
  const held = refused.filter(({ code }) => code === 'task_held_by_other').map(({ caseId }) => caseId)
  const done = say(words.done, { count: handled })
  if (refused.length === 0) return <Alert type="success" showIcon title={done} />
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={`${handled > 0 ? done : ''}${say(words.refused, { count: refused.length })}`}
      description={
        <>
          <ul className="staff-problems">
            {refused.map(({ caseId, number, code, params }) => (
              <li key={caseId}>
                {number !== null && `${number}：`}
                {tell(code, params)} {tell(`${code}.advice`, params)}
              </li>
            ))}
          </ul>
          {held.length > 0 && <TakeOverForm isSubmitting={false} onTakeOver={(note) => onTakeOver(held, note)} />}
        </>
      }
    />
  )
}

/** Who of the desk has a case in hand, and what can be done about it; nothing for whom it does not lie on the desk of. */
export function CaseHands({ view }: { view: CaseView }) {
  const { say, moment } = useSpeech()
  const { acting, user } = useSignedIn()
  const inWords = useHolderInWords()
  const { holder, status, file } = view
  if (status.task?.role !== acting.role) return null
  const isMine = holder?.userId === user.userId
  return (
    <div className="staff-stack">
      <span className="staff-quiet">
        {holder ? `${inWords(holder.userId)} · ${say(words.since, { since: moment(holder.since) })}` : say(words.free)}
      </span>
      <TaskHands
        caseIds={[file.id]}
        may={{
          takeUp: holder === null,
          takeOver: holder !== null && !isMine,
          putBack: isMine,
          handOver: holder === null || isMine,
        }}
      />
    </div>
  )
}

import { Alert, Button, Card, Empty, Space } from 'antd'
import { useEffect, useState } from 'react'
import { type Speech, useSpeech } from '../language.tsx'
import type { OutboxForm as OutboxFormKept } from '../offline/outbox.ts'
import { useOffline, useOutboxForms } from '../offline/use-outbox.tsx'
import { Link } from '../router.tsx'
import { defineWords } from '../words.ts'
import { SettlingForm } from './outbox-form.tsx'
import { ProblemAlert } from './problem-alert.tsx'

const words = defineWords({
  none: { zh: '没有等待发送的表单', en: 'No form waits to be sent' },
  filledAt: { zh: '填于 {at}', en: 'filled in {at}' },
  waiting: { zh: '{count} 份表单等待发送', en: '{count} forms to be sent' },
  refused: { zh: '{count} 份表单没有被受理，请处理', en: '{count} forms were refused; please look' },
  open: { zh: '查看', en: 'Look' },
  takeAlong: { zh: '带上，离线可用', en: 'Take it along' },
  taken: {
    zh: '已带上：没有网络也能看、能填。内容加密存在本机，退出登录即删除，最多保留一天半。',
    en: 'Taken along: read and fill in without a connection. It is kept sealed on this device, for a day and a half at most, and removed when you sign out.',
  },
  cannot: {
    zh: '这里不能离线使用：需要通过 https 打开。表单会在填写时直接发送。',
    en: 'This cannot be used without a connection: open it by https. Forms are sent as they are filled in.',
  },
})

/** The forms of the signed-in user that wait or were refused. */
export function OutboxList() {
  const { say, moment } = useSpeech()
  const forms = useOutboxForms()?.filter(({ state }) => state === 'waiting' || state === 'refused') ?? []
  if (forms.length === 0) return <Empty description={say(words.none)} />
  return (
    <div className="staff-stack">
      {forms.map((form) => (
        <Card
          key={form.key}
          size="small"
          title={titleOf(form, say)}
          extra={say(words.filledAt, { at: moment(form.at) })}
        >
          <SettlingForm form={form} />
        </Card>
      ))}
    </div>
  )
}

function titleOf({ about, content }: OutboxFormKept, say: Speech['say']): string {
  const { title, label } = content?.request ?? {}
  return title ? [say(title), label].filter(Boolean).join(' · ') : about
}

/** That forms wait or were refused, on every page while it is so. `to`: where they are listed. */
export function OutboxNote({ to }: { to: string }) {
  const { say } = useSpeech()
  const forms = useOutboxForms() ?? []
  const counts = (['waiting', 'refused'] as const).map((state) => ({
    state,
    count: forms.filter((form) => form.state === state).length,
  }))
  return (
    <div role="status" className="staff-outbox-note">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <Alert
            key={state}
            type={state === 'waiting' ? 'info' : 'warning'}
            showIcon
            title={say(words[state], { count })}
            action={<Link to={to}>{say(words.open)}</Link>}
          />
        ))}
    </div>
  )
}

/** Takes what the page shows along, where its reader asks for it. `prepare` reads what else will be needed. */
export function TakeAlong({ prepare }: { prepare: () => Promise<unknown> }) {
  const { say } = useSpeech()
  const offline = useOffline()
  const [isTaken, setTaken] = useState(false)
  const [isTaking, setTaking] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    void offline?.takesAlong().then(setTaken)
  }, [offline])
  if (!offline) return <Alert type="info" showIcon title={say(words.cannot)} />
  if (isTaken) return <Alert type="success" showIcon role="status" title={say(words.taken)} />
  const take = async () => {
    setTaking(true)
    setError(null)
    try {
      await offline.takeAlong()
      await prepare()
      setTaken(true)
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
    setTaking(false)
  }
  return (
    <Space orientation="vertical">
      <Button size="large" loading={isTaking} onClick={() => void take()}>
        {say(words.takeAlong)}
      </Button>
      <ProblemAlert error={error} />
    </Space>
  )
}

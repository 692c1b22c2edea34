import { defineWords, useSpeech } from '../../kit/door.ts'
import { OutboxList, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '待发送的表单', en: 'Forms to be sent' },
  summary: {
    zh: '在本机填好、还没有听到答复或没有被受理的表单。联网后按填写的先后自动发送，每份只办一次。',
    en: 'Forms filled in on this device that have no answer yet or were refused. They are sent in their order once there is a connection, each done once.',
  },
})

/** The forms of this device that the node has not answered, or refused. */
export function OutboxPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <OutboxList />
    </StaffPage>
  )
}

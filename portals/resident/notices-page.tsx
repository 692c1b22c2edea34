import { defineWords, Empty, Loaded, useSpeech } from '../../kit/door.ts'
import { NoticeList, useMyNotices } from './my-notices.tsx'

const words = defineWords({
  title: { zh: '我的通知', en: 'My notices' },
  none: { zh: '还没有通知。', en: 'No notices yet.' },
})

/** All notices, read and unread. */
export function NoticesPage() {
  const { say } = useSpeech()
  const notices = useMyNotices()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={notices}>
        {(items) => (items.length === 0 ? <Empty>{say(words.none)}</Empty> : <NoticeList notices={items} />)}
      </Loaded>
    </>
  )
}

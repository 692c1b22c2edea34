import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { type AnswerOf, defineWords, Link, liveOn, type Notice, useAction, useApi, useSpeech } from '../../kit/door.ts'
import { useEveryTeller } from '../../kit/staff/door.ts'

const words = defineWords({
  toCase: { zh: '查看办件', en: 'Open the case' },
  read: { zh: '知道了', en: 'Got it' },
})

const shownMax = 5

/** What the agency told the employer and nobody has read yet, newest first. Nothing where there is no news. */
export function EmployerNotices() {
  const api = useApi()
  const { data: notices = [] } = useQuery({
    queryKey: ['my notices'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/notices'>>('/me/notices', { unreadOnly: true })).items,
    meta: liveOn('notices'),
  })
  return notices.slice(0, shownMax).map((notice) => <NoticeAlert key={notice.id} notice={notice} />)
}

function NoticeAlert({ notice }: { notice: Notice }) {
  const api = useApi()
  const { say, moment } = useSpeech()
  const { tell } = useEveryTeller()
  const markRead = useAction((noticeId: string, key) => api.post(`/me/notices/${noticeId}/read`, undefined, key))
  return (
    <Alert
      type="info"
      showIcon
      title={tell(notice.code, notice.params)}
      description={moment(notice.createdAt)}
      action={
        <Space>
          <Link to={`/cases/${notice.caseId}`}>{say(words.toCase)}</Link>
          <Button size="small" loading={markRead.isPending} onClick={() => markRead.mutate(notice.id)}>
            {say(words.read)}
          </Button>
        </Space>
      }
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  type CaseRow,
  defineWords,
  Link,
  liveOn,
  type Notice,
  useAction,
  useApi,
  useMyCases,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'

const words = defineWords({
  read: { zh: '知道了', en: 'Got it' },
  toCase: { zh: '查看办件', en: 'Open the case' },
})

/** The notices to the person one acts as, newest first. */
export function useMyNotices() {
  const api = useApi()
  return useQuery({
    queryKey: ['my notices'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/notices'>>('/me/notices')).items,
    meta: liveOn('notices'),
  })
}

/** Notices as a list: what, when, to which case; one touch marks one as read. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const { data: cases = [] } = useMyCases()
  return (
    <ul className="resident-list">
      {notices.map((notice) => (
        <NoticeItem key={notice.id} notice={notice} about={cases.find(({ caseId }) => caseId === notice.caseId)} />
      ))}
    </ul>
  )
}

function NoticeItem({ notice, about }: { notice: Notice; about: CaseRow | undefined }) {
  const api = useApi()
  const { say, moment } = useSpeech()
  const { tell } = useTeller(about?.service)
  const markRead = useAction((noticeId: string, key) => api.post(`/me/notices/${noticeId}/read`, undefined, key))
  return (
    <li className={notice.readAt === null ? 'resident-notice resident-notice-new' : 'resident-notice'}>
      <p>{tell(notice.code, notice.params)}</p>
      <p className="resident-notice-foot">
        <span className="kit-quiet">{moment(notice.createdAt)}</span>
        <Link to={`/cases/${notice.caseId}`}>{say(words.toCase)}</Link>
        {notice.readAt === null && (
          <button
            type="button"
            className="kit-button"
            disabled={markRead.isPending}
            onClick={() => markRead.mutate(notice.id)}
          >
            {say(words.read)}
          </button>
        )}
      </p>
    </li>
  )
}

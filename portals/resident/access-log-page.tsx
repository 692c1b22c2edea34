import { useQuery } from '@tanstack/react-query'
import {
  type AccessEntry,
  type AnswerOf,
  accessActions,
  accessPurposes,
  dayInShanghai,
  defineWords,
  Empty,
  Link,
  Loaded,
  RegionName,
  useApi,
  useRoleTitles,
  useSpeech,
  wordOf,
} from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '谁查看过我的信息', en: 'Who looked at my data' },
  lead: {
    zh: '每一次查看和修改都记在这里，不能删除。看到不认识的，请拨打 12333。',
    en: 'Every look and every change is kept here and cannot be removed. Call 12333 about anything you do not recognise.',
  },
  none: { zh: '还没有人查看过。', en: 'Nobody has looked yet.' },
  back: { zh: '我的', en: 'Me' },
  myself: { zh: '本人', en: 'Myself' },
  agent: { zh: '{name} 代您办理', en: '{name}, acting for you' },
  system: { zh: '系统自动办理', en: 'Done by itself' },
  why: { zh: '原因', en: 'Why' },
  times: { zh: '当天共 {count} 次', en: '{count} times that day' },
})

type LookOfADay = { latest: AccessEntry; count: number }

/** The same thing done for the same reason by the same kind of reader is told once a day, with how often. Newest first, as they came. */
function byDay(entries: readonly AccessEntry[], dayOf: (instant: string) => string): LookOfADay[] {
  const looks = new Map<string, LookOfADay>()
  for (const entry of entries) {
    const { at, action, purpose, role, agency, institutionId, employerId, agentName } = entry
    const kind = JSON.stringify([dayOf(at), action, purpose, role, agency, institutionId, employerId, agentName])
    const known = looks.get(kind)
    looks.set(kind, { latest: known?.latest ?? entry, count: (known?.count ?? 0) + 1 })
  }
  return [...looks.values()]
}

/** Every look at the person's data and every change of it, newest first. */
export function AccessLogPage() {
  const api = useApi()
  const { say, moment } = useSpeech()
  const roles = useRoleTitles()
  const log = useQuery({
    queryKey: ['my access log'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/access-log'>>('/me/access-log')).items,
  })
  const who = ({ role, agentName }: AccessEntry) => {
    if (agentName !== null) return say(words.agent, { name: agentName })
    if (role === 'person') return say(words.myself)
    if (role === 'system') return say(words.system)
    const title = roles.get(role)
    // While titles are being read nobody is shown a code.
    return title ? say(title) : roles.size > 0 ? role : ''
  }
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.back)}</Link>
      </p>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Loaded query={log}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul className="resident-list">
              {byDay(entries, dayInShanghai).map(({ latest: entry, count }) => (
                <li key={`${entry.at} ${entry.action} ${entry.purpose} ${entry.agentName}`} className="resident-row">
                  <span className="resident-row-title">{wordOf(accessActions, entry.action, say)}</span>
                  <span className="kit-quiet">
                    {moment(entry.at)}
                    {count > 1 && ` · ${say(words.times, { count })}`}
                  </span>
                  <span>
                    {entry.agency !== null && (
                      <>
                        <RegionName code={entry.agency} />{' '}
                      </>
                    )}
                    {who(entry)}
                  </span>
                  {entry.purpose !== null && (
                    <span className="kit-quiet">
                      {say(words.why)}: {wordOf(accessPurposes, entry.purpose, say)}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

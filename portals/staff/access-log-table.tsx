import { Tag } from 'antd'
import { type AccessEntry, accessActions, accessPurposes, defineWords, useSpeech, wordOf } from '../../kit/door.ts'
import { DataTable, useRegionNames } from '../../kit/staff/door.ts'
import { useRoleTitles } from './roles.ts'

const words = defineWords({
  at: { zh: '时间', en: 'Time' },
  who: { zh: '查看人', en: 'Who' },
  action: { zh: '操作', en: 'Action' },
  why: { zh: '目的', en: 'Purpose' },
  forCase: { zh: '本办件', en: 'this case' },
  system: { zh: '系统', en: 'the system' },
  person: { zh: '本人', en: 'the person' },
  agent: { zh: '{name} 代办', en: '{name}, acting for the person' },
  none: { zh: '还没有人查看过', en: 'Nobody has looked yet' },
})

type Entry = AccessEntry & { isForCase?: boolean; displayName?: string | null }

/** Who looked at or changed somebody's data, when and why; what was done for the case that is shown is marked. */
export function AccessLogTable({ entries }: { entries: readonly Entry[] }) {
  const { say, moment } = useSpeech()
  const roleTitle = useRoleTitles()
  const regionName = useRegionNames(entries.map(({ agency }) => agency))
  const whoOf = ({ role, agency, displayName, agentName }: Entry) => {
    if (agentName !== null) return say(words.agent, { name: agentName })
    if (role === 'system' || role === 'person') return say(words[role])
    const post = agency === null ? roleTitle(role) : `${roleTitle(role)} · ${regionName(agency)}`
    return displayName ? `${displayName}（${post}）` : post
  }
  return (
    <DataTable<Entry & { no: number }>
      rowKey="no"
      dataSource={entries.map((entry, no) => ({ ...entry, no }))}
      emptyText={say(words.none)}
      pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: say(words.at), key: 'at', className: 'staff-nowrap', render: (_, { at }) => moment(at) },
        { title: say(words.who), key: 'who', render: (_, entry) => whoOf(entry) },
        { title: say(words.action), key: 'action', render: (_, { action }) => wordOf(accessActions, action, say) },
        {
          title: say(words.why),
          key: 'why',
          render: (_, { purpose, isForCase }) => (
            <>
              {purpose === null ? '—' : wordOf(accessPurposes, purpose, say)}{' '}
              {isForCase && <Tag color="blue">{say(words.forCase)}</Tag>}
            </>
          ),
        },
      ]}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { Collapse, Timeline } from 'antd'
import {
  type CaseEvent,
  type CaseView,
  defineWords,
  findRuling,
  useApi,
  useOnPaper,
  useSpeech,
} from '../../kit/door.ts'
import { Loaded, RiskTag, RulingPanel } from '../../kit/staff/door.ts'
import { useFlows } from './flows.ts'
import { useRoleTitles } from './roles.ts'

const words = defineWords({
  system: { zh: '系统', en: 'the system' },
  person: { zh: '本人', en: 'the person' },
  agent: { zh: '{name} 代办', en: '{name}, acting for the person' },
  effective: { zh: '生效日 {effectiveOn}', en: 'effective {effectiveOn}' },
  ruling: { zh: '当时的规则判定', en: 'What the rule said then' },
  risk: { zh: '风险', en: 'risk' },
})

/** Every step that was taken, newest first: by whom, when, with what outcome and, where a rule decided, why. */
export function CaseHistory({ view }: { view: CaseView }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  const roleTitle = useRoleTitles()
  const flows = useFlows()
  const history = useQuery({
    queryKey: ['history', view.file.id, view.file.seq],
    queryFn: () => api.get<{ items: CaseEvent[] }>(`/cases/${view.file.id}/history`),
  })
  const steps = flows.data?.find(
    ({ flow, version }) => flow === view.file.flow && version === view.file.flowVersion,
  )?.steps
  const titleOf = ({ kind }: CaseEvent) => {
    const title = steps?.[kind]?.title
    return title ? say(title) : kind
  }
  const takerOf = ({ by }: CaseEvent) => {
    if (by.kind === 'system') return say(words.system)
    if (by.isAgent) return say(words.agent, { name: by.agentName ?? '' })
    const role = by.kind === 'person' ? say(words.person) : roleTitle(by.role)
    return by.displayName === null ? role : `${by.displayName}（${role}）`
  }
  return (
    <Loaded query={history}>
      {({ items }) => (
        <Timeline
          items={items.toReversed().map((event) => ({
            key: String(event.seq),
            content: (
              <div className="staff-stack">
                <div>
                  <strong>{titleOf(event)}</strong> · {takerOf(event)} · {moment(event.recordedAt)}{' '}
                  {event.risk?.level && (
                    <>
                      {say(words.risk)} <RiskTag level={event.risk.level} />
                    </>
                  )}
                </div>
                <EventWords event={event} />
                <EventRuling event={event} label={say(words.ruling)} service={view.file.service} />
              </div>
            ),
          }))}
        />
      )}
    </Loaded>
  )
}

const spokenParts = ['opinion', 'reason', 'grounds', 'reasons', 'note', 'missing', 'text', 'cause'] as const

/** What the taker of a step wrote, in their own words. */
function EventWords({ event }: { event: CaseEvent }) {
  const { body } = event
  if (typeof body !== 'object' || body === null) return null
  const parts: Record<string, unknown> = { ...body }
  const spoken = spokenParts.flatMap((name) => wordsIn(parts[name]))
  return spoken.length === 0 ? null : <div className="staff-quiet">{spoken.join(' · ')}</div>
}

/** Words alone: what has a form of its own is shown by the case's part. */
function wordsIn(part: unknown): string[] {
  if (Array.isArray(part)) return [part.join('；')]
  return typeof part === 'string' && part !== '' ? [part] : []
}

function EventRuling({ event, label, service }: { event: CaseEvent; label: string; service: string }) {
  const isOnPaper = useOnPaper()
  const ruling = findRuling(event.decision)
  if (!ruling) return null
  if (isOnPaper) return <RulingPanel ruling={ruling} service={service} />
  return (
    <Collapse
      size="small"
      items={[{ key: 'ruling', label, children: <RulingPanel ruling={ruling} service={service} /> }]}
    />
  )
}

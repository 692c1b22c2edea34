import { useQuery } from '@tanstack/react-query'
import type { CaseDeadline, CaseEvent, CaseView, Flow, Receipt } from './api-types.ts'
import { type BothLanguages, useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { useApi } from './node-context.tsx'
import { Loaded } from './states.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  timeline: { zh: '办理过程', en: 'What has happened' },
  deadlines: { zh: '时限', en: 'Time limits' },
  receipts: { zh: '回执', en: 'Receipts' },
  byPerson: { zh: '申请人', en: 'Applicant' },
  bySystem: { zh: '系统自动办理', en: 'Done by itself' },
  running: { zh: '最迟 {dueOn}', en: 'at the latest {dueOn}' },
  stopped: { zh: '暂停计时，还剩 {remainingDays} 天', en: 'The clock is stopped, {remainingDays} days left' },
  met: { zh: '已于 {endedOn} 完成', en: 'done on {endedOn}' },
  overdue: { zh: '已超过时限', en: 'overdue' },
  accepted: { zh: '受理回执', en: 'Receipt of acceptance' },
  not_accepted: { zh: '不予受理通知', en: 'Notice of non-acceptance' },
  completion_requested: { zh: '一次性补正告知', en: 'Request to complete' },
})

/** All flows of the node with their titles, by id. */
export function useFlows() {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['flows'],
    queryFn: async () => (await api.get<{ items: Flow[] }>('/flows')).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return new Map(data?.map((flow) => [flow.flow, flow]))
}

type RoleTitle = { code: string; title: BothLanguages }

/** The roles of the node with their titles, by code. */
export function useRoleTitles() {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: async () => (await api.get<{ roles: RoleTitle[] }>('/roles')).roles,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return new Map(data?.map(({ code, title }) => [code, title]))
}

/** Every step that was taken on a case, newest first: what, who, when. */
export function CaseTimeline({ view }: { view: CaseView }) {
  const api = useApi()
  const { say } = useSpeech()
  const { id, seq } = view.file
  const history = useQuery({
    queryKey: ['case', id, 'history', seq],
    queryFn: async () => (await api.get<{ items: CaseEvent[] }>(`/cases/${id}/history`)).items,
  })
  return (
    <section className="kit-section" aria-labelledby="timeline">
      <h2 id="timeline">{say(words.timeline)}</h2>
      <Loaded query={history}>
        {(events) => (
          <ol className="kit-timeline">
            {events.toReversed().map((event) => (
              <TimelineEvent key={event.seq} event={event} view={view} />
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  )
}

function TimelineEvent({ event, view }: { event: CaseEvent; view: CaseView }) {
  const { say, moment } = useSpeech()
  const { find } = useTeller(view.file.service)
  const flow = useFlows().get(view.file.flow)
  const roles = useRoleTitles()
  const role = roles.get(event.by.role)
  const title = flow?.steps?.[event.kind]?.title
  const outcome = event.outcome === null ? undefined : find(`outcomes.${event.outcome}`)
  const who =
    event.by.kind === 'person'
      ? say(words.byPerson)
      : event.by.kind === 'system'
        ? say(words.bySystem)
        : [role && say(role), event.by.displayName].filter(Boolean).join(' · ')
  return (
    <li>
      <p className="kit-timeline-title">
        {title ? say(title) : event.kind}
        {outcome && `: ${outcome}`}
      </p>
      <p className="kit-quiet">
        {moment(event.recordedAt)} · {who}
      </p>
    </li>
  )
}

/** The time limits of a case, in words. */
export function CaseDeadlines({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  const flow = useFlows().get(view.file.flow)
  if (view.deadlines.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="deadlines">
      <h2 id="deadlines">{say(words.deadlines)}</h2>
      <ul className="kit-plain-list">
        {view.deadlines.map((deadline) => {
          const title = flow?.deadlines?.[deadline.name]
          return (
            <li key={deadline.name}>
              {title ? say(title) : deadline.name}: <DeadlineState deadline={deadline} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function DeadlineState({ deadline }: { deadline: CaseDeadline }) {
  const { say } = useSpeech()
  const { dueOn, endedOn, remainingDays, stoppedOn, overdue, assumed } = deadline
  if (endedOn !== null) return say(words.met, { endedOn })
  if (stoppedOn !== null) return say(words.stopped, { remainingDays })
  return (
    <>
      {say(words.running, { dueOn })}
      {assumed && ` (${say(commonWords.assumed)})`}
      {overdue && <strong className="kit-bad"> {say(words.overdue)}</strong>}
    </>
  )
}

/** The receipts a case has given. */
export function CaseReceipts({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  if (view.receipts.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="receipts">
      <h2 id="receipts">{say(words.receipts)}</h2>
      <ul className="kit-plain-list">
        {view.receipts.map((receipt) => (
          <ReceiptLine key={receipt.number} receipt={receipt} service={view.file.service} />
        ))}
      </ul>
    </section>
  )
}

function ReceiptLine({ receipt, service }: { receipt: Receipt; service: string }) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(service)
  return (
    <li>
      <strong>{say(words[receipt.kind])}</strong> <span className="kit-code">{receipt.number}</span>{' '}
      {day(receipt.issuedOn)}
      {receipt.reason && <p>{tell(receipt.reason.code, receipt.reason.params)}</p>}
    </li>
  )
}

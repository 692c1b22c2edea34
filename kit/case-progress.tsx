import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { AnswerOf, CaseDeadline, CaseEvent, CaseView, Receipt } from './api-types.ts'
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
  byAgent: { zh: '{name} 代办', en: '{name}, acting for the applicant' },
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
    queryFn: async () => (await api.get<AnswerOf<'GET /flows'>>('/flows')).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return new Map(data?.map((flow) => [flow.flow, flow]))
}

/** The roles of the node with their titles, by code. */
export function useRoleTitles() {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: async () => (await api.get<AnswerOf<'GET /roles'>>('/roles')).roles,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return new Map(data?.map(({ code, title }) => [code, title]))
}

/** How a step came out; what has no words here is told by the step's own title. */
const outcomeWords = new Map<string, BothLanguages>(
  Object.entries(
    defineWords({
      accepted: { zh: '已受理', en: 'accepted' },
      not_accepted: { zh: '不予受理', en: 'not accepted' },
      approved: { zh: '同意', en: 'approved' },
      granted: { zh: '同意', en: 'granted' },
      refused: { zh: '不同意', en: 'refused' },
      returned: { zh: '退回', en: 'returned' },
      upheld: { zh: '维持原决定', en: 'the decision stands' },
      set_aside: { zh: '撤销原决定', en: 'the decision is set aside' },
      admitted: { zh: '可以直接结算', en: 'can be settled directly' },
      settled: { zh: '已结算', en: 'settled' },
      undone: { zh: '已撤销', en: 'undone' },
    }),
  ),
)

const written = z.object({
  opinion: z.optional(z.string()),
  reason: z.optional(z.nullable(z.string())),
  reasons: z.optional(z.string()),
  grounds: z.optional(z.string()),
  note: z.optional(z.string()),
  text: z.optional(z.string()),
  missing: z.optional(z.array(z.string())),
})

/** What the taker of a step wrote, where its event keeps such words. */
function findWritten(body: unknown): string | undefined {
  const { data } = written.safeParse(body)
  if (!data) return undefined
  const { opinion, reason, reasons, grounds, note, text, missing } = data
  const words = [opinion, reason, reasons, grounds, note, text, missing?.join('; ')].filter(Boolean).join(' ')
  return words === '' ? undefined : words
}

/** Every step that was taken on a case, newest first: what, who, when. */
export function CaseTimeline({ view }: { view: CaseView }) {
  const api = useApi()
  const { say } = useSpeech()
  const { id, seq } = view.file
  const history = useQuery({
    queryKey: ['case', id, 'history', seq],
    queryFn: async () => (await api.get<AnswerOf<'GET /cases/{caseId}/history'>>(`/cases/${id}/history`)).items,
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
  const flow = useFlows().get(view.file.flow)
  const roles = useRoleTitles()
  const role = roles.get(event.by.role)
  const title = flow?.steps[event.kind]?.title
  const outcome = event.outcome === null ? undefined : outcomeWords.get(event.outcome)
  const saidByTaker = findWritten(event.body)
  const who =
    event.by.kind === 'person'
      ? event.by.isAgent
        ? say(words.byAgent, { name: event.by.agentName ?? '' })
        : say(words.byPerson)
      : event.by.kind === 'system'
        ? say(words.bySystem)
        : [role && say(role), event.by.displayName].filter(Boolean).join(' · ')
  return (
    <li>
      <p className="kit-timeline-title">
        {title ? say(title) : event.kind}
        {outcome && `: ${say(outcome)}`}
      </p>
      <p className="kit-quiet">
        {moment(event.recordedAt)} · {who}
      </p>
      {saidByTaker !== undefined && <p>{saidByTaker}</p>}
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
              {title && `${say(title)}: `}
              <DeadlineState deadline={deadline} />
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

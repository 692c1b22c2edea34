import { useQuery } from '@tanstack/react-query'
import { Button, Card, Skeleton, Tabs, Tag } from 'antd'
import type { ReactNode } from 'react'
import {
  type AnswerOf,
  type CaseView,
  commonWords,
  defineWords,
  Later,
  liveOn,
  useApi,
  useCasePart,
  useOnPaper,
  usePrinting,
  useRegionName,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import {
  FactColumns,
  FactList,
  Loaded,
  RiskHits,
  RiskTag,
  type StaffCasePart,
  StaffPage,
} from '../../kit/staff/door.ts'
import { AccessLogTable } from './access-log-table.tsx'
import { benefitParts } from './benefit-case.tsx'
import { CaseDecision } from './case-decision.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseMessages, CaseTransfers } from './case-money.tsx'
import { CasePerson } from './case-person.tsx'
import { CaseSteps } from './case-steps.tsx'
import { useFlows } from './flows.ts'
import { caseParts } from './pages.tsx'

const words = defineWords({
  agency: { zh: '经办机构', en: 'Agency' },
  opened: { zh: '申请时间', en: 'Opened' },
  closed: { zh: '办结时间', en: 'Closed' },
  facts: { zh: '事实', en: 'Facts' },
  history: { zh: '办理过程', en: 'History' },
  transfers: { zh: '账务', en: 'Postings' },
  messages: { zh: '跨省往来', en: 'Messages between regions' },
  access: { zh: '访问记录', en: 'Access log' },
  deadlines: { zh: '期限', en: 'Deadlines' },
  receipts: { zh: '回执', en: 'Receipts' },
  risks: { zh: '受理时的风险提示', en: 'Risk at acceptance' },
  accepted: { zh: '受理回执', en: 'Accepted' },
  not_accepted: { zh: '不予受理', en: 'Not accepted' },
  completion_requested: { zh: '一次性补正告知', en: 'Asked to complete' },
  running: { zh: '进行中', en: 'running' },
  stopped: { zh: '停止计时', en: 'clock stopped' },
  met: { zh: '按期完成', en: 'met' },
  missed: { zh: '已超期', en: 'missed' },
  remaining: { zh: '剩余 {days} 天', en: '{days} days remain' },
})

/** One case: what it is about beside what the registers know, what can be done next, and everything that happened. */
export function CasePage({ params }: { params: Record<string, string> }) {
  const api = useApi()
  const { say } = useSpeech()
  const caseId = params.caseId ?? ''
  const view = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => api.get<CaseView>(`/cases/${caseId}`),
    meta: liveOn('cases'),
  })
  return (
    <Loaded query={view}>
      {(shown) => (
        <StaffPage
          title={`${say(shown.title)} ${shown.file.number}`}
          summary={
            <>
              <Tag color={shown.status.final ? 'default' : 'blue'}>{say(shown.status.title)}</Tag>
              {shown.file.riskLevel && <RiskTag level={shown.file.riskLevel} />}
            </>
          }
          actions={<PrintCase />}
        >
          <Later place={caseId} meanwhile={<Skeleton active paragraph={{ rows: 8 }} />}>
            <CaseSides view={shown} />
          </Later>
        </StaffPage>
      )}
    </Loaded>
  )
}

function PrintCase() {
  const { say } = useSpeech()
  const { isPreparing, print } = usePrinting()
  return (
    <Button loading={isPreparing} onClick={() => void print()}>
      {say(commonWords.print)}
    </Button>
  )
}

function CaseSides({ view }: { view: CaseView }) {
  const part = useCasePart(view.file.flow, caseParts, benefitParts)
  return (
    <div className="staff-case">
      <CaseMain view={view} part={part} />
      <div className="staff-case-side">
        <CaseSteps key={view.file.id} view={view} part={part} />
        <CaseDeadlines view={view} />
        <CaseReceipts view={view} />
      </div>
    </div>
  )
}

function CaseMain({ view, part }: { view: CaseView; part: StaffCasePart | undefined }) {
  const { say, moment } = useSpeech()
  const { acting } = useSignedIn()
  const agencyName = useRegionName(view.file.agency)
  const Facts = part?.Facts
  const { personId } = view.file.subject
  const isStaff = acting.kind === 'staff'
  const seesLog = ['audit', 'supervisor', 'control'].includes(acting.role ?? '')
  return (
    <div>
      <FactList
        facts={[
          { label: say(words.agency), value: agencyName },
          { label: say(words.opened), value: moment(view.file.openedAt) },
          { label: say(words.closed), value: view.file.closedAt && moment(view.file.closedAt) },
        ]}
      />
      <div className={Facts && personId ? 'staff-sides' : 'staff-stack'}>
        {Facts && (
          <FactColumns value={personId === null ? 3 : 1}>
            <Facts view={view} />
          </FactColumns>
        )}
        {isStaff && personId !== null && <CasePerson personId={personId} caseNumber={view.file.number} />}
      </div>
      <CaseDecision view={view} />
      {view.risks.map(({ seq, ...risk }) => (
        <RiskHits key={seq} title={say(words.risks)} risk={risk} service={view.file.service} />
      ))}
      <CaseRecords
        records={[
          { key: 'history', label: say(words.history), children: <CaseHistory view={view} /> },
          ...staffTab(isStaff, 'transfers', say(words.transfers), <CaseTransfers view={view} />),
          ...staffTab(isStaff, 'messages', say(words.messages), <CaseMessages view={view} />),
        ]}
        onScreenAlone={staffTab(seesLog, 'access', say(words.access), <CaseAccessLog caseId={view.file.id} />)}
      />
    </div>
  )
}

type CaseRecord = { key: string; label: string; children: ReactNode }

/** What the case has left behind: in turns on the screen, one below the other on paper. Who looked at the person's data does not leave the screen. */
function CaseRecords({
  records,
  onScreenAlone,
}: {
  records: readonly CaseRecord[]
  onScreenAlone: readonly CaseRecord[]
}) {
  if (!useOnPaper()) return <Tabs items={[...records, ...onScreenAlone]} />
  return records.map(({ key, label, children }) => (
    <section key={key}>
      <h2>{label}</h2>
      {children}
    </section>
  ))
}

/** Who looked at the person's data, for this case and otherwise. */
function CaseAccessLog({ caseId }: { caseId: string }) {
  const api = useApi()
  const log = useQuery({
    queryKey: ['case access', caseId],
    queryFn: () => api.get<AnswerOf<'GET /cases/{caseId}/access-log'>>(`/cases/${caseId}/access-log`),
  })
  return <Loaded query={log}>{({ items }) => <AccessLogTable entries={items} />}</Loaded>
}

function staffTab(isStaff: boolean, key: string, label: string, children: ReactNode) {
  return isStaff ? [{ key, label, children }] : []
}

function CaseDeadlines({ view }: { view: CaseView }) {
  const { say, day } = useSpeech()
  const flows = useFlows()
  if (view.deadlines.length === 0) return null
  const titles = flows.data?.findLast(({ flow }) => flow === view.file.flow)?.deadlines ?? {}
  const stateWords: Record<string, string> = {
    running: say(words.running),
    stopped: say(words.stopped),
    met: say(words.met),
    missed: say(words.missed),
  }
  return (
    <Card size="small" title={say(words.deadlines)}>
      {view.deadlines.map(({ name, state, dueOn, assumed, overdue, remainingDays }) => {
        const title = titles[name]
        return (
          <div key={`${name} ${dueOn}`}>
            {title ? say(title) : name}: {day(dueOn)} · {stateWords[state] ?? state}
            {remainingDays !== null && ` · ${say(words.remaining, { days: remainingDays })}`}{' '}
            {assumed && <Tag>{say(commonWords.assumed)}</Tag>}
            {overdue && <Tag color="error">{say(words.missed)}</Tag>}
          </div>
        )
      })}
    </Card>
  )
}

function CaseReceipts({ view }: { view: CaseView }) {
  const { say, day } = useSpeech()
  if (view.receipts.length === 0) return null
  return (
    <Card size="small" title={say(words.receipts)}>
      {view.receipts.map(({ kind, number, issuedOn }) => (
        <div key={number}>
          {say(words[kind])} {number} · {day(issuedOn)}
        </div>
      ))}
    </Card>
  )
}

import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type AnswerOf, type CasePartProps, defineWords, Link, useApi, useSpeech, useTeller } from '../../kit/door.ts'
import { DataTable, FactList, fenColumn, Loaded, type StaffCasePart } from '../../kit/staff/door.ts'
import { approvalForm } from './benefit-approval.ts'
import { CountsByReason } from './benefit-counts.tsx'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  on: { zh: '筛查日期', en: 'Looked on' },
  parties: { zh: '筛查对象', en: 'Looked at' },
  granted: { zh: '应享未享', en: 'Owed it' },
  total: { zh: '合计金额', en: 'In all' },
  alreadyApplied: { zh: '已申请过', en: 'Applied already' },
  notGranted: { zh: '不符合的原因', en: 'Not granted, because' },
  opened: { zh: '已核发', en: 'Carried out' },
  skipped: { zh: '核发时跳过的原因', en: 'Skipped, because' },
  lines: { zh: '名单（前 200 户）', en: 'The list (the first 200)' },
  party: { zh: '对象', en: 'Who' },
  state: { zh: '办理情况', en: 'State' },
  toCase: { zh: '查看办件', en: 'Open the case' },
  waiting: { zh: '待核发', en: 'waiting' },
  approved: { zh: '同意，逐户核发', en: 'Approve; open a case for each' },
  withdrawn: { zh: '退回', en: 'Give back' },
})

const counts = z.record(z.string(), z.number())
const roundState = z.object({
  on: z.nullable(z.string()),
  parties: z.number(),
  granted: z.number(),
  totalFen: z.number(),
  alreadyApplied: z.number(),
  notGranted: counts,
  opened: z.number(),
  skipped: counts,
})

/** A round (免申即享) on its case page: who was found to be owed a benefit, and what became of each. */
export function roundPart(flow: string): StaffCasePart {
  return {
    flow,
    Facts: RoundFacts,
    stepForms: {
      approve: approvalForm({ approved: words.approved, withdrawn: words.withdrawn }),
    },
  }
}

function RoundFacts({ view: { file } }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const state = z.parse(roundState, file.state)
  return (
    <div className="staff-stack">
      <FactList
        columns={2}
        facts={[
          { label: say(words.on), value: state.on && day(state.on) },
          { label: say(words.parties), value: state.parties },
          { label: say(words.granted), value: state.granted },
          { label: say(words.total), value: <strong className="staff-nowrap">{yuan(state.totalFen)}</strong> },
          { label: say(words.alreadyApplied), value: state.alreadyApplied },
          { label: say(words.opened), value: state.opened },
          {
            label: say(words.notGranted),
            value: <CountsByReason counts={state.notGranted} service={file.service} />,
          },
          { label: say(words.skipped), value: <CountsByReason counts={state.skipped} service={file.service} /> },
        ]}
      />
      <LineTable caseId={file.id} seq={file.seq} service={file.service} />
    </div>
  )
}

type RoundLine = AnswerOf<'GET /rounds/{caseId}/lines'>['items'][number]

function LineTable({ caseId, seq, service }: { caseId: string; seq: number; service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const { find } = useTeller(service)
  const lines = useQuery({
    queryKey: ['round lines', caseId, seq],
    queryFn: () => api.get<AnswerOf<'GET /rounds/{caseId}/lines'>>(`/rounds/${caseId}/lines`),
    retry: false,
  })
  return (
    <Loaded query={lines}>
      {({ items }) => (
        <DataTable<RoundLine>
          rowKey="no"
          title={() => say(words.lines)}
          dataSource={items}
          columns={[
            { title: say(words.party), dataIndex: 'partyName' },
            fenColumn(say(benefitWords.amountYuan), ({ amountFen }) => amountFen),
            {
              title: say(words.state),
              key: 'state',
              render: (_, { caseId: opened, skippedBecause }) => {
                if (opened !== null) return <Link to={`/cases/${opened}`}>{say(words.toCase)}</Link>
                return skippedBecause === null ? say(words.waiting) : (find(skippedBecause) ?? skippedBecause)
              },
            },
          ]}
        />
      )}
    </Loaded>
  )
}

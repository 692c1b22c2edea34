import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import {
  type AnswerOf,
  type CasePartProps,
  defineWords,
  Link,
  RegionName,
  useApi,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { DataTable, FactList, fenColumn, Loaded, type StaffCasePart } from '../../kit/staff/door.ts'
import { approvalForm } from './benefit-approval.ts'
import { CountsByReason } from './benefit-counts.tsx'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  cause: { zh: '变动的参数', en: 'The value' },
  published: { zh: '发布', en: 'published' },
  withdrawn: { zh: '撤回发布', en: 'publication taken back' },
  region: { zh: '适用地区', en: 'For' },
  since: { zh: '适用期间', en: 'In force' },
  source: { zh: '依据', en: 'Source' },
  looked: { zh: '查看的决定', en: 'Decisions looked at' },
  changed: { zh: '结果变化', en: 'Changed' },
  more: { zh: '增加', en: 'More' },
  less: { zh: '减少', en: 'Less' },
  before: { zh: '变动前合计', en: 'Before, in all' },
  after: { zh: '变动后合计', en: 'Afterwards, in all' },
  notDecided: { zh: '没有重算的', en: 'Not decided again' },
  carriedOut: { zh: '已重算', en: 'Carried out' },
  failed: { zh: '未能重算的', en: 'Could not be done' },
  lines: { zh: '前后对照（前 200 件）', en: 'Before and after (the first 200)' },
  number: { zh: '办件编号', en: 'Case' },
  beforeYuan: { zh: '原核定（元）', en: 'Before (CNY)' },
  afterYuan: { zh: '现核定（元）', en: 'Now (CNY)' },
  differenceYuan: { zh: '差额（元）', en: 'Difference (CNY)' },
  state: { zh: '办理情况', en: 'State' },
  waiting: { zh: '待重算', en: 'waiting' },
  done: { zh: '已重算', en: 'done' },
  approved: { zh: '同意，逐件重算', en: 'Approve; decide each again' },
  left: { zh: '不予重算', en: 'Leave as it is' },
})

const counts = z.record(z.string(), z.number())
const revisionState = z.object({
  cause: z.nullable(
    z.object({
      kind: z.enum(['published', 'withdrawn']),
      value: z.string(),
      region: z.string(),
      from: z.string(),
      to: z.nullable(z.string()),
      source: z.string(),
    }),
  ),
  found: z.nullable(
    z.object({
      looked: z.number(),
      changed: z.number(),
      more: z.number(),
      less: z.number(),
      beforeFen: z.number(),
      afterFen: z.number(),
      notDecided: counts,
    }),
  ),
  carriedOut: z.number(),
  failed: counts,
})

/** A revision (政策变动重算) on its case page: which value changed, and each decision before and after. */
export function revisionPart(flow: string): StaffCasePart {
  return {
    flow,
    Facts: RevisionFacts,
    stepForms: {
      approve: approvalForm({ approved: words.approved, left: words.left }),
    },
  }
}

function RevisionFacts({ view: { file } }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(file.service)
  const { cause, found, carriedOut, failed } = z.parse(revisionState, file.state)
  return (
    <div className="staff-stack">
      {cause && (
        <FactList
          columns={2}
          facts={[
            { label: say(words.cause), value: `${tell(`values.${cause.value}`)}（${say(words[cause.kind])}）` },
            { label: say(words.region), value: <RegionName code={cause.region} /> },
            { label: say(words.since), value: `${day(cause.from)} – ${cause.to === null ? '' : day(cause.to)}` },
            { label: say(words.source), value: cause.source },
          ]}
        />
      )}
      {found && (
        <FactList
          columns={2}
          facts={[
            { label: say(words.looked), value: found.looked },
            { label: say(words.changed), value: found.changed },
            { label: say(words.more), value: found.more },
            { label: say(words.less), value: found.less },
            { label: say(words.before), value: yuan(found.beforeFen) },
            { label: say(words.after), value: yuan(found.afterFen) },
            {
              label: say(benefitWords.difference),
              value: <strong>{yuan(found.afterFen - found.beforeFen)}</strong>,
            },
            { label: say(words.carriedOut), value: carriedOut },
            {
              label: say(words.notDecided),
              value: <CountsByReason counts={found.notDecided} service={file.service} />,
            },
            { label: say(words.failed), value: <CountsByReason counts={failed} service={file.service} /> },
          ]}
        />
      )}
      <LineTable caseId={file.id} seq={file.seq} service={file.service} />
    </div>
  )
}

type RevisionLine = AnswerOf<'GET /revisions/{caseId}/lines'>['items'][number]

function LineTable({ caseId, seq, service }: { caseId: string; seq: number; service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const { find } = useTeller(service)
  const lines = useQuery({
    queryKey: ['revision lines', caseId, seq],
    queryFn: () => api.get<AnswerOf<'GET /revisions/{caseId}/lines'>>(`/revisions/${caseId}/lines`),
    retry: false,
  })
  return (
    <Loaded query={lines}>
      {({ items }) => (
        <DataTable<RevisionLine>
          rowKey="no"
          title={() => say(words.lines)}
          dataSource={items}
          columns={[
            {
              title: say(words.number),
              key: 'number',
              render: (_, line) => <Link to={`/cases/${line.caseId}`}>{line.caseNumber}</Link>,
            },
            fenColumn(say(words.beforeYuan), ({ beforeFen }) => beforeFen),
            fenColumn(say(words.afterYuan), ({ afterFen }) => afterFen),
            fenColumn(say(words.differenceYuan), ({ beforeFen, afterFen }) => afterFen - beforeFen),
            {
              title: say(words.state),
              key: 'state',
              render: (_, { status, failedBecause }) => {
                if (failedBecause !== null) return find(failedBecause) ?? failedBecause
                return say(status === null ? words.waiting : words.done)
              },
            },
          ]}
        />
      )}
    </Loaded>
  )
}

import { useQuery } from '@tanstack/react-query'
import { type CasePartProps, defineWords, useApi, useSpeech, wordOf } from '../../../kit/door.ts'
import { DataTable, FactList, Loaded, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { comparisonWords } from './comparison-words.ts'
import { comparisonState, flows, kindWords, serviceId } from './words.ts'

const words = defineWords({
  outcome: { zh: '审批结论', en: 'Outcome' },
  approved: { zh: '同意并比对', en: 'Approve and compare' },
  returned: { zh: '退回', en: 'Give back' },
  opinion: { zh: '意见', en: 'Opinion' },
  listed: { zh: '名单人数', en: 'People on the list' },
  matches: { zh: '比中人数', en: 'Matches' },
  few: { zh: '少于规定人数，不给出确数', en: 'too few to be told' },
  line: { zh: '行', en: 'Line' },
  found: { zh: '比中', en: 'match' },
  notFound: { zh: '未比中', en: 'no match' },
  result: { zh: '结果', en: 'Result' },
})

/** A comparison at the desk of who approves, and its result. */
export const casePart: StaffCasePart = {
  flow: flows.comparison,
  nextStep: ({ file: { status } }) => (status === 'requested' ? 'approve' : undefined),
  Facts: ComparisonFacts,
  stepForms: {
    approve: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['approved', 'returned'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
  },
}

function ComparisonFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { data } = comparisonState.safeParse(view.file.state)
  if (!data?.order) return null
  const { order, lines, compared, matches } = data
  const hasLines = compared && order.wants === 'lines'
  return (
    <>
      <FactList
        facts={[
          { label: say(comparisonWords.department), value: order.department },
          { label: say(comparisonWords.letter), value: order.letter },
          { label: say(comparisonWords.basis), value: wordOf(comparisonWords, order.basis, say) },
          { label: say(comparisonWords.kind), value: wordOf(kindWords, order.kind, say) },
          { label: say(words.listed), value: lines },
          { label: say(words.matches), value: compared && (matches ?? say(words.few)) },
        ]}
      />
      {hasLines && <Lines caseId={view.file.id} />}
    </>
  )
}

function Lines({ caseId }: { caseId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const lines = useQuery({
    queryKey: ['comparison lines', caseId],
    queryFn: () =>
      api.get<{ lines: Array<{ line: number; matches: boolean }> }>(
        `/services/${serviceId}/comparisons/${caseId}/lines`,
      ),
  })
  return (
    <Loaded query={lines}>
      {({ lines: rows }) => (
        <DataTable
          rowKey="line"
          dataSource={rows}
          columns={[
            { title: say(words.line), dataIndex: 'line' },
            { title: say(words.result), render: (_, { matches }) => say(matches ? words.found : words.notFound) },
          ]}
        />
      )}
    </Loaded>
  )
}

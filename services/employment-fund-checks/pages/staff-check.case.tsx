import { useQueries } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type CasePartProps, defineWords, Link, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, fenColumn, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'

const words = defineWords({
  no: { zh: '序号', en: 'No.' },
  number: { zh: '办件编号', en: 'Case' },
  amount: { zh: '支付金额', en: 'Paid' },
  outcome: { zh: '检查结果', en: 'Found' },
  in_order: { zh: '相符', en: 'In order' },
  irregular: { zh: '违规', en: 'Irregular' },
  note: { zh: '说明', en: 'Note' },
  declared: { zh: '申报的用途', en: 'Declared use' },
  recover: { zh: '应追回', en: 'To be recovered' },
})

const line = z.object({ no: z.number(), caseId: z.string(), caseNumber: z.string(), amountFen: z.number() })
const found = z.object({
  no: z.number(),
  outcome: z.enum(['in_order', 'irregular']),
  note: z.string(),
  recoverFen: z.number(),
})
const state = z.object({ lines: z.array(line), findings: z.array(found) })

/** A sample on its case page: the payments drawn, what was found of each, and the form for the next. */
export const casePart: StaffCasePart = {
  flow: 'fund-check',
  Facts: SampleFacts,
  stepForms: {
    check: stepForm({
      fields: [
        { name: 'no', kind: 'count', label: words.no, required: true },
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['in_order', 'irregular'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'note', kind: 'long_text', label: words.note, required: true },
        { name: 'recoverFen', kind: 'money', label: words.recover, askedWhen: { field: 'outcome', is: ['irregular'] } },
      ],
      initial: ({ file }) => ({ no: firstUnchecked(file.state) }),
    }),
  },
}

/** The first payment of which nothing is recorded yet. */
function firstUnchecked(value: unknown): number | undefined {
  const { data } = state.safeParse(value)
  return data?.lines.find(({ no }) => data.findings.every((each) => each.no !== no))?.no
}

function SampleFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { data } = state.safeParse(view.file.state)
  const declared = useDeclared(data?.lines.map(({ caseNumber }) => caseNumber) ?? [])
  if (!data) return null
  const findingOf = (no: number) => data.findings.find((each) => each.no === no)
  return (
    <DataTable<z.infer<typeof line>>
      rowKey="no"
      dataSource={data.lines}
      columns={[
        { title: say(words.no), dataIndex: 'no' },
        {
          title: say(words.number),
          key: 'number',
          render: (_, { caseId, caseNumber }) => <Link to={`/cases/${caseId}`}>{caseNumber}</Link>,
        },
        fenColumn(say(words.amount), ({ amountFen }) => amountFen),
        { title: say(words.declared), key: 'declared', render: (_, { caseNumber }) => declared.get(caseNumber) ?? '—' },
        {
          title: say(words.outcome),
          key: 'outcome',
          render: (_, { no }) => {
            const finding = findingOf(no)
            return finding ? `${say(words[finding.outcome])} · ${finding.note}` : '—'
          },
        },
        fenColumn(say(words.recover), ({ no }) => findingOf(no)?.recoverFen ?? null),
      ]}
    />
  )
}

type DeclaredUse = { use: string; spentFen: number }

/** What was declared of each payment, in words, by the number of its case. */
function useDeclared(numbers: readonly string[]): ReadonlyMap<string, string> {
  const api = useApi()
  const { yuan } = useSpeech()
  const { tell } = useTeller('employment-fund-checks')
  const found = useQueries({
    queries: numbers.map((caseNumber) => ({
      queryKey: ['declared uses', caseNumber],
      queryFn: () =>
        api.get<{ items: DeclaredUse[] }>('/services/employment-fund-checks/declared-uses', { caseNumber }),
    })),
  })
  return new Map(
    numbers.flatMap((number, index) => {
      const uses = found[index]?.data?.items ?? []
      const told = uses.map(({ use, spentFen }) => `${tell(`choices.${use}`)} ${yuan(spentFen)}`)
      return told.length === 0 ? [] : [[number, told.join('；')] as const]
    }),
  )
}

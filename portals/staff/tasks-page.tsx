import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { type CaseRow, defineWords, liveOn, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { CaseTable, Loaded, StaffPage } from '../../kit/staff/door.ts'
import { CaseSummary } from './case-summary.tsx'
import { useFlows } from './flows.ts'

const words = defineWords({
  title: { zh: '待办', en: 'Tasks' },
  summary: {
    zh: '本岗位待办的件，先到期、风险高的在前。',
    en: 'What lies on the desk of your post; first due and riskiest first.',
  },
  nothing: { zh: '没有待办的件', en: 'Nothing to do at the moment' },
  flow: { zh: '事项', en: 'Matter' },
  about: { zh: '内容', en: 'About' },
  all: { zh: '全部', en: 'All' },
  overdue: { zh: '已超期', en: 'Overdue' },
  risky: { zh: '有风险提示', en: 'With a risk warning' },
})

const riskRank = { high: 0, medium: 1, low: 2 } as const
type Shown = 'all' | 'overdue' | 'risky'

/** The tasks of the acting post by deadline and risk. */
export function TasksPage() {
  const { say } = useSpeech()
  const { today, acting } = useSignedIn()
  const api = useApi()
  const flows = useFlows()
  const [shown, setShown] = useState<Shown>('all')
  const tasks = useQuery({
    queryKey: ['tasks', acting.assignmentId],
    queryFn: () => api.get<{ items: CaseRow[] }>('/tasks', { limit: 500 }),
    meta: liveOn('tasks'),
  })
  const isShown = ({ dueOn, riskLevel }: CaseRow) =>
    shown === 'all' || (shown === 'overdue' ? dueOn !== null && dueOn < today : riskLevel !== null)
  const titleOf = (row: CaseRow) => flows.data?.findLast(({ flow }) => flow === row.flow)?.title
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          options={(['all', 'overdue', 'risky'] as const).map((value) => ({ value, label: say(words[value]) }))}
        />
      }
    >
      <Loaded query={tasks}>
        {({ items }) => (
          <CaseTable
            rows={items.filter(isShown).sort(byUrgency)}
            emptyText={say(words.nothing)}
            extra={[
              {
                title: say(words.flow),
                key: 'flow',
                render: (_, row) => {
                  const title = titleOf(row)
                  return title ? say(title) : row.flow
                },
              },
              { title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> },
            ]}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

/** First due first; among those due on one day (or never) the riskier, then the older. */
function byUrgency(one: CaseRow, other: CaseRow): number {
  const dueOf = ({ dueOn }: CaseRow) => dueOn ?? '9999-12-31'
  const rankOf = ({ riskLevel }: CaseRow) => (riskLevel === null ? 3 : riskRank[riskLevel])
  return (
    dueOf(one).localeCompare(dueOf(other)) || rankOf(one) - rankOf(other) || one.openedAt.localeCompare(other.openedAt)
  )
}

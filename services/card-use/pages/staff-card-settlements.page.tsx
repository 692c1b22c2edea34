import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import {
  type CaseRow,
  defineWords,
  go,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { CaseTable, fenColumn, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { settlementFlow } from './words.ts'

const words = defineWords({
  title: { zh: '商户清算', en: 'Settlement with merchants' },
  summary: {
    zh: '每日把用卡收款结给商户；编制与审批不是同一人。',
    en: 'What was taken with cards is settled with the merchants every day; another officer approves.',
  },
  draw: { zh: '编制清算批次', en: 'Draw up a settlement' },
  total: { zh: '应清算', en: 'Owed' },
  settled: { zh: '已清算', en: 'Settled' },
  none: { zh: '还没有清算批次', en: 'None yet' },
})

/** The settlements, and drawing up the next. */
export const page: ServicePage = {
  id: 'card-settlements',
  title: words.title,
  roles: ['pay', 'approve', 'supervisor', 'audit'],
  order: 46,
  path: '/card-use/settlements',
  Component: SettlementsPage,
}

function SettlementsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const found = useQuery({
    queryKey: ['cases', { flow: settlementFlow }],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow: settlementFlow, limit: 50 }),
  })
  const draw = useAction((body: object, key) => api.post<StepTaken>('/cases', { flow: settlementFlow, body }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  const fenOf = (name: 'totalFen' | 'settledFen', title: string) =>
    fenColumn<CaseRow>(title, ({ summary }) => {
      const value = summary[name]
      return typeof value === 'number' ? value : null
    })
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        acting?.role === 'pay' && (
          <Button type="primary" loading={draw.isPending} onClick={() => draw.mutate({})}>
            {say(words.draw)}
          </Button>
        )
      }
    >
      <ProblemAlert error={draw.error ?? found.error} />
      <CaseTable
        rows={found.data?.items ?? []}
        isLoading={found.isPending}
        extra={[fenOf('totalFen', say(words.total)), fenOf('settledFen', say(words.settled))]}
        emptyText={say(words.none)}
      />
    </StaffPage>
  )
}

import { useQuery } from '@tanstack/react-query'
import { type CaseRow, defineWords, type ServicePage, useApi, useSpeech } from '../../../kit/door.ts'
import { CaseTable, fenColumn, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { loanFlow, loanWords } from './words.ts'

const words = defineWords({
  title: { zh: '稳岗扩岗贷款办件', en: 'Job-retention loans' },
  summary: {
    zh: '核定、报价、放款和结清，最近的在前。',
    en: 'Confirmed, offered, lent and repaid; the newest first.',
  },
  none: { zh: '还没有办件', en: 'None yet' },
})

/** The loans that a bank, a business or an agency sees. */
export const page: ServicePage = {
  id: 'job-loans',
  title: words.title,
  roles: ['bank_officer', 'review', 'approve', 'supervisor', 'employer_officer'],
  order: 31,
  path: '/job-loan/cases',
  Component: LoansPage,
}

function LoansPage() {
  const { say } = useSpeech()
  const api = useApi()
  const found = useQuery({
    queryKey: ['cases', { flow: loanFlow }],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow: loanFlow, limit: 50 }),
    refetchInterval: 15_000,
  })
  const fenOf = (name: 'creditFen' | 'lentFen') =>
    fenColumn<CaseRow>(say(name === 'creditFen' ? loanWords.credit : loanWords.lent), ({ summary }) => {
      const value = summary[name]
      return typeof value === 'number' ? value : null
    })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <ProblemAlert error={found.error} />
      <CaseTable
        rows={found.data?.items ?? []}
        isLoading={found.isPending}
        extra={[fenOf('creditFen'), fenOf('lentFen')]}
        emptyText={say(words.none)}
      />
    </StaffPage>
  )
}

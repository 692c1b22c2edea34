import { Button } from 'antd'
import { defineWords, go, type ServicePage, useSpeech } from '../../../kit/door.ts'
import { StaffPage } from '../../../kit/staff/door.ts'
import { CasesOfFlow, useSummaryColumns } from './staff-cases-of-flow.tsx'

const words = defineWords({
  title: { zh: '工伤住院', en: 'Work-injury stays' },
  summary: {
    zh: '本院登记的工伤住院，从入院到拨付。',
    en: 'The stays registered here, from admission to payment.',
  },
  admit: { zh: '入院登记', en: 'Admit' },
  none: { zh: '还没有登记过工伤住院', en: 'No stay registered yet' },
})

const statuses = [
  'pending_eligibility',
  'in_hospital',
  'previewed',
  'settled',
  'deduction_proposed',
  'paid',
  'redirected',
  'undone',
]

function AdmissionsPage() {
  const { say } = useSpeech()
  const column = useSummaryColumns()
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Button type="primary" onClick={() => go('/work-injury/admit')}>
          {say(words.admit)}
        </Button>
      }
    >
      <CasesOfFlow
        flow="stay"
        statuses={statuses}
        emptyText={say(words.none)}
        columns={() => [
          column.region('insuredRegion'),
          column.choice('costType'),
          column.day('admittedOn'),
          column.amount('fundFen'),
          column.amount('personFen'),
        ]}
      />
    </StaffPage>
  )
}

/** The hospital's list of stays. */
export const page: ServicePage = {
  id: 'work-injury-stays',
  title: words.title,
  roles: ['hospital_office'],
  order: 10,
  path: '/work-injury/stays',
  Component: AdmissionsPage,
}

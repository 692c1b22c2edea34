import { defineWords, useSpeech } from '../../kit/door.ts'
import { StaffPage } from '../../kit/staff/door.ts'
import { BenefitList } from './benefit-list.tsx'

const words = defineWords({
  title: { zh: '代为申请待遇', en: 'Apply for somebody' },
  summary: {
    zh: '为来到窗口的个人或单位申请；登记簿已经知道的不再填写。',
    en: 'For a person or an employer at the counter; what the registers know is not asked.',
  },
})

/** What the counter can apply for in the name of whoever stands there. */
export function BenefitListPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <BenefitList />
    </StaffPage>
  )
}

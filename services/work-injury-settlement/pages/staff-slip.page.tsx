import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { defineWords, Link, RulingSteps, type ServicePage, useApi, useSpeech } from '../../../kit/door.ts'
import { FactList, Loaded, StaffPage } from '../../../kit/staff/door.ts'
import { servicePath } from './staff-service.ts'
import { StayLines } from './staff-stay-lines.tsx'
import type { StayLine } from './staff-stay-state.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '工伤住院费用结算单', en: 'Settlement slip of a work-injury stay' },
  patient: { zh: '姓名', en: 'Name' },
  stay: { zh: '住院编号', en: 'Stay' },
  print: { zh: '打印', en: 'Print' },
  back: { zh: '回到住院', en: 'Back to the stay' },
  why: { zh: '直接结算的依据', en: 'Why it is settled directly' },
  consent: {
    zh: '目录外、超限价及非工伤费用 {personFen} 由本人支付，我已逐项看过并同意。',
    en: 'I have read each item and agree to pay {personFen} for what is outside the catalogue, over a limit or not for the injury.',
  },
  signature: {
    zh: '本人（或代办人）签字：________________　日期：____________',
    en: 'Signature: ________________  Date: ____________',
  },
})

type Totals = { totalFen: number; fundFen: number; personFen: number }
type Slip = {
  number: string
  patientName: string
  institutionName: string
  admittedOn: string
  totals: Totals
  lines: StayLine[]
  sentences: { zh: string[]; en: string[] }
}

function SlipPage({ params }: { params: Record<string, string> }) {
  const { say, day, yuan } = useSpeech()
  const api = useApi()
  const stayId = params.caseId ?? ''
  const slip = useQuery({
    queryKey: ['slip', stayId],
    queryFn: () => api.get<Slip>(`${servicePath}/stays/${stayId}/slip`),
  })
  return (
    <StaffPage
      title={say(words.title)}
      actions={
        <>
          <Button type="primary" onClick={() => window.print()}>
            {say(words.print)}
          </Button>
          <Link to={`/cases/${stayId}`}>{say(words.back)}</Link>
        </>
      }
    >
      <Loaded query={slip}>
        {({ patientName, number, institutionName, admittedOn, totals, lines, sentences }) => (
          <>
            <FactList
              facts={[
                { label: say(words.patient), value: patientName },
                { label: say(words.stay), value: number },
                { label: say(serviceWords.institution), value: institutionName },
                { label: say(serviceWords.admittedOn), value: day(admittedOn) },
                { label: say(serviceWords.totalFen), value: yuan(totals.totalFen) },
                { label: say(serviceWords.fundFen), value: yuan(totals.fundFen) },
                { label: say(serviceWords.personFen), value: <strong>{yuan(totals.personFen)}</strong> },
              ]}
            />
            <StayLines lines={lines} />
            <div>
              <strong>{say(words.why)}</strong>
              <RulingSteps sentences={sentences} />
            </div>
            <p>{say(words.consent, { personFen: totals.personFen })}</p>
            <p>{say(words.signature)}</p>
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

/** The slip that the person signs, on paper. */
export const page: ServicePage = {
  id: 'work-injury-slip',
  title: words.title,
  roles: ['hospital_office', 'audit'],
  order: 12,
  path: '/work-injury/stays/:caseId/slip',
  Component: SlipPage,
}

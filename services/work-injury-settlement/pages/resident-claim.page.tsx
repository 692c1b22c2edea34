import { useState } from 'react'
import {
  ChoiceField,
  defineWords,
  go,
  ProblemNote,
  RegionField,
  type ServicePage,
  StepForm,
  type StepTaken,
  TextField,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'

const words = defineWords({
  title: { zh: '手工报销', en: 'Claim a bill by hand' },
  summary: { zh: '没能在医院直接结算的，回参保地报销', en: 'For a bill that was not settled at the hospital' },
  lead: {
    zh: '先登记这次住院，再上传票据和收款账户。结算时已自动登记的，请在“办件”里继续。',
    en: 'Tell us of the stay first, then give receipts and your account. A claim that opened by itself is under “My cases”.',
  },
  institutionName: { zh: '哪家医院？', en: 'Which hospital?' },
  place: { zh: '医院在哪里？', en: 'Where is it?' },
  admittedOn: { zh: '哪一天入院（就诊）？', en: 'When were you admitted?' },
  dischargedOn: { zh: '哪一天出院？', en: 'When were you discharged?' },
  reason: { zh: '为什么没有直接结算？', en: 'Why was it not settled there?' },
  institution_not_live: { zh: '医院还没有上线直接结算', en: 'The hospital does not settle directly yet' },
  emergency_without_filing: { zh: '急诊入院，来不及备案', en: 'An emergency, with no time to file' },
  outpatient_not_direct: { zh: '是门诊费用', en: 'It was outpatient care' },
  other: { zh: '其他原因', en: 'Something else' },
})

const reasons = ['institution_not_live', 'emergency_without_filing', 'outpatient_not_direct', 'other'] as const

/** Opening a manual claim by oneself (A1.18). */
export const page: ServicePage = {
  id: 'claim',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 20,
  path: '/services/work-injury/claim',
  Component: ClaimPage,
}

const nothing = { institutionName: '', treatmentRegion: '', admittedOn: '', dischargedOn: '', reason: '' }

function ClaimPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { today, person } = useSignedIn()
  const [claim, setClaim] = useState(nothing)
  const answer = (name: keyof typeof nothing) => (value: string) => setClaim({ ...claim, [name]: value })
  const open = useAction(
    (body: typeof nothing, key) =>
      api.post<StepTaken>(
        '/cases',
        { flow: 'claim', step: 'openByPerson', body, subject: { personId: person?.personId } },
        key,
      ),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`, { replace: true }) },
  )
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <StepForm isTaking={open.isPending} onSubmit={() => open.mutate(claim)}>
        <ChoiceField
          label={say(words.reason)}
          required
          value={claim.reason}
          onChange={answer('reason')}
          options={reasons.map((reason) => ({ value: reason, label: say(words[reason]) }))}
        />
        <TextField
          label={say(words.institutionName)}
          required
          value={claim.institutionName}
          onChange={answer('institutionName')}
        />
        <RegionField
          label={say(words.place)}
          required
          value={claim.treatmentRegion}
          onChange={answer('treatmentRegion')}
        />
        <TextField
          type="date"
          max={today}
          label={say(words.admittedOn)}
          required
          value={claim.admittedOn}
          onChange={answer('admittedOn')}
        />
        <TextField
          type="date"
          max={today}
          label={say(words.dischargedOn)}
          required
          value={claim.dischargedOn}
          onChange={answer('dischargedOn')}
        />
        {open.error && <ProblemNote error={open.error} />}
      </StepForm>
    </>
  )
}

import { useState } from 'react'
import {
  defineWords,
  go,
  ProblemNote,
  type ServicePage,
  StepForm,
  type StepTaken,
  TextField,
  useAction,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'

const words = defineWords({
  title: { zh: '定向职称单位变动', en: 'Directed title: change of institution' },
  summary: {
    zh: '换了单位？看职称在新单位是否继续有效',
    en: 'At another institution now? See whether your title holds there',
  },
  lead: {
    zh: '新单位及其类别由就业登记和医疗机构登记取得，不用您提供。',
    en: 'Your institution and its class are read from the registers.',
  },
  number: { zh: '职称证书编号', en: 'Number of the title' },
})

/** Telling that one works at another institution now. */
export const page: ServicePage = {
  id: 'health-title-move',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 67,
  path: '/services/health-titles/move',
  Component: MovePage,
}

function MovePage() {
  const { say } = useSpeech()
  const api = useApi()
  const [titleNumber, setTitleNumber] = useState('')
  const report = useAction(
    (body: { titleNumber: string }, key) =>
      api.post<StepTaken>('/cases', { flow: 'health-title-move', step: 'report', body }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      {report.error && <ProblemNote error={report.error} />}
      <StepForm isTaking={report.isPending} onSubmit={() => report.mutate({ titleNumber })}>
        <TextField label={say(words.number)} required value={titleNumber} onChange={setTitleNumber} />
      </StepForm>
    </>
  )
}

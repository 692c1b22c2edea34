import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  ChoiceField,
  commonWords,
  defineWords,
  FlagField,
  go,
  ProblemNote,
  type ServicePage,
  StepForm,
  type StepTaken,
  TextField,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { devices, matters, reasons, serviceId, visitFlow, visitWords } from './words.ts'

const words = defineWords({
  summary: { zh: '高龄、重病、行动不便、时间不便的，我们上门办', en: 'Who cannot easily come is visited' },
  lead: {
    zh: '工作人员带着设备上门，补卡当场就能用。也可以为有授权的家人申请。',
    en: 'Officers come with their devices; a card is replaced on the spot. You may ask for a relative who authorised you.',
  },
  check: { zh: '看看能否上门', en: 'See whether we can come' },
  within: {
    zh: '可以上门：{days} 个工作日内。会带上：{devices}',
    en: 'We come within {days} working days and bring: {devices}',
  },
})

/** A resident asks to be visited. */
export const page: ServicePage = {
  id: 'home-visit',
  title: visitWords.title,
  summary: words.summary,
  roles: ['person'],
  order: 62,
  path: '/services/home-visit',
  Component: VisitPage,
}

type Preview = { plan: Record<(typeof devices)[number], boolean> & { withinWorkingDays: number } }

function VisitPage() {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const api = useApi()
  const [reason, setReason] = useState<string>('very_old')
  const [matter, setMatter] = useState<string>('card_replacement')
  const [place, setPlace] = useState('')
  const [wish, setWish] = useState('')
  const [evidenceShown, setEvidence] = useState(false)
  const preview = useMutation({
    mutationFn: (body: object) => api.post<Preview>(`/services/${serviceId}/preview`, body),
  })
  const send = useAction((body: object, key) => api.post<StepTaken>('/cases', { flow: visitFlow, body }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`, { replace: true }),
  })
  const change = (set: (value: string) => void) => (value: string) => {
    set(value)
    preview.reset()
  }
  const body = { reason, matter, place, wish, evidenceShown }
  const plan = preview.data?.plan
  return (
    <>
      <h1>{say(visitWords.title)}</h1>
      <p>{say(words.lead)}</p>
      <StepForm isTaking={preview.isPending} submitLabel={say(words.check)} onSubmit={() => preview.mutate(body)}>
        <ChoiceField
          label={say(visitWords.reason)}
          required
          value={reason}
          onChange={change(setReason)}
          options={reasons.map((value) => ({ value, label: say(visitWords[value]) }))}
        />
        <ChoiceField
          label={say(visitWords.matter)}
          required
          value={matter}
          onChange={change(setMatter)}
          options={matters.map((value) => ({ value, label: say(visitWords[value]) }))}
        />
        <TextField label={say(visitWords.place)} required value={place} onChange={change(setPlace)} />
        <TextField label={say(visitWords.wish)} value={wish} onChange={change(setWish)} />
        {(reason === 'seriously_ill' || reason === 'limited_mobility') && (
          <FlagField
            label={say(visitWords.evidence)}
            value={evidenceShown}
            onChange={(value) => {
              setEvidence(value === true)
              preview.reset()
            }}
          />
        )}
      </StepForm>
      {preview.error && <ProblemNote error={preview.error} />}
      {plan && (
        <section className="kit-section">
          <p>
            <strong>
              {say(words.within, {
                days: plan.withinWorkingDays,
                devices: devices
                  .filter((device) => plan[device])
                  .map((device) => tell(`results.${device}`))
                  .join('、'),
              })}
            </strong>
          </p>
          {send.error && <ProblemNote error={send.error} />}
          <button
            type="button"
            className="kit-button kit-button-primary"
            disabled={send.isPending}
            onClick={() => send.mutate(body)}
          >
            {say(commonWords.submit)}
          </button>
        </section>
      )}
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  ChoiceField,
  defineWords,
  type FormField,
  Loaded,
  QuestionPages,
  type RiskAssessment,
  type Ruling,
  RulingPart,
  SendApplication,
  type ServicePage,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const service = 'work-injury-settlement'

const words = defineWords({
  title: { zh: '异地就医备案', en: 'File treatment elsewhere' },
  summary: {
    zh: '在外地治工伤，先备案，住院时就能直接结算',
    en: 'File first, then the hospital elsewhere settles the bill at once',
  },
  lead: {
    zh: '大约 3 分钟。提交前就会告诉您按规定能不能通过、为什么。',
    en: 'About 3 minutes. You will see what the rule says, and why, before you send it.',
  },
  saved: { zh: '这些不用您提供，我们从共享数据读取', en: 'You need not bring these; we read them from shared data' },
  from: { zh: '来自{source}', en: 'from {source}' },
  injury: { zh: '这次备案是为了哪一次工伤？', en: 'For which injury is this?' },
  injuryOn: { zh: '{occurredOn}，{bodyPart}', en: '{occurredOn}: {bodyPart}' },
  injuryNone: {
    zh: '没有查到您的工伤记录。仍可以填写，但按规定需要先有工伤认定或确认。',
    en: 'No injury of yours is on record. You may go on, but the rule asks for a determination or confirmation first.',
  },
  done: { zh: '已认定', en: 'determined' },
  pending: { zh: '认定中', en: 'being determined' },
  none: { zh: '未认定', en: 'not determined' },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  previewNote: {
    zh: '这是预判。提交后由两位工作人员分别受理和复核，以他们的决定为准。',
    en: 'This is a preview. Two officers accept and review your filing; their decision counts.',
  },
  risk: { zh: '工作人员会特别核对', en: 'Officers will look closely at' },
})

/** Filing treatment elsewhere: what is known, one question a page, what the rule says, sending. */
export const page: ServicePage = {
  id: 'filing',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 10,
  path: '/services/work-injury/filing',
  Component: FilingPage,
}

type FilingForm = {
  fields: FormField[]
  injuries: Array<{ id: string; occurredOn: string; bodyPart: string; determination: string }>
  savedProofs: Array<{ zh: string; en: string; sharedFrom: { zh: string; en: string } }>
}

function FilingPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const [injuryId, setInjuryId] = useState('')
  const form = useQuery({
    queryKey: ['filing form'],
    queryFn: () => api.get<FilingForm>(`/services/${service}/form/filing`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={form}>
        {({ fields, injuries, savedProofs }) => (
          <QuestionPages
            fields={fields}
            service={service}
            flow="filing"
            today={today}
            intro={<Known injuries={injuries} savedProofs={savedProofs} injuryId={injuryId} onInjury={setInjuryId} />}
            end={(body) => <Ending body={injuryId === '' ? body : { ...body, injuryId }} />}
          />
        )}
      </Loaded>
    </>
  )
}

type KnownProps = Omit<FilingForm, 'fields'> & { injuryId: string; onInjury: (id: string) => void }

/** What the registers know already, and which injury it is about where there are several. */
function Known({ injuries, savedProofs, injuryId, onInjury }: KnownProps) {
  const { say } = useSpeech()
  const options = injuries.map(({ id, occurredOn, bodyPart, determination }) => ({
    value: id,
    label: say(words.injuryOn, { occurredOn, bodyPart }),
    help: say(determination === 'done' ? words.done : determination === 'pending' ? words.pending : words.none),
  }))
  return (
    <>
      <p>{say(words.lead)}</p>
      {injuries.length === 0 ? (
        <p className="kit-note kit-note-warning">{say(words.injuryNone)}</p>
      ) : (
        <ChoiceField
          label={say(words.injury)}
          value={injuryId === '' ? (options[0]?.value ?? '') : injuryId}
          onChange={onInjury}
          options={options}
        />
      )}
      <section className="kit-section" aria-labelledby="saved">
        <h2 id="saved">{say(words.saved)}</h2>
        <ul>
          {savedProofs.map((proof) => (
            <li key={proof.zh}>
              {say(proof)} <span className="kit-quiet">({say(words.from, { source: say(proof.sharedFrom) })})</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** What the rule says to these answers, what will be looked at closely, and sending them. */
function Ending({ body }: { body: Record<string, unknown> }) {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(service)
  const personId = useSignedIn().person?.personId
  const opening = { flow: 'filing', body, subject: { personId } }
  const preview = useQuery({
    queryKey: ['filing preview', body],
    queryFn: () => api.post<{ ruling: Ruling }>(`/services/${service}/filing/preview`, body),
  })
  const risk = useQuery({
    queryKey: ['filing risk', body],
    queryFn: () => api.post<RiskAssessment>('/cases/risk', opening),
    retry: false,
  })
  return (
    <section className="kit-section" aria-labelledby="preview">
      <h2 id="preview">{say(words.preview)}</h2>
      <Loaded query={preview}>
        {({ ruling }) => (
          <>
            <RulingPart ruling={ruling} service={service} />
            <p className="kit-quiet">{say(words.previewNote)}</p>
            {risk.data && risk.data.hits.length > 0 && (
              <div className="kit-note kit-note-warning">
                <p className="kit-note-title">{say(words.risk)}</p>
                <ul>
                  {risk.data.hits.map(({ rule, params }) => (
                    <li key={rule}>{tell(`risk.${rule}`, params)}</li>
                  ))}
                </ul>
              </div>
            )}
            <SendApplication opening={opening} isGranted={ruling.outcome === 'granted'} />
          </>
        )}
      </Loaded>
    </section>
  )
}

import { useState } from 'react'
import {
  type CasePart,
  type CasePartProps,
  ChoiceField,
  defineWords,
  StepForm,
  type StepFormProps,
  TextField,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { type ClaimState, claimFlow, claimState, claimWords } from './words.ts'

const words = defineWords({
  what: { zh: '发生了什么变化？', en: 'What has changed?' },
  since: { zh: '从哪一天起？', en: 'Since when?' },
  note: { zh: '请简单说明', en: 'Please explain in a few words' },
})

/** A claim on its person's case page: what was granted, what was paid month by month, and saying that something has changed. */
export const casePart: CasePart = { flow: claimFlow, Facts: ClaimFacts, stepForms: { noteStanding: StandingForm } }

function ClaimFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(view.file.service)
  const parsed = claimState.safeParse(view.file.state)
  if (!parsed.success) return null
  const { registeredOn, expected, found, ended, owedFen, months } = parsed.data
  const told = found ?? expected
  return (
    <>
      <section className="kit-section" aria-labelledby="claim">
        <h2 id="claim">{say(claimWords.claim)}</h2>
        <dl className="kit-facts">
          {registeredOn !== null && (
            <>
              <dt>{say(claimWords.registeredOn)}</dt>
              <dd>{day(registeredOn)}</dd>
            </>
          )}
          {told && (
            <>
              <dt>{say(found ? claimWords.found : claimWords.expected)}</dt>
              <dd>
                {told.outcome === 'granted'
                  ? say(claimWords.term, { months: told.months, monthFen: yuan(told.monthFen) })
                  : say(claimWords.refused)}
              </dd>
            </>
          )}
          {ended && (
            <>
              <dt>{say(claimWords.ended)}</dt>
              <dd>{say(claimWords.endedText, { since: day(ended.since), reason: tell(`reasons.${ended.reason}`) })}</dd>
            </>
          )}
          {owedFen > 0 && (
            <>
              <dt>{say(claimWords.owed)}</dt>
              <dd>{yuan(owedFen)}</dd>
            </>
          )}
        </dl>
      </section>
      {months.length > 0 && <MonthsPart months={months} service={view.file.service} />}
    </>
  )
}

function MonthsPart({ months, service }: { months: ClaimState['months']; service: string }) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(service)
  return (
    <section className="kit-section" aria-labelledby="months">
      <h2 id="months">{say(claimWords.months)}</h2>
      {months.toReversed().map(({ number, beginsOn, orders }) => (
        <div key={number}>
          <h3>{say(claimWords.month, { number, beginsOn: day(beginsOn) })}</h3>
          <dl className="kit-sums">
            {orders.map(({ orderId, kind, amountFen, state, takenBackFen }) => (
              <div key={orderId}>
                <dt>
                  {tell(`payment.${kind}`)} <span className="kit-quiet">{say(claimWords[state])}</span>
                  {takenBackFen > 0 && (
                    <span className="kit-quiet"> {say(claimWords.takenBack, { amountFen: yuan(takenBackFen) })}</span>
                  )}
                </dt>
                <dd>{yuan(amountFen)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}

const ownStandings = ['employed', 'in_military', 'moved_abroad', 'draws_pension'] as const

function StandingForm({ view, take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(view.file.service)
  const { today } = useSignedIn()
  const [standing, setStanding] = useState('')
  const [since, setSince] = useState(today)
  const [note, setNote] = useState('')
  return (
    <StepForm isTaking={isTaking || standing === ''} onSubmit={() => take({ standing, since, note })}>
      <ChoiceField
        label={say(words.what)}
        value={standing}
        onChange={setStanding}
        options={ownStandings.map((value) => ({ value, label: tell(`choices.${value}`) }))}
      />
      <TextField label={say(words.since)} type="date" max={today} required value={since} onChange={setSince} />
      <TextField label={say(words.note)} rows={2} required value={note} onChange={setNote} />
    </StepForm>
  )
}

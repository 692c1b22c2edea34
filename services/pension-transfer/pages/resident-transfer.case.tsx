import { useState } from 'react'
import {
  type CasePart,
  type CasePartProps,
  RegionName,
  StepForm,
  type StepFormProps,
  TextField,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { useFormLines } from './transfer-facts.ts'
import { serviceId, transferInFlow, transferInState, transferWords } from './words.ts'

/** A transfer on its person's case page: from where, what moves, why not; and taking the question back. */
export const casePart: CasePart = { flow: transferInFlow, Facts: TransferFacts, stepForms: { recall: RecallForm } }

function TransferFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell, find } = useTeller(serviceId)
  const formLines = useFormLines()
  const parsed = transferInState.safeParse(view.file.state)
  if (!parsed.success) return null
  const { answers, declinedFor, form, paidOn, monthsEntered } = parsed.data
  return (
    <section className="kit-section" aria-labelledby="transfer">
      <h2 id="transfer">{say(transferWords.transfer)}</h2>
      {declinedFor !== null && (
        <div className="kit-note kit-note-warning">
          <p className="kit-note-title">
            {say(transferWords.declinedFor)}: {tell(`reasons.${declinedFor}`)}
          </p>
          <p>{find(`advice.${declinedFor}`)}</p>
        </div>
      )}
      <dl className="kit-facts">
        {answers && (
          <>
            <dt>{say(transferWords.fromRegion)}</dt>
            <dd>
              <RegionName code={answers.fromRegion} />
            </dd>
          </>
        )}
        {formLines(form).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {paidOn !== null && (
          <>
            <dt>{say(transferWords.paidOn)}</dt>
            <dd>{day(paidOn)}</dd>
          </>
        )}
        {form !== null && (
          <>
            <dt>{say(transferWords.entered)}</dt>
            <dd>{say(monthsEntered ? transferWords.yes : transferWords.no)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function RecallForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ reason })}>
      <TextField label={say(transferWords.reason)} rows={3} required value={reason} onChange={setReason} />
    </StepForm>
  )
}

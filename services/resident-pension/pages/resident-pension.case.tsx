import { Fragment } from 'react'
import {
  type CasePart,
  type CasePartProps,
  defineWords,
  StepForm,
  type StepFormProps,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { usePensionLines } from './pension-facts.ts'
import { type PensionState, pensionFlow, pensionState, pensionWords, serviceId } from './words.ts'

const words = defineWords({
  proof: {
    zh: '每年认证一次即可。您已登录电子社保卡，按下按钮就完成认证；暂停的月份会补发。',
    en: 'Once a year is enough. You are signed in with your e-card: press the button and it is done; held months are paid.',
  },
})

/** A pension on its person's case page: what was granted, each month, and the yearly proof. */
export const casePart: CasePart = { flow: pensionFlow, Facts: PensionFacts, stepForms: { authenticate: ProofForm } }

function PensionFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const linesOf = usePensionLines()
  const parsed = pensionState.safeParse(view.file.state)
  if (!parsed.success) return null
  return (
    <>
      <section className="kit-section" aria-labelledby="pension">
        <h2 id="pension">{say(pensionWords.pension)}</h2>
        <dl className="kit-facts">
          {linesOf(parsed.data).map(({ label, value }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
      {parsed.data.months.length > 0 && <MonthList months={parsed.data.months} />}
    </>
  )
}

function MonthList({ months }: Pick<PensionState, 'months'>) {
  const { say, yuan } = useSpeech()
  const { tell, find } = useTeller(serviceId)
  return (
    <section className="kit-section" aria-labelledby="months">
      <h2 id="months">{say(pensionWords.months)}</h2>
      <dl className="kit-sums">
        {months.toReversed().map(({ month, heldFor, orders }) => (
          <div key={month}>
            <dt>
              {month}{' '}
              {heldFor !== null && (
                <span className="kit-quiet">
                  {say(pensionWords.held, { reason: tell(`reasons.${heldFor}`) })} {find(`advice.${heldFor}`)}
                </span>
              )}
              {orders.map(({ orderId, state, takenBackFen }) => (
                <span key={orderId} className="kit-quiet">
                  {say(pensionWords[state])}{' '}
                  {takenBackFen > 0 && say(pensionWords.takenBack, { amountFen: yuan(takenBackFen) })}
                </span>
              ))}
            </dt>
            <dd>{orders.map(({ amountFen }) => yuan(amountFen)).join(' · ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function ProofForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ way: 'phone' })}>
      <p>{say(words.proof)}</p>
    </StepForm>
  )
}

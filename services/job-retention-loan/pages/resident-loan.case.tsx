import { useState } from 'react'
import {
  type CasePart,
  type CasePartProps,
  ChoiceField,
  formatRatePpm,
  Loaded,
  StepForm,
  type StepFormProps,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { type LoanState, loanFlow, loanState, loanWords, useBankName, useLoanForm } from './words.ts'

/** An application on its borrower's case page: what was asked and confirmed, the bank's offer and its answer, the loan. */
export const casePart: CasePart = {
  flow: loanFlow,
  Facts: LoanFacts,
  stepForms: { answerOffer: AnswerForm, chooseBank: ChooseBankForm },
}

function LoanFacts({ view }: CasePartProps) {
  const { say, yuan } = useSpeech()
  const parsed = loanState.safeParse(view.file.state)
  const state = parsed.success ? parsed.data : undefined
  const bank = useBankName(state?.answers?.bankId)
  if (!state) return null
  const { answers, expected, found, offer, loan } = state
  const told = found ?? expected
  return (
    <>
      <section className="kit-section" aria-labelledby="application">
        <h2 id="application">{say(loanWords.application)}</h2>
        <dl className="kit-facts">
          {answers && (
            <>
              <dt>{say(loanWords.requested)}</dt>
              <dd>{yuan(answers.requestedFen)}</dd>
              <dt>{say(loanWords.bank)}</dt>
              <dd>{bank}</dd>
            </>
          )}
          {told && (
            <>
              <dt>{say(found ? loanWords.credit : loanWords.expected)}</dt>
              <dd>
                {told.outcome === 'granted'
                  ? `${yuan(told.creditFen)}${told.capped ? say(loanWords.capped) : ''}`
                  : say(loanWords.refused)}
              </dd>
            </>
          )}
        </dl>
      </section>
      {offer && <OfferPart offer={offer} service={view.file.service} />}
      {loan && <LoanPart loan={loan} />}
    </>
  )
}

function OfferPart({ offer, service }: { offer: NonNullable<LoanState['offer']>; service: string }) {
  const { say, yuan } = useSpeech()
  const { tell } = useTeller(service)
  return (
    <section className="kit-section" aria-labelledby="offer">
      <h2 id="offer">{say(loanWords.offer)}</h2>
      <dl className="kit-facts">
        <dt>{say(loanWords.offered)}</dt>
        <dd>{yuan(offer.offeredFen)}</dd>
        <dt>{say(loanWords.rate)}</dt>
        <dd>{formatRatePpm(offer.ratePpm)}</dd>
        <dt>{say(loanWords.term)}</dt>
        <dd>{say(loanWords.months, { count: offer.termMonths })}</dd>
        <dt>{say(loanWords.security)}</dt>
        <dd>{tell(`choices.${offer.security}`)}</dd>
      </dl>
    </section>
  )
}

function LoanPart({ loan }: { loan: NonNullable<LoanState['loan']> }) {
  const { say, day, yuan } = useSpeech()
  return (
    <section className="kit-section" aria-labelledby="loan">
      <h2 id="loan">{say(loanWords.loan)}</h2>
      <dl className="kit-facts">
        <dt>{say(loanWords.lent)}</dt>
        <dd>{yuan(loan.lentFen)}</dd>
        <dt>{say(loanWords.lentOn)}</dt>
        <dd>{day(loan.lentOn)}</dd>
        <dt>{say(loanWords.contract)}</dt>
        <dd>{loan.contractNumber}</dd>
        {loan.repaidOn !== null && (
          <>
            <dt>{say(loanWords.repaidOn)}</dt>
            <dd>{day(loan.repaidOn)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function AnswerForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [outcome, setOutcome] = useState('')
  return (
    <StepForm isTaking={isTaking || outcome === ''} onSubmit={() => take({ outcome })}>
      <ChoiceField
        label={say(loanWords.answer)}
        value={outcome}
        onChange={setOutcome}
        options={(['accepted', 'declined'] as const).map((value) => ({ value, label: say(loanWords[value]) }))}
      />
    </StepForm>
  )
}

function ChooseBankForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const form = useLoanForm()
  const [bankId, setBankId] = useState('')
  return (
    <Loaded query={form}>
      {({ banks }) => (
        <StepForm isTaking={isTaking || bankId === ''} onSubmit={() => take({ bankId })}>
          <ChoiceField
            label={say(loanWords.chooseBank)}
            value={bankId}
            onChange={setBankId}
            options={banks.map(({ bankId: value, name }) => ({ value, label: name }))}
          />
        </StepForm>
      )}
    </Loaded>
  )
}

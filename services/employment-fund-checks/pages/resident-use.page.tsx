import { useState } from 'react'
import {
  defineWords,
  Empty,
  Loaded,
  QuestionPages,
  SendApplication,
  type ServicePage,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { useForm } from './form.ts'
import { type FundPayment, useFundPayments, usePaymentInWords } from './payments.ts'
import { useWords } from './words.ts'

const words = defineWords({
  none: {
    zh: '您还没有收到就业专项资金，不用申报。',
    en: 'Nothing of the employment fund was paid to you; there is nothing to declare.',
  },
  which: { zh: '申报哪一笔？', en: 'Which payment?' },
  another: { zh: '换一笔', en: 'Another payment' },
})

/** Declaring how money of the fund was spent: which payment, then what was spent. */
export const page: ServicePage = {
  id: 'fund-use',
  title: useWords.title,
  summary: useWords.summary,
  roles: ['person'],
  order: 71,
  path: '/services/fund-use',
  Component: UsePage,
}

function UsePage() {
  const { say } = useSpeech()
  const payments = useFundPayments()
  const [payment, setPayment] = useState<FundPayment>()
  return (
    <>
      <h1>{say(useWords.title)}</h1>
      {payment ? (
        <Declaring payment={payment} onLeave={() => setPayment(undefined)} />
      ) : (
        <Loaded query={payments}>
          {(found) =>
            found.length === 0 ? <Empty>{say(words.none)}</Empty> : <Choosing payments={found} onChoose={setPayment} />
          }
        </Loaded>
      )}
    </>
  )
}

function Choosing({ payments, onChoose }: { payments: FundPayment[]; onChoose: (payment: FundPayment) => void }) {
  const { say } = useSpeech()
  const inWords = usePaymentInWords()
  return (
    <section className="kit-section" aria-labelledby="which">
      <h2 id="which">{say(words.which)}</h2>
      <div className="kit-actions">
        {payments.map((payment) => (
          <button
            key={payment.caseId}
            type="button"
            className="kit-button"
            disabled={payment.unspentFen === 0}
            onClick={() => onChoose(payment)}
          >
            {inWords(payment)}
          </button>
        ))}
      </div>
    </section>
  )
}

function Declaring({ payment, onLeave }: { payment: FundPayment; onLeave: () => void }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const inWords = usePaymentInWords()
  return (
    <QuestionPages
      fields={useForm.fields}
      service={useForm.service}
      flow={useForm.flow}
      today={today}
      intro={
        <>
          <p>{inWords(payment)}</p>
          <button type="button" className="kit-button" onClick={onLeave}>
            {say(words.another)}
          </button>
        </>
      }
      end={(answers) => (
        <section className="kit-section">
          <SendApplication
            opening={{
              flow: useForm.flow,
              step: 'declare',
              body: { answers: { ...answers, paidCaseId: payment.caseId } },
            }}
            isGranted
          />
        </section>
      )}
    />
  )
}

import {
  AnswerInWords,
  type ApplicationState,
  answerIn,
  type BenefitParts,
  type CasePart,
  type CasePartProps,
  defineWords,
  findApplicationState,
  type OrderedPayment,
  useBenefitOf,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'

const words = defineWords({
  answers: { zh: '您填写的', en: 'What you answered' },
  money: { zh: '款项', en: 'The money' },
  expected: { zh: '申请时的预判', en: 'Expected when you applied' },
  found: { zh: '核定金额', en: 'Found to be due' },
  ordered: { zh: '等待银行支付', en: 'Waiting for the bank' },
  returned: { zh: '银行退回，等待更正收款账户', en: 'Returned by the bank: the account has to be mended' },
  paid: { zh: '已支付', en: 'Paid' },
  cancelled: { zh: '已取消，另行核定', en: 'Cancelled and decided anew' },
  takenBack: {
    zh: '其中 {amountFen} 经重新核定应退回',
    en: '{amountFen} of it has to be paid back after a new decision',
  },
  paidOn: { zh: '最近一次到账：{paidOn}', en: 'Last paid on {paidOn}' },
  owed: { zh: '您还应退回', en: 'You still owe' },
  owedHelp: {
    zh: '会先从您以后的待遇中抵扣；也可以到窗口一次退清。对重新核定的决定不服的，可以申请复议。',
    en: 'It is first kept back from what you are paid later; you can also pay it at a counter. You can object to the new decision.',
  },
  found_without: {
    zh: '没有申请，系统按登记信息主动核定（免申即享）。',
    en: 'Found by the registers, without an application.',
  },
  by_counter: { zh: '由窗口工作人员代您提交。', en: 'Sent for you by an officer at the counter.' },
})

/** An application for a benefit on its person's case page: what was said, what it comes to, and where the money is. */
export const benefitParts: BenefitParts<CasePart> = { application: (flow) => ({ flow, Facts: ApplicationFacts }) }

function ApplicationFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const state = findApplicationState(view.file.state)
  if (!state) return null
  return (
    <>
      {state.broughtBy === 'found' && <p className="kit-note">{say(words.found_without)}</p>}
      {state.broughtBy === 'counter' && <p className="kit-quiet">{say(words.by_counter)}</p>}
      <AnswersPart state={state} flow={view.file.flow} service={view.file.service} />
      <MoneyPart state={state} />
    </>
  )
}

function AnswersPart({
  state: { answers },
  flow,
  service,
}: {
  state: ApplicationState
  flow: string
  service: string
}) {
  const { say } = useSpeech()
  const teller = useTeller(service)
  const fields = useBenefitOf(flow)?.fields ?? []
  const given = fields.filter(({ name }) => answerIn(answers, name) !== undefined)
  if (given.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="answers">
      <h2 id="answers">{say(words.answers)}</h2>
      <dl className="kit-facts">
        {given.map((field) => (
          <div key={field.name} className="kit-fact">
            <dt>{teller.tell(`form.${flow}.${field.name}`)}</dt>
            <dd>
              <AnswerInWords field={field} teller={teller} answer={answerIn(answers, field.name)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function MoneyPart({ state: { expected, found, orders, owedFen, paidOn } }: { state: ApplicationState }) {
  const { say, yuan } = useSpeech()
  const told = found ?? expected
  if (!told || (told.amountFen === 0 && orders.length === 0)) return null
  return (
    <section className="kit-section" aria-labelledby="money">
      <h2 id="money">{say(words.money)}</h2>
      <dl className="kit-sums">
        <div className="kit-sum-due">
          <dt>{say(found ? words.found : words.expected)}</dt>
          <dd>{yuan(told.amountFen)}</dd>
        </div>
        {owedFen > 0 && (
          <div className="kit-sum-own">
            <dt>{say(words.owed)}</dt>
            <dd>{yuan(owedFen)}</dd>
          </div>
        )}
      </dl>
      {orders.length > 0 && (
        <ul className="kit-money-lines">
          {orders.map((order) => (
            <OrderLine key={order.orderId} order={order} />
          ))}
        </ul>
      )}
      {paidOn !== null && <p className="kit-quiet">{say(words.paidOn, { paidOn })}</p>}
      {owedFen > 0 && <p className="kit-quiet">{say(words.owedHelp)}</p>}
    </section>
  )
}

function OrderLine({ order: { amountFen, state, takenBackFen } }: { order: OrderedPayment }) {
  const { say, yuan } = useSpeech()
  return (
    <li>
      <p className="kit-money-line-head">
        <span>{say(words[state])}</span>
        <strong>{yuan(amountFen)}</strong>
      </p>
      {takenBackFen > 0 && <p className="kit-quiet">{say(words.takenBack, { amountFen: takenBackFen })}</p>}
    </li>
  )
}

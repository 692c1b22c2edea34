import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { receiptKinds, receiptWords, SupplyForm } from './resident-claim-supply.tsx'

const words = defineWords({
  claim: { zh: '报销内容', en: 'The claim' },
  institution: { zh: '医院', en: 'Hospital' },
  stay: { zh: '住院', en: 'Stay' },
  stayText: {
    zh: '{admittedOn} 至 {dischargedOn}，{stayDays} 天',
    en: '{admittedOn} to {dischargedOn}, {stayDays} days',
  },
  why: { zh: '没有直接结算，因为', en: 'Not settled at the hospital, because' },
  amounts: { zh: '预计金额', en: 'Expected amounts' },
  amountsFound: { zh: '核定金额', en: 'Amounts found' },
  meal: { zh: '住院伙食补助费', en: 'Meal allowance' },
  travel: { zh: '交通食宿费', en: 'Travel and lodging' },
  bill: { zh: '医疗费', en: 'Treatment' },
  total: { zh: '合计', en: 'In all' },
  receipts: { zh: '已提交的票据', en: 'Receipts given' },
  account: { zh: '收款账户', en: 'Paid into' },
  paid: { zh: '已于 {paidOn} 支付', en: 'paid on {paidOn}' },
})

const claimState = z.object({
  occasion: z.nullable(
    z.object({
      institutionName: z.string(),
      admittedOn: z.string(),
      dischargedOn: z.nullable(z.string()),
      stayDays: z.number(),
      notDirectBecause: z.nullable(z.string()),
    }),
  ),
  amounts: z.nullable(
    z.object({ mealFen: z.number(), travelFen: z.number(), billFen: z.number(), totalFen: z.number() }),
  ),
  receipts: z.array(z.object({ number: z.string(), kind: z.enum(receiptKinds), amountFen: z.number() })),
  account: z.nullable(z.object({ bankName: z.string(), bankAccount: z.string() })),
  paidOn: z.nullable(z.string()),
})

type ClaimState = z.infer<typeof claimState>

/** A manual claim on its person's case page: what it is about, what it comes to, and giving receipts and account. */
export const casePart: CasePart = { flow: 'claim', Facts: ClaimFacts, stepForms: { supply: SupplyForm } }

function ClaimFacts({ view }: CasePartProps) {
  const parsed = claimState.safeParse(view.file.state)
  if (!parsed.success) return null
  const { amounts, receipts, account, paidOn } = parsed.data
  return (
    <>
      <OccasionPart occasion={parsed.data.occasion} service={view.file.service} />
      {amounts && <AmountsPart amounts={amounts} isFound={view.decision !== null} />}
      {(receipts.length > 0 || account) && <SuppliedPart receipts={receipts} account={account} paidOn={paidOn} />}
    </>
  )
}

function OccasionPart({ occasion, service }: { occasion: ClaimState['occasion']; service: string }) {
  const { say } = useSpeech()
  const { find } = useTeller(service)
  if (!occasion) return null
  const { institutionName, admittedOn, dischargedOn, stayDays, notDirectBecause } = occasion
  return (
    <section className="kit-section" aria-labelledby="claim">
      <h2 id="claim">{say(words.claim)}</h2>
      <dl className="kit-facts">
        <dt>{say(words.institution)}</dt>
        <dd>{institutionName}</dd>
        <dt>{say(words.stay)}</dt>
        <dd>{say(words.stayText, { admittedOn, dischargedOn, stayDays })}</dd>
        {notDirectBecause !== null && (
          <>
            <dt>{say(words.why)}</dt>
            <dd>{find(`reasons.${notDirectBecause}`) ?? notDirectBecause}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function AmountsPart({ amounts, isFound }: { amounts: NonNullable<ClaimState['amounts']>; isFound: boolean }) {
  const { say, yuan } = useSpeech()
  const shown = (['meal', 'travel', 'bill'] as const).filter((name) => amounts[`${name}Fen`] > 0)
  return (
    <section className="kit-section" aria-labelledby="amounts">
      <h2 id="amounts">{say(isFound ? words.amountsFound : words.amounts)}</h2>
      <dl className="kit-sums">
        {shown.map((name) => (
          <div key={name}>
            <dt>{say(words[name])}</dt>
            <dd>{yuan(amounts[`${name}Fen`])}</dd>
          </div>
        ))}
        <div className="kit-sum-due">
          <dt>{say(words.total)}</dt>
          <dd>{yuan(amounts.totalFen)}</dd>
        </div>
      </dl>
    </section>
  )
}

function SuppliedPart({ receipts, account, paidOn }: Pick<ClaimState, 'receipts' | 'account' | 'paidOn'>) {
  const { say, yuan } = useSpeech()
  return (
    <section className="kit-section" aria-labelledby="supplied">
      <h2 id="supplied">{say(words.receipts)}</h2>
      <ul className="kit-plain-list">
        {receipts.map(({ number, kind, amountFen }) => (
          <li key={number}>
            {say(receiptWords[kind])} <span className="kit-code">{number}</span> {yuan(amountFen)}
          </li>
        ))}
      </ul>
      {account && (
        <p>
          {say(words.account)}: {account.bankName} …{account.bankAccount.slice(-4)}
          {paidOn !== null && ` · ${say(words.paid, { paidOn })}`}
        </p>
      )}
    </section>
  )
}

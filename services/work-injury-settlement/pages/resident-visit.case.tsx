import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePart,
  type CasePartProps,
  defineWords,
  Link,
  RegionName,
  useMyCases,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const words = defineWords({
  stay: { zh: '住院', en: 'The stay' },
  institution: { zh: '医院', en: 'Hospital' },
  place: { zh: '地点', en: 'Place' },
  admittedOn: { zh: '入院', en: 'Admitted' },
  dischargedOn: { zh: '出院', en: 'Discharged' },
  settlement: { zh: '结算', en: 'The settlement' },
  undone: {
    zh: '这次结算已撤销，下列金额不再有效。',
    en: 'This settlement was undone; the amounts below no longer hold.',
  },
  total: { zh: '总费用', en: 'Whole bill' },
  fund: { zh: '工伤保险基金支付', en: 'The work-injury fund pays' },
  own: { zh: '您支付', en: 'You pay' },
  deducted: {
    zh: '审核后扣减医院 {deductedFen}，不影响您已付的金额。',
    en: 'The agency deducted {deductedFen} from the hospital; what you paid stays as it is.',
  },
  lines: { zh: '逐项说明', en: 'Line by line' },
  onlyOwn: { zh: '只看我付钱的项目', en: 'Only what I pay for' },
  all: { zh: '看全部项目', en: 'All lines' },
  count: {
    zh: '共 {count} 项，其中 {ownCount} 项您需要付钱',
    en: '{count} lines; you pay something for {ownCount} of them',
  },
  youPay: { zh: '您支付 {personFen}，因为{why}', en: 'You pay {personFen}, because {why}' },
  fundPays: { zh: '全部由基金支付', en: 'The fund pays all of it' },
  in_scope: { zh: '在工伤保险目录范围内', en: 'it is in the catalogue' },
  not_for_injury: {
    zh: '这一项不是治疗这次工伤的，工伤保险不支付',
    en: 'it was not for this injury, and work-injury insurance does not pay for other illnesses',
  },
  outside_catalogue: {
    zh: '这一项不在就医地的工伤保险目录内',
    en: 'it is not in the catalogue of the place of treatment',
  },
  over_limit: {
    zh: '超过了限价 {limitFen}，超出部分自付',
    en: 'it is above the price limit of {limitFen}, and what is above it is yours',
  },
  over_limit_open: { zh: '超过了限价，超出部分自付', en: 'it is above the price limit, and what is above it is yours' },
  claim: { zh: '伙食补助等可以报销', en: 'Meal allowance and the like can be claimed' },
  claimHelp: {
    zh: '已自动为您登记手工报销，请填写收款账户。',
    en: 'A claim is open for you; please give your bank account.',
  },
})

const findings = ['in_scope', 'not_for_injury', 'outside_catalogue', 'over_limit'] as const

const line = z.object({
  no: z.number(),
  name: z.string(),
  amountFen: z.number(),
  limitFen: z.nullable(z.number()),
  fundFen: z.number(),
  personFen: z.number(),
  finding: z.enum(findings),
  because: z.string(),
})

const visitState = z.object({
  enquiry: z.nullable(z.object({ institutionName: z.string(), treatmentRegion: z.string(), admittedOn: z.string() })),
  settlement: z.nullable(
    z.object({
      state: z.enum(['settled', 'undone']),
      dischargedOn: z.string(),
      totalFen: z.number(),
      fundFen: z.number(),
      personFen: z.number(),
      deductedFen: z.number(),
      lines: z.array(line),
    }),
  ),
  claimNumber: z.nullable(z.string()),
})

type Line = z.infer<typeof line>
type Settlement = NonNullable<z.infer<typeof visitState>['settlement']>

/** A stay elsewhere on its person's case page: who pays what, and why, line by line. */
export const casePart: CasePart = { flow: 'visit', Facts: VisitFacts }

function VisitFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const parsed = visitState.safeParse(view.file.state)
  if (!parsed.success) return null
  const { enquiry, settlement, claimNumber } = parsed.data
  return (
    <>
      {enquiry && (
        <section className="kit-section" aria-labelledby="stay">
          <h2 id="stay">{say(words.stay)}</h2>
          <dl className="kit-facts">
            <dt>{say(words.institution)}</dt>
            <dd>{enquiry.institutionName}</dd>
            <dt>{say(words.place)}</dt>
            <dd>
              <RegionName code={enquiry.treatmentRegion} />
            </dd>
            <dt>{say(words.admittedOn)}</dt>
            <dd>{day(enquiry.admittedOn)}</dd>
            {settlement && (
              <>
                <dt>{say(words.dischargedOn)}</dt>
                <dd>{day(settlement.dischargedOn)}</dd>
              </>
            )}
          </dl>
        </section>
      )}
      {settlement && <SettlementPart settlement={settlement} service={view.file.service} />}
      {claimNumber !== null && <ClaimLink number={claimNumber} />}
    </>
  )
}

function SettlementPart({ settlement, service }: { settlement: Settlement; service: string }) {
  const { say, yuan } = useSpeech()
  const [showsAll, setShowsAll] = useState(false)
  const { totalFen, fundFen, personFen, deductedFen, lines } = settlement
  const own = lines.filter((entry) => entry.personFen > 0)
  return (
    <section className="kit-section" aria-labelledby="settlement">
      <h2 id="settlement">{say(words.settlement)}</h2>
      {settlement.state === 'undone' && <p className="kit-note kit-note-warning">{say(words.undone)}</p>}
      <dl className="kit-sums">
        <div>
          <dt>{say(words.total)}</dt>
          <dd>{yuan(totalFen)}</dd>
        </div>
        <div>
          <dt>{say(words.fund)}</dt>
          <dd>{yuan(fundFen)}</dd>
        </div>
        <div className="kit-sum-own">
          <dt>{say(words.own)}</dt>
          <dd>{yuan(personFen)}</dd>
        </div>
      </dl>
      {deductedFen > 0 && <p>{say(words.deducted, { deductedFen })}</p>}
      <h3>{say(words.lines)}</h3>
      <p className="kit-quiet">{say(words.count, { count: lines.length, ownCount: own.length })}</p>
      <ul className="kit-money-lines">
        {(showsAll ? lines : own).map((entry) => (
          <LinePart key={entry.no} line={entry} service={service} />
        ))}
      </ul>
      <button type="button" className="kit-button" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
        {say(showsAll ? words.onlyOwn : words.all)}
      </button>
    </section>
  )
}

function LinePart({ line, service }: { line: Line; service: string }) {
  const { say, yuan } = useSpeech()
  const { find } = useTeller(service)
  const { name, amountFen, personFen, limitFen, finding, because } = line
  const why = finding === 'over_limit' && limitFen === null ? words.over_limit_open : words[finding]
  const clause = find(`clauses.${because}`)
  return (
    <li>
      <p className="kit-money-line-head">
        <span>{name}</span>
        <span>{yuan(amountFen)}</span>
      </p>
      <p>{personFen === 0 ? say(words.fundPays) : say(words.youPay, { personFen, why: say(why, { limitFen }) })}</p>
      <p className="kit-quiet">
        {clause} <span className="kit-code">{because}</span>
      </p>
    </li>
  )
}

function ClaimLink({ number }: { number: string }) {
  const { say } = useSpeech()
  const { data: cases = [] } = useMyCases()
  const claim = cases.find((row) => row.number === number)
  if (!claim) return null
  return (
    <section className="kit-section">
      <Link to={`/cases/${claim.caseId}`} className="kit-card-button">
        <span className="kit-card-title">{say(words.claim)}</span>
        <span className="kit-card-text">
          {say(words.claimHelp)} {say(claim.statusTitle)}
        </span>
      </Link>
    </section>
  )
}

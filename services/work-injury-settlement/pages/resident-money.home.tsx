import { type CaseRow, defineWords, type HomePart, Link, useMyCases, useSpeech } from '../../../kit/door.ts'

const words = defineWords({
  money: { zh: '工伤费用', en: 'Work-injury costs' },
  claim: { zh: '手工报销', en: 'Claim' },
  expected: { zh: '可报销 {totalFen}', en: '{totalFen} due to you' },
  stay: { zh: '住院结算', en: 'Stay' },
  settled: { zh: '基金付 {fundFen}，您付 {personFen}', en: 'the fund pays {fundFen}, you pay {personFen}' },
})

/** Money on a resident's home: what is due and what was settled; what came stands with all other money. */
export const homePart: HomePart = { id: 'work-injury-money', order: 10, Component: MoneyPart }

const notDue = ['refused', 'not_accepted', 'cancelled', 'undone', 'paid']

function MoneyPart() {
  const { say } = useSpeech()
  const { data: cases = [] } = useMyCases()
  const rows = cases.filter(
    ({ flow, status, summary }) =>
      !notDue.includes(status) &&
      ((flow === 'claim' && summary.totalFen) || (flow === 'visit' && typeof summary.fundFen === 'number')),
  )
  if (rows.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="money">
      <h2 id="money">{say(words.money)}</h2>
      <ul className="kit-card-list">
        {rows.slice(0, 4).map((row) => (
          <li key={row.caseId}>
            <MoneyCard row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function MoneyCard({ row }: { row: CaseRow }) {
  const { say } = useSpeech()
  const { flow, summary, caseId, statusTitle } = row
  const amount = flow === 'visit' ? words.settled : words.expected
  return (
    <Link to={`/cases/${caseId}`} className="kit-card-button">
      <span className="kit-card-title">{say(amount, summary)}</span>
      <span className="kit-card-text">
        {say(flow === 'visit' ? words.stay : words.claim)} · {summary.institutionName} · {say(statusTitle)}
      </span>
    </Link>
  )
}

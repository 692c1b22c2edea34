import { type CaseRow, defineWords, isMyTurn, Link, useFlows, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  dueOn: { zh: '最迟 {dueOn} 答复', en: 'answered by {dueOn}' },
  openedAt: { zh: '{openedAt} 提交', en: 'since {openedAt}' },
  yourTurn: { zh: '轮到您', en: 'your turn' },
})

/** Cases as a list of links: what, where it stands, until when. */
export function CaseList({ rows }: { rows: readonly CaseRow[] }) {
  const { say, moment } = useSpeech()
  const flows = useFlows()
  return (
    <ul className="resident-list">
      {rows.map((row) => {
        const flow = flows.get(row.flow)
        return (
          <li key={row.caseId}>
            <Link to={`/cases/${row.caseId}`} className="resident-row">
              <span className="resident-row-title">{flow ? say(flow.title) : row.number}</span>
              <span className="kit-badge">{say(row.statusTitle)}</span>
              <span className="kit-quiet">
                {row.number} · {say(words.openedAt, { openedAt: moment(row.openedAt) })}
                {row.dueOn !== null && ` · ${say(words.dueOn, { dueOn: row.dueOn })}`}
              </span>
              {isMyTurn(row) && <strong className="resident-turn">{say(words.yourTurn)}</strong>}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

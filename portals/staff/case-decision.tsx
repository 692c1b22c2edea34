import { Card } from 'antd'
import { type CaseView, commonWords, defineWords, findRuling, type ObjectionTerm, useSpeech } from '../../kit/door.ts'
import { RulingPanel } from '../../kit/staff/door.ts'

const words = defineWords({
  decided: { zh: '决定（{decidedOn}）', en: 'Decided on {decidedOn}' },
  reconsideration: { zh: '可申请行政复议至 {untilOn}', en: 'Reconsideration can be asked until {untilOn}' },
  litigation: { zh: '可提起行政诉讼至 {untilOn}', en: 'A court can be asked until {untilOn}' },
})

/** The last decision with its reasons and the terms in which the person can object. */
export function CaseDecision({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  if (!view.decision) return null
  const { decidedOn, decision, objection } = view.decision
  const ruling = findRuling(decision)
  const term = (text: 'reconsideration' | 'litigation', { date, assumed, source }: ObjectionTerm) => (
    <div>
      {say(words[text], { untilOn: date })} {assumed && `(${say(commonWords.assumed)})`}{' '}
      <span className="staff-quiet">{source}</span>
    </div>
  )
  return (
    <Card size="small" title={say(words.decided, { decidedOn })}>
      <div className="staff-stack">
        {ruling && <RulingPanel ruling={ruling} service={view.file.service} isFolded={ruling.outcome === 'granted'} />}
        <div>
          {term('reconsideration', objection.reconsideration)}
          {term('litigation', objection.litigation)}
        </div>
      </div>
    </Card>
  )
}

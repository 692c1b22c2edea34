import { type AnswerOf, findRuling, useSpeech } from '../../kit/door.ts'
import { RulingPanel } from '../../kit/staff/door.ts'
import { benefitWords as words } from './benefit-words.ts'

type Told = AnswerOf<'POST /benefits/{flow}/preview'>['ruling']

/** What the rule says of an application now: the amount, and why step by step. */
export function RulingNow({ ruling: told, service }: { ruling: Told; service: string }) {
  const { say, yuan } = useSpeech()
  const ruling = findRuling(told)
  const { outcome, amountFen } = told.decision
  return (
    <div className="staff-stack">
      {outcome === 'granted' && amountFen !== undefined && (
        <div className="staff-figure">
          {say(words.amount)} <strong>{yuan(amountFen)}</strong>
        </div>
      )}
      {ruling && <RulingPanel ruling={ruling} service={service} isFolded={outcome === 'granted'} />}
    </div>
  )
}

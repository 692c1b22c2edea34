import { BrokenInvariant, Refusal } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { RulingSummary } from './messages-between.ts'

/** What of a ruling goes into events and messages: no facts, only outcome, reasons and sentences. */
export function summaryOf({ decision, meaning, advice, sentences }: Ruling): RulingSummary {
  const { outcome, reason, because, policy } = decision
  return { outcome, reason, because, meaning, advice, sentences, policy }
}

/** For a request that the rule decides on the spot: passes a grant, throws anything else as a `Refusal` with its clause. */
export function requireGranted(ruling: Ruling): void {
  const { outcome, reason, because } = ruling.decision
  if (outcome !== 'granted') throw new Refusal(reason ?? outcome, { clause: because })
}

function resultOf(ruling: Ruling, name: string): number | string | boolean {
  const result = ruling.decision.results[name]
  if (!result) throw new BrokenInvariant(`policy ${ruling.decision.policy.id} granted without ${name}`)
  return result.value
}

/** A granted amount, count or rate. */
export function numberResult(ruling: Ruling, name: string): number {
  return Number(resultOf(ruling, name))
}

/** A granted yes or no. */
export function flagResult(ruling: Ruling, name: string): boolean {
  return resultOf(ruling, name) === true
}

/** A granted word. */
export function wordResult(ruling: Ruling, name: string): string {
  return String(resultOf(ruling, name))
}

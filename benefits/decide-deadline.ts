import type { DeadlineChange } from '../cases/door.ts'
import { type PlainDate, Refusal, schemaFen, type Work } from '../ground/door.ts'
import type { ApplicationFile } from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'

/** The deadline of an application by which it is decided, for benefits that have one (`decideWithin`). */
export const decideDeadline = 'decide'

type Place = { agency: string; on: PlainDate }

/** Starts the time to decide with the application; nothing for a benefit without one. */
export async function timeToDecide(
  work: Work,
  { rulebook }: BenefitTools,
  { decideWithin }: Benefit,
  { agency, on }: Place,
): Promise<DeadlineChange[]> {
  if (decideWithin === undefined) return []
  const { value } = await rulebook.valueOf(work, decideWithin, { on, insuredRegion: agency })
  return [{ start: decideDeadline, unit: 'working_day', amount: Number(value) }]
}

/** What ends the time to decide; what was found without an application never had one. */
export function decidedInTime({ decideWithin }: Benefit, { state }: ApplicationFile): DeadlineChange[] {
  return decideWithin === undefined || state.broughtBy === 'found' ? [] : [{ meet: decideDeadline }]
}

/** Refusal `determined_above_maximum` where people grant more than the value that the benefit names. */
export async function requireWithinMaximum(
  work: Work,
  { rulebook }: BenefitTools,
  { determinedMaxFen }: Benefit,
  { agency, on, amountFen }: Place & { amountFen: number },
): Promise<void> {
  if (determinedMaxFen === undefined) return
  const { value } = await rulebook.valueOf(work, determinedMaxFen, { on, insuredRegion: agency })
  const maxFen = schemaFen.parse(value)
  if (amountFen > maxFen) throw new Refusal('determined_above_maximum', { params: { maxFen } })
}

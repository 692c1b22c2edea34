import type { CaseSummary } from '../../cases/door.ts'
import type { Id, PlainDate, Work } from '../../ground/door.ts'
import { isWithin } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { FilingFile } from './flow/filing-state.ts'
import type { FlowSet } from './flow-set.ts'

/** What a filing is to an admission: in effect (its validity is tested at admission), still under review, or ended. */
export type FilingStanding = { state: 'effective' | 'pending' | 'ended'; file: FilingFile }

const statuses = {
  effective: ['effective', 'change_requested', 'extension_requested', 'expired'],
  pending: ['submitted', 'awaiting_completion', 'awaiting_superior', 'accepted'],
  ended: ['cancelled', 'ended'],
}

/**
 * The filing that counts for a person at a place on a day: the one whose validity has the day in it, whatever became of it since; else the
 * newest that took effect, that is under review, or that was ended, in this order. Undefined when they filed nothing for the place.
 */
export async function filingFor(
  work: Work,
  tools: Pick<ServiceTools, 'cases'>,
  flows: Pick<FlowSet, 'filing'>,
  { personId, region, on }: { personId: Id; region: string; on: PlainDate },
): Promise<FilingStanding | undefined> {
  const cases = tools.cases()
  const rows = await cases.find(work, { flow: 'filing', personId, limit: 100 })
  const forPlace = rows.filter(({ summary }) => isWithin(region, String(summary.treatmentRegion)))
  const held = forPlace.find(({ summary }) => holdsOn(summary, on))
  if (held) return { state: 'effective', file: await cases.getOf(work, flows.filing, held.caseId) }
  for (const state of ['effective', 'pending', 'ended'] as const) {
    const row = forPlace.find(({ status }) => statuses[state].includes(status))
    if (row) return { state, file: await cases.getOf(work, flows.filing, row.caseId) }
  }
  return undefined
}

/** Has the validity in a filing's summary this day in it? */
function holdsOn({ validFrom, validTo }: CaseSummary, on: PlainDate): boolean {
  return typeof validFrom === 'string' && validFrom <= on && (typeof validTo !== 'string' || on <= validTo)
}

import { type Actor, Refusal } from '../ground/door.ts'
import { getRegion, isWithin, nationCode, type RegionCode } from './regions.ts'

/** An officer of an agency, who alone proposes and approves values. */
export type Officer = Extract<Actor, { kind: 'staff' }>

/** Refusal `value_needs_officer` for anybody else. */
export function requireOfficer(actor: Actor): Officer {
  if (actor.kind !== 'staff') throw new Refusal('value_needs_officer')
  return actor
}

/** An agency sets values for its own region and those inside it; the hub for the nation alone. Refusal `value_outside_agency`. */
export function requireOwnRegion(agency: RegionCode, region: RegionCode): void {
  getRegion(region)
  const own = agency === nationCode ? region === nationCode : isWithin(region, agency)
  if (!own) throw new Refusal('value_outside_agency', { params: { region, agency } })
}

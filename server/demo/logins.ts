import type { BothLanguages } from '../../ground/door.ts'
import { agencyRoles, type DemoAgency, type DemoRegion, findDemoRegion, hubRoles } from './plan.ts'

/** The password of every synthetic user; there is nothing to protect. */
export const demoPassword = 'tongban-demo'

/** A synthetic user of the demo world. `story` says what they are there for. */
export type DemoLogin = { login: string; story: BothLanguages | null }

/** An officer of a demo agency: `nanjing-accept`, `nanjing-accept-2`, `nanjing-permission-admin` ... */
export type DemoOfficer = { login: string; role: string; agency: DemoAgency }

/** The officers of an agency, one for each role it staffs; the second one in a role has a `-2`. */
export function officersOf(planned: DemoRegion, agency: DemoAgency): DemoOfficer[] {
  const roles: readonly string[] = planned.region === '000000' ? hubRoles : agencyRoles
  return roles.map((role, index) => {
    const nth = roles.slice(0, index + 1).filter((other) => other === role).length
    // The hub's name is in its role already.
    const base = role.startsWith(`${agency.name}_`) ? role : `${agency.name}_${role}`
    return { login: base.replaceAll('_', '-') + (nth > 1 ? `-${nth}` : ''), role, agency }
  })
}

/** The login of an institution's insurance office. */
export function officeLogin(institution: { name: string }): string {
  return `${institution.name}-office`
}

/** The name of an agency's employers, counted from 1: `nanjing-employer-1`; its officer's login has `-officer` behind it. */
export function employerName(agency: DemoAgency, nth: number): string {
  return `${agency.name}-employer-${nth}`
}

/** The login of the officer of an employer of a story, or of a bank. */
export function businessOfficer(name: string): string {
  return `${name}-officer`
}

/** Everybody whom one may sign in as on a node: first the people of the stories, then offices of hospitals, officers, employers. */
export function demoLogins(region: string): DemoLogin[] {
  const planned = findDemoRegion(region)
  if (!planned) return []
  const officers = planned.agencies.flatMap((agency) => officersOf(planned, agency).map(({ login }) => login))
  const offices = planned.institutions.map(officeLogin)
  const employers = planned.agencies.flatMap((agency) =>
    Array.from({ length: agency.employers }, (_, index) => `${employerName(agency, index + 1)}-officer`),
  )
  const { workers = [], businesses = [], banks = [] } = planned.employment ?? {}
  return [
    ...[...planned.characters, ...workers].map(({ name, story }) => ({ login: name, story })),
    ...businesses.map(({ name, story }) => ({ login: businessOfficer(name), story })),
    ...banks.map(({ name }) => ({ login: businessOfficer(name), story: null })),
    ...[...offices, ...officers, ...employers].map((login) => ({ login, story: null })),
  ]
}

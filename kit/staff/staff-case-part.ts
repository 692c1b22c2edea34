import type { CaseView } from '../api-types.ts'
import type { CasePart } from '../service-page.ts'

/** A service's part of a staff case page. */
export type StaffCasePart = CasePart & {
  /** The step to put forward as a case stands; `null` for none, `undefined` for the first that is open. */
  nextStep?: (view: CaseView) => string | null | undefined
}

import { type ComponentType, use, useMemo } from 'react'
import type { CaseView } from './api-types.ts'
import { useBenefits } from './benefits.ts'
import { fetchedOnce, fetchedPart } from './fetched.tsx'
import type { BothLanguages } from './language.tsx'

/**
 * A page that a public service adds to a portal. It stands in the service's folder as `pages/<portal>-<name>.page.tsx` (`resident-...` or
 * `staff-...`) and exports `page`; the portal finds it by that name, so nothing outside the folder knows it,
 * and fetches its code when it is first shown.
 */
export type ServicePage = {
  id: string
  title: BothLanguages
  /** One sentence below the title, where the portal lists its pages. */
  summary?: BothLanguages
  /** Roles of assignments it is shown to; `person` for residents. */
  roles: readonly string[]
  /** A residents' page that is open to everybody, before signing in too. */
  withoutSignIn?: true
  /** Smaller stands first. */
  order: number
  /** Below the portal, e.g. `/work-injury/filing`. Without a parameter it is listed; with one (`/stays/:caseId`) it is only reached by links. */
  path: string
  /** Addresses (`/services/<id>/route`) whose answers may be taken along on a device that leaves the office, to be read without a connection. */
  takenAlong?: readonly string[]
  Component: ComponentType<{ params: Record<string, string> }>
}

/** What a part of a case page is given: the case as its reader sees it. */
export type CasePartProps = { view: CaseView }

/** What the form of one step is given: `take` sends the step's body; the page shows what comes of it. */
export type StepFormProps = { view: CaseView; isTaking: boolean; take: (body: unknown) => void }

/**
 * What a service adds to the case pages of one of its flows: how its state is shown, and forms for its own steps. It stands in the service's
 * folder as `pages/<portal>-<name>.case.tsx` and exports `casePart`.
 */
export type CasePart = {
  flow: string
  Facts?: ComponentType<CasePartProps>
  stepForms?: Readonly<Record<string, ComponentType<StepFormProps>>>
}

/**
 * What a service adds to a resident's home, where it has something to say now (money that came, a right not yet used). It stands in
 * `pages/resident-<name>.home.tsx`, exports `homePart`, and shows nothing where there is nothing.
 */
export type HomePart = { id: string; order: number; Component: ComponentType }

/** A page of the service in whose folder it stands, as a portal lists it before its code is there. */
export type ListedPage = Omit<ServicePage, 'Component'> & {
  service: string
  load: () => Promise<{ page: ServicePage }>
}

/** A page of the service in whose folder it stands; its code comes when it is first shown. */
export type FoundServicePage = ServicePage & { service: string }

/** The pages of a portal's list, in their order. */
export function servicePagesOf(listed: readonly ListedPage[]): FoundServicePage[] {
  const pages = listed.map(({ load, ...page }) => ({
    ...page,
    Component: fetchedPart(async () => (await load()).page.Component),
  }))
  return inOrder(pages)
}

/** The home parts found by a portal's glob, in their order. */
export function homePartsOf(modules: Record<string, { homePart: HomePart }>): HomePart[] {
  return inOrder(Object.values(modules).map(({ homePart }) => homePart))
}

function inOrder<Part extends { id: string; order: number }>(parts: Part[]): Part[] {
  return parts.toSorted((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))
}

/** The case part of a flow, as a portal lists it before its code is there. */
export type ListedCasePart<Part extends CasePart> = { flow: string; load: () => Promise<{ casePart: Part }> }

/** The case parts of a portal by flow; each is fetched once, when it is first wanted. */
export type CaseParts<Part extends CasePart> = ReadonlyMap<string, () => Promise<Part>>

/** The case parts of a portal's list. */
export function casePartsOf<Part extends CasePart>(listed: ReadonlyArray<ListedCasePart<Part>>): CaseParts<Part> {
  return new Map(listed.map(({ flow, load }) => [flow, fetchedOnce(async () => (await load()).casePart)]))
}

/** A portal's parts for the flows of benefits, once for all; kinds of flows that the portal does not show are left out. */
export type BenefitParts<Part extends CasePart> = {
  application(flow: string): Part
  batch?(flow: string): Part
  round?(flow: string): Part
  revision?(flow: string): Part
}

/**
 * The part of a flow: that of its service; for a flow of benefits whose service has none, the portal's own. Suspends while its code is fetched.
 */
export function useCasePart<Part extends CasePart>(
  flow: string,
  ofServices: CaseParts<Part>,
  ofBenefits: BenefitParts<Part>,
): Part | undefined {
  const { data } = useBenefits()
  const ofBenefit = useMemo(() => {
    const has = (flows: ReadonlyArray<{ flow: string }> = []) => flows.some((each) => each.flow === flow)
    const { application, batch, round, revision } = ofBenefits
    if (has(data?.items)) return application(flow)
    if (has(data?.payments)) return batch?.(flow)
    if (has(data?.rounds)) return round?.(flow)
    return has(data?.revisions) ? revision?.(flow) : undefined
  }, [data, flow, ofBenefits])
  const load = ofServices.get(flow)
  return load ? use(load()) : ofBenefit
}

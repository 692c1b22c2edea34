import { type ComponentType, useMemo } from 'react'
import type { CaseView } from './api-types.ts'
import { useBenefits } from './benefits.ts'
import type { BothLanguages } from './language.tsx'

/**
 * A page that a public service adds to a portal. It stands in the service's folder as `pages/<portal>-<name>.page.tsx` (`resident-...` or
 * `staff-...`) and exports `page`; the portal finds it by that name, so nothing outside the folder knows it.
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

/** A page with the id of the service in whose folder it stands. */
export type FoundServicePage = ServicePage & { service: string }

/** The pages found by a portal's glob, in their order. */
export function servicePagesOf(modules: Record<string, { page: ServicePage }>): FoundServicePage[] {
  const pages = Object.entries(modules).map(([path, { page }]) => ({ ...page, service: serviceOfPath(path) }))
  return inOrder(pages)
}

/** `../../services/<id>/pages/...`: the folder's name is the id. */
function serviceOfPath(path: string): string {
  return /services\/([^/]+)\/pages\//.exec(path)?.[1] ?? ''
}

/** The home parts found by a portal's glob, in their order. */
export function homePartsOf(modules: Record<string, { homePart: HomePart }>): HomePart[] {
  return inOrder(Object.values(modules).map(({ homePart }) => homePart))
}

function inOrder<Part extends { id: string; order: number }>(parts: Part[]): Part[] {
  return parts.toSorted((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))
}

/** The case parts found by a portal's glob, by flow. */
export function casePartsOf(modules: Record<string, { casePart: CasePart }>): ReadonlyMap<string, CasePart> {
  return new Map(Object.values(modules).map(({ casePart }) => [casePart.flow, casePart]))
}

/** A portal's parts for the flows of benefits, once for all; kinds of flows that the portal does not show are left out. */
export type BenefitParts<Part extends CasePart> = {
  application(flow: string): Part
  batch?(flow: string): Part
  round?(flow: string): Part
  revision?(flow: string): Part
}

/** The part of each flow: that of its service; for a flow of benefits whose service has none, the portal's own. */
export function useCaseParts<Part extends CasePart>(
  ofServices: ReadonlyMap<string, Part>,
  ofBenefits: BenefitParts<Part>,
): ReadonlyMap<string, Part> {
  const { data } = useBenefits()
  return useMemo(() => {
    const { application, batch, round, revision } = ofBenefits
    const partsOf = (flows: ReadonlyArray<{ flow: string }> = [], make?: (flow: string) => Part) =>
      make ? flows.map(({ flow }) => [flow, make(flow)] as const) : []
    return new Map([
      ...partsOf(data?.items, application),
      ...partsOf(data?.payments, batch),
      ...partsOf(data?.rounds, round),
      ...partsOf(data?.revisions, revision),
      ...ofServices,
    ])
  }, [data, ofServices, ofBenefits])
}

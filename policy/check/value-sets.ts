import { addDays } from '../dates.ts'
import type { PolicyBody } from '../ir.ts'
import { checkValues, type ResolvedValue, type ResolvedValues, ValueProblems } from '../values.ts'
import type { CheckContext, DatedEntry } from './context.ts'

/** The values of one region on one day, as a decision gets them. */
export interface ValueSet {
  readonly region: string
  readonly on: string
  readonly values: ResolvedValues
}

/** What a region resolves to on a day: of each value that of the nearest region which has one, the one published last. */
export function resolveEntries(context: CheckContext, region: string, on: string): ResolvedValues {
  const resolved: Record<string, ResolvedValue> = {}
  const path = context.pathOf?.(region) ?? [region]
  for (const place of [...path].reverse()) {
    const inForce = context.values.filter((entry) => entry.region === place && holdsOn(entry, on))
    for (const { name, publishedOn: _, ...value } of inForce.toSorted(byPublication)) resolved[name] = value
  }
  return resolved
}

function holdsOn({ from, to }: Pick<DatedEntry, 'from' | 'to'>, on: string): boolean {
  return from <= on && (to === undefined || on <= to)
}

function byPublication(a: DatedEntry, b: DatedEntry): number {
  const [first, second] = [a.publishedOn ?? '', b.publishedOn ?? '']
  return first === second ? 0 : first < second ? -1 : 1
}

/** The days of a body on which something may begin to be different: its first day and each on which a declared value begins or has ended. */
export function daysOf(body: PolicyBody, { values, on }: CheckContext): string[] {
  if (on !== undefined) return holdsOn(body, on) ? [on] : []
  const changes = values
    .filter(({ name }) => Object.hasOwn(body.values, name))
    .flatMap(({ from, to }) => (to === undefined ? [from] : [from, addDays(to, 1)]))
  return [...new Set([body.from, ...changes])].filter((day) => holdsOn(body, day)).toSorted()
}

/** All sets with which the body may decide, each content once: those that lack something or do not fit are left to their own finding. */
export function valueSetsOf(body: PolicyBody, context: CheckContext): ValueSet[] {
  const sets = new Map<string, ValueSet>()
  for (const region of context.regions) {
    for (const treatment of treatmentRegionsOf(body, context, region)) {
      for (const on of daysOf(body, context)) {
        const values = findFitting(body, resolveDeclared(body, context, { region, treatment }, on), on)
        if (values === undefined) continue
        const content = JSON.stringify(Object.entries(values).map(([name, { value }]) => [name, value]))
        if (!sets.has(content)) sets.set(content, { region, on, values })
      }
    }
  }
  return [...sets.values()]
}

/** Any region, where a value of the region of treatment counts; else the same one. */
function treatmentRegionsOf(body: PolicyBody, { values, regions }: CheckContext, region: string): readonly string[] {
  const reads = values.some(({ name, regionOf }) => regionOf === 'treatment' && Object.hasOwn(body.values, name))
  return reads ? regions : [region]
}

function resolveDeclared(
  body: PolicyBody,
  context: CheckContext,
  { region, treatment }: { readonly region: string; readonly treatment: string },
  on: string,
): ResolvedValues {
  const ofTreatment = resolveEntries(context, treatment, on)
  const resolved = Object.entries(resolveEntries(context, region, on)).map(
    ([name, value]) => [name, value.regionOf === 'treatment' ? (ofTreatment[name] ?? value) : value] as const,
  )
  return Object.fromEntries(resolved.filter(([name]) => Object.hasOwn(body.values, name)))
}

function findFitting(body: PolicyBody, resolved: ResolvedValues, on: string): ResolvedValues | undefined {
  try {
    return checkValues(body.values, resolved, on)
  } catch (error) {
    if (error instanceof ValueProblems) return undefined
    throw error
  }
}

import type { PolicyIr } from '../ir.ts'
import { dateOf, findOnly, joinAny, type Possible } from '../possible/possible.ts'
import type { CheckContext, DatedEntry } from './context.ts'
import { contentInShort, type Found } from './finding.ts'
import { placeOfName } from './naming.ts'
import { type BodyStudy, witnessOf } from './study.ts'

/** Values that were to be looked at again by a day that has passed. */
export function findOverdueReviews(ir: PolicyIr, { values, regions, pathOf, today }: CheckContext): Found[] {
  if (today === undefined) return []
  const places = new Set(regions.flatMap((region) => pathOf?.(region) ?? [region]))
  const isOverdue = (entry: DatedEntry) =>
    entry.reviewBy !== undefined && entry.reviewBy < today && (entry.to === undefined || entry.to >= today)
  return values
    .filter((entry) => places.has(entry.region) && isOverdue(entry))
    .filter(({ name }) => ir.bodies.some((body) => Object.hasOwn(body.values, name)))
    .map(({ name, region, reviewBy = '' }) => ({
      ...{ code: 'TC4002', at: placeOfName(ir, 'values', name) },
      params: { name, region, day: reviewBy },
    }))
}

/** Assumed values on which some decision rests. */
export function findAssumedValues({ ir, sets }: BodyStudy): Found[] {
  const found = new Map<string, Found>()
  for (const { set, explorer } of sets) {
    for (const [name, facts] of explorer?.valuesRead ?? []) {
      const value = set.values[name]
      if (value?.assumed !== true || found.has(name)) continue
      const witness = witnessOf(ir, set, facts)
      if (!witness.decision?.assumptions.some((assumption) => assumption.name === name)) continue
      const params = { name, where: `${value.region}, ${value.source}` }
      found.set(name, { code: 'TC4003', at: placeOfName(ir, 'values', name), params, witnesses: [witness] })
    }
  }
  return [...found.values()]
}

/** Results that come to the same whatever the facts, under every set of values. */
export function findConstantResults({ ir, body, sets }: BodyStudy): Found[] {
  return Object.entries(body.results).flatMap(([name, unit]): Found[] => {
    const possible = sets.map(({ reach }) => reach.results.get(name)).reduce<Possible | undefined>(joinAny, undefined)
    const only = possible && findOnly(possible)
    if (only === undefined) return []
    const content = unit.kind === 'date' && typeof only === 'number' ? dateOf(only) : contentInShort(only)
    for (const { set, explorer } of sets) {
      for (const facts of explorer?.granted ?? []) {
        const witness = witnessOf(ir, set, facts)
        if (String(witness.decision?.results[name]?.value) !== content) continue
        return [
          { code: 'TC4004', at: placeOfName(ir, 'results', name), params: { name, content }, witnesses: [witness] },
        ]
      }
    }
    return []
  })
}

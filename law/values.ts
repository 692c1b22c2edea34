import { BadInput, type PlainDate, Refusal } from '../ground/door.ts'
import { nationCode, type RegionCode, regionPath } from './regions.ts'

/** What a value holds: a quantity, a date, a yes or no, a word, a table of quantities by one key, or a list of words. */
export type ValueContent = number | string | boolean | Record<string, number> | string[]

/** Whose rule a value is: that of the region where the person is insured, or where they are treated. */
export type RegionOf = 'insured' | 'treatment'

/**
 * What is fixed about a value, whatever its date and region. `unit`: `fen`, `ppm`, `date`, `flag`, `choice`, or the label of a count
 * (`month`, `working_day`, `person` ...). `keys`: the one key by which the value is a table. No `regionOf`: the value of the region on
 * whose behalf the decision is made.
 */
export type ValueDefinition = { name: string; unit: string; regionOf?: RegionOf; keys?: string[] }

/**
 * A value as one region set it, `from` the first to `to` the last day on which it holds. `publishedOn`: the day on which it became known;
 * absent for the shipped baseline, which was always known. `assumed`: the text leaves it open.
 */
export type DatedValue = {
  region: RegionCode
  value: ValueContent
  from: PlainDate
  to?: PlainDate
  source: string
  assumed?: true
  note?: string
  reviewBy?: PlainDate
  publishedOn?: PlainDate
}

/** All values of a service by name: what is fixed, and every dated content of every region. Not changed once made. */
export type ValueBook = ReadonlyMap<string, { definition: ValueDefinition; dated: readonly DatedValue[] }>

/** One value of law as it stood on a day for a region; the shape that `policy` decides with. */
export type ResolvedValue = Omit<DatedValue, 'publishedOn'> & { unit: string; regionOf?: RegionOf }

/** Resolved values by name. */
export type ResolvedValues = Record<string, ResolvedValue>

/** For which day and whom values are asked. Regions that are not named are the insured region. */
export type ValueQuestion = {
  /** The values that must be there; without it every value that has one on that day. */
  names?: readonly string[]
  on: PlainDate
  insuredRegion: RegionCode
  treatmentRegion?: RegionCode
  /** On whose behalf the decision is made. */
  decidingRegion?: RegionCode
  /** What was published by this day; without it all that is in the book. */
  knownOn?: PlainDate
}

/**
 * The values that hold on a day. Of the regions on the path from the asked region to the nation the nearest that has a value for the day
 * decides; of its values the one published last. A named value that nobody has for that day is a `Refusal` `value_not_in_force`; it is
 * never zero. A name that the book does not have is `BadInput`. Without `names`, what is not in force is left out.
 */
export function resolveValues(book: ValueBook, question: ValueQuestion): ResolvedValues {
  const resolved: ResolvedValues = {}
  for (const name of question.names ?? book.keys()) {
    const value = resolveValue(book, name, question)
    if (value !== undefined) resolved[name] = value
    else if (question.names !== undefined) throw notInForce(name, question)
  }
  return resolved
}

function resolveValue(book: ValueBook, name: string, question: ValueQuestion): ResolvedValue | undefined {
  const entry = book.get(name)
  if (entry === undefined) {
    throw new BadInput([{ path: 'names', expected: [...book.keys()].join(' | '), found: name }])
  }
  const { unit, regionOf } = entry.definition
  const candidates = entry.dated.filter((dated) => isInForce(dated, question))
  for (const region of [...pathOf(regionOf, question), nationCode]) {
    const latest = candidates
      .filter((dated) => dated.region === region)
      .reduce<DatedValue | undefined>(laterPublished, undefined)
    if (latest === undefined) continue
    const { publishedOn, ...value } = latest
    return { ...value, unit, ...(regionOf && { regionOf }) }
  }
  return undefined
}

function pathOf(regionOf: RegionOf | undefined, question: ValueQuestion): RegionCode[] {
  const { insuredRegion, treatmentRegion = insuredRegion, decidingRegion = insuredRegion } = question
  const region = { insured: insuredRegion, treatment: treatmentRegion, deciding: decidingRegion }[
    regionOf ?? 'deciding'
  ]
  return regionPath(region).map(({ code }) => code)
}

function isInForce(dated: DatedValue, { on, knownOn }: ValueQuestion): boolean {
  const known = dated.publishedOn === undefined || knownOn === undefined || dated.publishedOn <= knownOn
  return known && dated.from <= on && (dated.to === undefined || on <= dated.to)
}

/** Of two published on one day the later in the book, which keeps the order of approval. */
function laterPublished(best: DatedValue | undefined, next: DatedValue): DatedValue {
  return best === undefined || (best.publishedOn ?? '') <= (next.publishedOn ?? '') ? next : best
}

function notInForce(name: string, { on, insuredRegion }: ValueQuestion): Refusal {
  return new Refusal('value_not_in_force', { params: { name, effectiveOn: on, region: insuredRegion } })
}

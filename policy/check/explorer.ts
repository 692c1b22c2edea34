import { runBody, type SlotValue, type Trace } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import type { Possible } from '../possible/possible.ts'
import { type Branch, endKey, pathTaken, sideKey } from './branches.ts'
import { Dice } from './dice.ts'
import { distanceTo, readItem } from './distance.ts'
import { Guesses } from './guesses.ts'
import { itemsOf, moved, type Place, placesIn, readPlace, withPlace } from './places.ts'
import type { State } from './reasoning.ts'
import type { Terms } from './terms.ts'
import type { ValueSet } from './value-sets.ts'

/** How many sets of facts are tried before any branch is looked for by itself. */
const RUNS_AT_RANDOM = 1_200
/** How often the search for one branch starts anew, and how many sets of facts each start may try. */
const STARTS = 6
const RUNS_PER_START = 2_000
/** The largest step by which a figure is changed; each next one is an eighth. */
const STEP_MAX = 2 ** 45
/** How many granted sets of facts are kept to start from. */
const GRANTS_KEPT = 40

/** Tries facts under one set of values, and keeps for each branch the first that came there. Seeded: it always tries the same. */
export class Explorer {
  readonly body: PolicyBody
  readonly set: ValueSet
  readonly guesses: Guesses
  readonly dice: Dice
  /** By the key of a branch. */
  readonly seen = new Map<string, Facts>()
  /** By the slot of a condition, or of a part of one, what it has come to. */
  readonly flagsSeen = new Map<number, Set<boolean>>()
  /** By the name of a value, facts for which it is read. */
  readonly valuesRead = new Map<string, Facts>()
  /** Some facts that are granted. */
  readonly granted: Facts[] = []
  /** Facts that came to no outcome. */
  stuck: Facts | undefined
  runs = 0
  readonly #terms: Terms

  constructor(body: PolicyBody, terms: Terms, set: ValueSet, seed: number) {
    this.body = body
    this.set = set
    this.dice = new Dice(seed)
    this.guesses = new Guesses(body, set, this.dice)
    this.#terms = terms
  }

  /** Runs the body and notes where it went; undefined when it came to no outcome. */
  run(facts: Facts): Trace | undefined {
    this.runs++
    const trace = this.#trace(facts)
    if (trace === undefined) {
      this.stuck ??= facts
      return undefined
    }
    for (const key of keysTaken(this.body, trace)) if (!this.seen.has(key)) this.seen.set(key, facts)
    this.#noteFlags(trace)
    for (const name of trace.valuesRead) if (!this.valuesRead.has(name)) this.valuesRead.set(name, facts)
    if (trace.end.do === 'grant' && this.granted.length < GRANTS_KEPT) this.granted.push(facts)
    return trace
  }

  #noteFlags({ slots, items }: Trace): void {
    for (const [slot, value] of slots.entries()) this.#noteFlag(slot, value)
    for (const [slot, looked] of items) {
      for (const itemSlots of looked) {
        for (const [index, value] of itemSlots.entries()) this.#noteFlag(slot - itemSlots.length + index, value)
      }
    }
  }

  #noteFlag(slot: number, value: SlotValue | undefined): void {
    if (typeof value !== 'boolean') return
    const seen = this.flagsSeen.get(slot) ?? new Set()
    this.flagsSeen.set(slot, seen.add(value))
  }

  #trace(facts: Facts): Trace | undefined {
    try {
      return runBody(this.body, facts, this.set.values)
    } catch (error) {
      if (error instanceof TypeError) return undefined
      throw error
    }
  }

  /** Tries facts at random. */
  roam(runs = RUNS_AT_RANDOM): void {
    for (let run = 0; run < runs; run++) this.run(this.guesses.facts())
  }

  /** Looks for facts that come to a branch, from what is known of the states in which it is entered; true when it found some. */
  seek(branch: Branch, states: readonly State[]): boolean {
    for (let start = 0; start < STARTS && !this.seen.has(branch.key); start++) {
      const state = states[start % Math.max(states.length, 1)]
      this.#climb(
        branch,
        this.guesses.facts((name) => this.#boundOf(state, name)),
      )
    }
    return this.seen.has(branch.key)
  }

  #boundOf(state: State | undefined, name: string): Possible | undefined {
    const unit = this.body.facts[name]
    if (state === undefined || unit === undefined) return undefined
    return state.known.get(this.#terms.ofFact(name))
  }

  /** Changes one thing at a time, as long as that comes nearer. */
  #climb(branch: Branch, start: Facts): void {
    let facts = start
    let distance = this.#distance(branch, facts)
    let runsLeft = RUNS_PER_START
    while (runsLeft > 0 && distance > 0) {
      let isNearer = false
      for (const next of this.#neighbours(facts)) {
        if (runsLeft-- <= 0) return
        const nextDistance = this.#distance(branch, next)
        if (nextDistance >= distance) continue
        facts = next
        distance = nextDistance
        isNearer = true
        break
      }
      if (!isNearer) return
    }
  }

  #distance(branch: Branch, facts: Facts): number {
    const trace = this.run(facts)
    return trace === undefined ? Number.POSITIVE_INFINITY : distanceTo(branch, this.body, this.#terms, trace)
  }

  /** The facts with one thing changed: words and flags to any other, figures and dates near and far, lists by an item. */
  *#neighbours(facts: Facts): Generator<Facts> {
    const places = placesIn(this.body, facts)
    const offset = this.dice.whole(0, Math.max(places.length - 1, 0))
    for (const place of [...places.slice(offset), ...places.slice(0, offset)]) {
      for (const value of this.#otherValues(place, facts)) yield withPlace(facts, place, value)
    }
    for (const [name, unit] of Object.entries(this.body.facts)) {
      if (unit.kind !== 'list') continue
      const items = itemsOf(facts[name])
      if (items.length < unit.max) yield { ...facts, [name]: [...items, this.guesses.item(unit)] }
      for (const index of items.keys()) yield { ...facts, [name]: items.toSpliced(index, 1) }
    }
  }

  *#otherValues(place: Place, facts: Facts) {
    const { unit } = place
    const now = readPlace(facts, place)
    if (unit.kind === 'optional') yield now === null ? this.guesses.field(unit.unit) : null
    for (const edge of this.guesses.edges(unit)) if (edge !== now) yield edge
    for (let step = STEP_MAX; step >= 1; step /= 8) {
      for (const by of [step, 0 - step]) {
        const value = moved(unit, now, by)
        if (value !== undefined && value !== now) yield value
      }
    }
    yield this.guesses.field(unit)
  }
}

/** The keys of all branches that a run took, those of its items included. */
function keysTaken(body: PolicyBody, trace: Trace): string[] {
  const paths = [pathTaken(body.block, (slot) => trace.slots[slot])]
  const { each } = trace.end
  if (each !== undefined) {
    for (const slots of trace.items.get(each.slot) ?? []) {
      paths.push(pathTaken(each.block, readItem(trace, slots, each)))
    }
  }
  return paths.flatMap(({ forks, end }) => [
    ...forks.map(({ fork, side }) => sideKey(fork, side)),
    ...(end === undefined ? [] : [endKey(end)]),
  ])
}

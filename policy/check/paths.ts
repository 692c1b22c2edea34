import { type Block, type Expression, operandsOf, sourceOf } from '../ir.ts'
import { expressionsIn, expressionsOf, isEnd, statementsOf, withOperands } from '../walk.ts'
import { type Branch, blockOf, branchesOf, endKey, type Fork, forkOn, wordsOfSide } from './branches.ts'
import { type Found, factsInShort } from './finding.ts'
import { findProof } from './proof.ts'
import type { Reach } from './reachable.ts'
import { type BodyStudy, runsOf } from './study.ts'

/** Conditions that always come out alike, cases that never come, facts without an outcome, and branches of which nobody knows. */
export function findPathProblems(study: BodyStudy): Found[] {
  if (study.sets.length === 0) return []
  const constants = new Constants(study)
  const statements = statementsOf(study.body.block)
  return [
    ...statements.flatMap((statement) => {
      const fork = statement.do === 'if' ? statement : undefined
      return expressionsOf(statement).flatMap((root) => constants.findIn(root, fork))
    }),
    ...statements.flatMap((statement) => (statement.do === 'switch' ? deadCases(study, statement) : [])),
    ...gaps(study),
    ...undecided(study),
  ]
}

/** Conditions that come out alike whatever the facts, the smallest part of each that does. */
class Constants {
  readonly #study: BodyStudy
  /** Slots of what has been reported, so that what follows from it is not. */
  readonly #reported = new Set<number>()
  /** By place in the source the slots that are read from it: a clause that is chosen by a condition gives every result two of them. */
  readonly #twins: ReadonlyMap<string, readonly number[]>

  constructor(study: BodyStudy) {
    this.#study = study
    const byPlace = Map.groupBy(expressionsIn(study.body.block), placeOf)
    this.#twins = new Map([...byPlace].map(([place, twins]) => [place, twins.map(({ slot }) => slot)]))
  }

  findIn(root: Expression, fork?: Fork): Found[] {
    const word = fork && this.#onlyWord(root, this.#reaches)
    const dead = fork === undefined || word === undefined ? '' : outcomesIn(blockOf(fork, !word))
    return withOperands(root)
      .toReversed()
      .flatMap((condition) => this.#find(condition, dead, condition === root && fork !== undefined))
  }

  get #reaches(): readonly Reach[] {
    return this.#study.sets.map((each) => each.reach)
  }

  #find(condition: Expression, dead: string, isFork: boolean): Found[] {
    if (condition.unit.kind !== 'flag' || condition.op === 'literal' || condition.op === 'value') return []
    if (this.#reported.has(condition.slot)) return []
    if (this.#followsFromReported(condition)) {
      this.#reported.add(condition.slot)
      return []
    }
    const { declared, switchedFreely } = this.#study
    const word = this.#onlyWord(condition, this.#reaches)
    if (word === undefined || this.#wasSeenOtherwise(condition, word)) return []
    const isAlways = this.#onlyWord(condition, [declared]) !== undefined
    if (!isAlways && !readsFacts(condition, this.#study)) return []
    const isSwitched = !isAlways && this.#onlyWord(condition, switchedFreely) === undefined
    if (isSwitched) return isFork ? [this.#found('TC4006', condition, word, dead)] : []
    for (const slot of this.#twinsOf(condition)) this.#reported.add(slot)
    return [this.#found('TC2001', condition, word, dead)]
  }

  #twinsOf(condition: Expression): readonly number[] {
    return this.#twins.get(placeOf(condition)) ?? [condition.slot]
  }

  /** The one thing that a condition comes to wherever it is looked at; undefined when there are two, or it is never looked at. */
  #onlyWord(condition: Expression, reaches: readonly Reach[]): boolean | undefined {
    const slots = this.#twinsOf(condition)
    const words = new Set(reaches.flatMap(({ flags }) => slots.flatMap((slot) => [...(flags.get(slot) ?? [])])))
    return words.size === 1 ? words.has(true) : undefined
  }

  /** Any part, or what a named part was made of, has been reported: the whole will look different once that is mended. */
  #followsFromReported(condition: Expression): boolean {
    const is = condition.op === 'local' ? this.#study.terms.definitionOf(condition) : undefined
    const parts = is === undefined ? operandsOf(condition).flatMap(withOperands) : [is]
    return parts.some(({ slot }) => this.#reported.has(slot))
  }

  /** What was proved is believed only as long as no run shows the opposite. */
  #wasSeenOtherwise({ slot }: Expression, word: boolean): boolean {
    return this.#study.sets.some(({ explorer }) => explorer?.flagsSeen.get(slot)?.has(!word))
  }

  #found(code: 'TC2001' | 'TC4006', condition: Expression, word: boolean, dead: string): Found {
    const because = code === 'TC2001' ? findProof(this.#study, condition, word) : ''
    const params = { condition: sourceOf(this.#study.body, condition), holds: String(word), because, dead }
    return { code, at: condition.at, params }
  }
}

function placeOf({ op, at }: Expression): string {
  return `${op} ${at.start} ${at.end}`
}

function readsFacts(condition: Expression, { terms }: Pick<BodyStudy, 'terms'>): boolean {
  return withOperands(condition).some((part) => {
    if (part.op === 'fact' || part.op === 'item') return true
    const is = part.op === 'local' ? terms.definitionOf(part) : undefined
    return is !== undefined && readsFacts(is, { terms })
  })
}

/** The outcomes that a block could have come to, as ` (reason)` or nothing. */
function outcomesIn(block: Block): string {
  const ends = statementsOf(block).filter(isEnd)
  const names = [...new Set(ends.map((end) => (end.do === 'grant' ? end.clause : end.reason)))]
  return names.length === 0 ? '' : ` [${names.join(', ')}]`
}

function deadCases({ body, sets, switchedFreely }: BodyStudy, fork: Extract<Fork, { do: 'switch' }>): Found[] {
  const branches = branchesOf(body).filter((branch) => branch.of === fork)
  const isEntered = ({ key }: Branch) =>
    sets.some(({ reach: { branches: entered }, explorer }) => entered.has(key) || explorer?.seen.has(key))
  if (!branches.some(isEntered)) return []
  return branches
    .filter((branch) => !isEntered(branch))
    .map((branch) => {
      const words = wordsOfSide(fork, Number(branch.side)).map((word) => `'${word}'`)
      const dead = outcomesIn(blockOf(fork, Number(branch.side)))
      const isSwitched = switchedFreely.some(({ branches: entered }) => entered.has(branch.key))
      const code = isSwitched ? 'TC4009' : 'TC2002'
      return { code, at: branch.at, params: { on: sourceOf(body, fork.on), words: words.join(', '), dead } }
    })
}

function gaps({ body, sets }: BodyStudy): Found[] {
  for (const {
    explorer,
    set,
    reach: { hasGap },
  } of sets) {
    if (!hasGap || explorer?.stuck === undefined) continue
    const { region, on, values } = set
    const problem = 'no outcome'
    const witness = { region, on, values, facts: explorer.stuck, problem }
    return [{ code: 'TC2003', at: body.at, params: { facts: factsInShort(explorer.stuck) }, witnesses: [witness] }]
  }
  return []
}

/**
 * Branches to which no run came although nothing proves that none can. Of a branch and those inside it only the outermost; of one that stands
 * once in the source and twice in the IR (a clause that is chosen by a condition) none, as soon as a run came to either.
 */
function undecided(study: BodyStudy): Found[] {
  const { body, sets } = study
  const isSeen = ({ key }: Branch) => sets.some(({ explorer }) => explorer?.seen.has(key))
  const isPossible = ({ key }: Branch) => sets.some(({ reach: { branches } }) => branches.has(key))
  const bySource = Map.groupBy(branchesOf(body), sourceKey)
  const open = [...bySource.values()]
    .filter((twins) => !twins.some(isSeen))
    .flatMap((twins) => twins.find(isPossible) ?? [])
  const isInside = (branch: Branch) => open.some((outer) => outer !== branch && isWithin(branch, outer))
  return open
    .filter((branch) => !isInside(branch))
    .map(({ at }) => ({ code: 'TC4007', at, params: { runs: String(runsOf(study)) } }))
}

/** The same for branches that are one and the same in the source. */
function sourceKey({ of, side }: Branch): string {
  return isEnd(of) ? endKey(of) : `${placeOf(forkOn(of))} ${side}`
}

function isWithin(branch: Branch, outer: Branch): boolean {
  if (branch.within === outer) return true
  return branch.route.some(({ fork, side }) => fork === outer.of && side === outer.side)
}

import { branchTaken, type SlotValue } from '../evaluate.ts'
import type { Block, EndStatement, Expression, IfStatement, PolicyBody, SourceSpan, SwitchStatement } from '../ir.ts'
import { isEnd } from '../walk.ts'

/** A statement at which a path may go more than one way. */
export type Fork = IfStatement | SwitchStatement

/** Which way: a side of an `if`, or the index of a case of a `switch` (-1 past all of them). */
export type Side = boolean | number

/** One way that a path can go at a fork, or an end it can come to. */
export interface Branch {
  readonly key: string
  readonly of: Fork | EndStatement
  /** At a fork. */
  readonly side?: Side
  readonly at: SourceSpan
  /** The forks on the way to it with the sides to take, the outermost first, its own last. */
  readonly route: readonly { readonly fork: Fork; readonly side: Side }[]
  /** The end whose decision per item it is part of; its route is then that of an item. */
  readonly within?: Branch
}

/** The name of a side of a fork, of use as a key. */
export function sideKey(fork: Fork, side: Side): string {
  return `${forkOn(fork).slot}:${side}`
}

/** The name of an end, of use as a key. */
export function endKey({ at, clause }: EndStatement): string {
  return `end ${at.start} ${clause}`
}

/** What a fork looks at. */
export function forkOn(fork: Fork): Expression {
  return fork.do === 'if' ? fork.condition : fork.on
}

/** The sides that a fork has. A switch has a way past its cases when its choice has words that no case lists. */
export function sidesOf(fork: Fork): readonly Side[] {
  if (fork.do === 'if') return [true, false]
  const cases = fork.cases.map((_, index) => index)
  return wordsPastCases(fork).length > 0 ? [...cases, -1] : cases
}

/** The words of a side of a switch. */
export function wordsOfSide(fork: SwitchStatement, side: number): readonly string[] {
  return fork.cases[side]?.options ?? wordsPastCases(fork)
}

function wordsPastCases({ on, cases }: SwitchStatement): string[] {
  const words = on.unit.kind === 'choice' ? on.unit.options : []
  return words.filter((word) => !cases.some(({ options }) => options.includes(word)))
}

/** The statements that a side leads to; none where it goes on after the fork. */
export function blockOf(fork: Fork, side: Side): Block {
  if (fork.do === 'switch') return fork.cases[Number(side)]?.block ?? []
  return (side === true ? fork.block : fork.otherwise) ?? []
}

/** Every branch of a body, in the order of the text, those of decisions per item included. */
export function branchesOf(body: Pick<PolicyBody, 'block'>): Branch[] {
  return branchesIn(body.block, { route: [] })
}

function branchesIn(block: Block, place: Pick<Branch, 'route' | 'within'>): Branch[] {
  return block.flatMap((statement) => {
    if (statement.do === 'const') return []
    if (isEnd(statement)) {
      const { each, at } = statement
      const end: Branch = { key: endKey(statement), of: statement, at, ...place }
      return each === undefined ? [end] : [end, ...branchesIn(each.block, { route: [], within: end })]
    }
    return sidesOf(statement).flatMap((side) => {
      const route = [...place.route, { fork: statement, side }]
      const inside = { ...place, route }
      const at = blockOf(statement, side)[0]?.at ?? forkOn(statement).at
      return [
        { key: sideKey(statement, side), of: statement, side, at, ...inside },
        ...branchesIn(blockOf(statement, side), inside),
      ]
    })
  })
}

/** Reads what an expression came to. */
export type ReadSlot = (slot: number) => SlotValue | undefined

/** A way that was taken: the forks in the order in which they were met, and the end. */
export interface PathTaken {
  readonly forks: readonly { readonly fork: Fork; readonly side: Side }[]
  readonly end?: EndStatement
}

/** The way that was taken through a block, told by what its conditions came to. */
export function pathTaken(block: Block, read: ReadSlot): PathTaken {
  const forks: { fork: Fork; side: Side }[] = []
  for (const statement of block) {
    if (statement.do === 'const') continue
    if (isEnd(statement)) return { forks, end: statement }
    const taken = branchTaken(statement, read)
    forks.push({ fork: statement, side: sideTaken(statement, read) })
    const inner = pathTaken(taken, read)
    forks.push(...inner.forks)
    if (inner.end !== undefined) return { forks, end: inner.end }
  }
  return { forks }
}

function sideTaken(fork: Fork, read: ReadSlot): Side {
  const value = read(forkOn(fork).slot)
  if (fork.do === 'if') return value === true
  return fork.cases.findIndex(({ options }) => typeof value === 'string' && options.includes(value))
}

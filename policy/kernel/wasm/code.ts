/**
 * The code of one function, written from a graph of instructions. What is used once is written where it is used; what is used more often is
 * kept in a local. A graph is generated twice by the same steps: first to count the uses, then to write.
 */
import {
  CONTROL,
  double,
  INSTRUCTIONS,
  type InstructionName,
  memoryAt,
  signed,
  unsigned,
  type ValueType,
  type WasmFunction,
} from './emit.ts'

/** How often something is computed: once in a call, for each row (or block of rows), or for each item. */
export type Stage = 0 | 1 | 2

/** An instruction and what it takes from the stack. */
export interface Node {
  readonly id: number
  readonly name: InstructionName
  readonly operands: readonly Node[]
  readonly immediates: readonly number[]
  readonly gives: ValueType
  readonly stage: Stage
}

/** What an instruction is, where its name and operands do not say it. */
interface NodeOptions {
  readonly immediates?: readonly number[]
  readonly gives?: ValueType
  readonly stage?: Stage
  /** True for a node that is computed anew wherever it is asked for: one that reads a local which changes in between. */
  readonly isApart?: boolean
}

/** Instructions that cost nothing to write once more. */
const FREE: ReadonlySet<InstructionName> = new Set(['local.get', 'i32.const', 'i64.const'])

/** Writes the code of one function. */
export class Code {
  readonly #parameters: readonly ValueType[]
  readonly #nodes = new Map<string, Node>()
  readonly #uses = new Map<Node, number>()
  readonly #kept = new Map<Node, number>()
  /** Locals that the steps ask for, then those that keep what is used more often. */
  readonly #asked: ValueType[] = []
  readonly #keeping: ValueType[] = []
  #askedAgain = 0
  #inside: Stage = 0
  readonly #bytes: number[] = []
  #isCounting = true

  /** Generates the code by the steps given, which must be the same whenever they are run. */
  constructor(parameters: readonly ValueType[], generate: (code: Code) => void) {
    this.#parameters = parameters
    generate(this)
    this.#isCounting = false
    this.#inside = 0
    generate(this)
  }

  /** The function as written. */
  toFunction(results: readonly ValueType[], name?: string): WasmFunction {
    const named = name === undefined ? {} : { name }
    const locals = [...this.#asked, ...this.#keeping]
    return { parameters: this.#parameters, results, locals, code: this.#bytes, ...named }
  }

  /** An instruction; the same instruction of the same operands is the same node. */
  node(name: InstructionName, operands: readonly Node[], options: NodeOptions = {}): Node {
    const { immediates = [], gives = INSTRUCTIONS[name].gives, stage = 0, isApart = false } = options
    const latest = operands.reduce<Stage>((last, operand) => (operand.stage > last ? operand.stage : last), stage)
    const ordinal = isApart ? this.#nodes.size : ''
    const key = `${name} ${immediates.join()} ${latest} ${operands.map(({ id }) => id).join()} ${ordinal}`
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const node = { id: this.#nodes.size, name, operands, immediates, gives, stage: latest }
    this.#nodes.set(key, node)
    return node
  }

  int(value: number): Node {
    return this.node('i32.const', [], { immediates: signed(value) })
  }

  long(value: bigint): Node {
    return this.node('i64.const', [], { immediates: signed(value) })
  }

  double(value: number): Node {
    return this.node('f64.const', [], { immediates: double(value) })
  }

  /** The content of a local or parameter. */
  get(local: number, stage: Stage): Node {
    const gives = this.#parameters[local] ?? this.#asked[local - this.#parameters.length] ?? 'i32'
    return this.node('local.get', [], { immediates: unsigned(local), gives, stage })
  }

  load(name: InstructionName, address: Node, offset: number, stage: Stage): Node {
    return this.node(name, [address], { immediates: memoryAt(offset), stage })
  }

  /** A new local. */
  local(type: ValueType): number {
    if (this.#isCounting) this.#asked.push(type)
    else this.#askedAgain++
    return this.#parameters.length + (this.#isCounting ? this.#asked.length : this.#askedAgain) - 1
  }

  #keepingLocal(node: Node): number {
    this.#keeping.push(node.gives)
    const local = this.#parameters.length + this.#asked.length + this.#keeping.length - 1
    this.#kept.set(node, local)
    return local
  }

  /** Writes what leaves the node's value on the stack. */
  push(node: Node): void {
    if (this.#isCounting) {
      const uses = this.#uses.get(node) ?? 0
      this.#uses.set(node, uses + 1)
      if (uses === 0) for (const operand of node.operands) this.push(operand)
      return
    }
    const kept = this.#kept.get(node)
    if (kept !== undefined) {
      this.write(CONTROL.localGet, ...unsigned(kept))
      return
    }
    for (const operand of node.operands) this.push(operand)
    this.write(...INSTRUCTIONS[node.name].bytes, ...node.immediates)
    // What belongs outside the loop that is being written would be kept there in vain: the loop may not run.
    if ((this.#uses.get(node) ?? 0) < 2 || FREE.has(node.name) || node.stage < this.#inside) return
    this.write(CONTROL.localTee, ...unsigned(this.#keepingLocal(node)))
  }

  /** Computes, before a loop begins, whatever of the nodes does not change in it. From here on code is written for inside the loop. */
  settle(nodes: readonly Node[], inside: 1 | 2): void {
    if (this.#isCounting) return
    const seen = new Set<Node>()
    const visit = (node: Node): void => {
      if (seen.has(node)) return
      seen.add(node)
      if (node.stage < inside) this.#keep(node)
      else node.operands.forEach(visit)
    }
    nodes.forEach(visit)
    this.#inside = inside
  }

  #keep(node: Node): void {
    if (this.#kept.has(node) || FREE.has(node.name)) return
    this.push(node)
    if (this.#kept.has(node)) this.write(CONTROL.drop)
    else this.write(CONTROL.localSet, ...unsigned(this.#keepingLocal(node)))
  }

  /** Ends the code for inside a loop: what was kept of it is no more. */
  leave(stage: 1 | 2): void {
    this.#inside = stage === 2 ? 1 : 0
    for (const node of this.#kept.keys()) if (node.stage >= stage) this.#kept.delete(node)
  }

  set(local: number, node: Node): void {
    this.push(node)
    this.write(CONTROL.localSet, ...unsigned(local))
  }

  /** A store of `value` at `offset` past `address`. */
  store(name: InstructionName, address: Node, offset: number, value: Node): void {
    this.push(address)
    this.push(value)
    this.write(...INSTRUCTIONS[name].bytes, ...memoryAt(offset))
  }

  /** Runs `body` again and again as long as `condition` holds before it. */
  loop(condition: Node, body: () => void): void {
    this.write(CONTROL.block, CONTROL.empty, CONTROL.loop, CONTROL.empty)
    this.push(condition)
    this.write(...INSTRUCTIONS['i32.eqz'].bytes, CONTROL.brIf, 1)
    body()
    this.write(CONTROL.br, 0, CONTROL.end, CONTROL.end)
  }

  /** Runs `body` when the condition holds. */
  when(condition: Node, body: () => void): void {
    this.push(condition)
    this.write(CONTROL.if, CONTROL.empty)
    body()
    this.write(CONTROL.end)
  }

  write(...bytes: readonly number[]): void {
    if (!this.#isCounting) this.#bytes.push(...bytes)
  }
}

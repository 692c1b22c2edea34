import type { BoundKernel, KernelPlan, Totals } from '../kernel/kernel.ts'
import { createEngine, type EngineCode } from './engine.ts'
import type { Shard } from './shard.ts'
import { createSetTotals } from './totals.ts'

/** What one run of a population asks of everybody who works on it. */
export interface RunOrder {
  readonly plan: KernelPlan
  /** Whether totals are wanted for each set of values too. */
  readonly bySet: boolean
  readonly code: EngineCode
}

/** What came out of a shard, or of one thread's part of it. */
export interface ShardTotals {
  readonly totals: Totals
  readonly sets: readonly Totals[]
}

/** Rows that are handed out at a time. */
export const BLOCK_ROWS = 65_536

/** What threads that work on one shard share: the next block, whether to stop, and the rows that are done. */
export type ShardState = Int32Array
const NEXT_BLOCK = 0
const STOPPED = 1
const ROWS_DONE = 2

/** The state of a shard that nobody has begun. */
export function newShardState(): ShardState {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))
}

/** Nobody takes another block. */
export function stopShard(state: ShardState): void {
  Atomics.store(state, STOPPED, 1)
}

/** How many rows of the shard are done. */
export function rowsDone(state: ShardState): number {
  return Atomics.load(state, ROWS_DONE)
}

/** Works on shards: in a thread of its own, or in this one. */
export interface Runner {
  /** Takes blocks until none is left, and pauses after each; returns what came out of them. */
  run(shard: Shard, state: ShardState): Generator<void, ShardTotals>
}

/** Bindings that are kept: as many as shards are in flight at once. */
const BINDINGS_MAX = 8

/** A runner for one order, the thread of that number in its team; a kernel is bound once to the arrays of a shard and used again for the next shard in them. */
export function createRunner({ plan, bySet, code }: RunOrder, thread: number): Runner {
  const engine = createEngine(plan, code, thread)
  const bindings = new Map<string, BoundKernel>()
  const bound = (shard: Shard): BoundKernel => {
    const { key } = shard
    const known = bindings.get(key)
    if (known !== undefined) return known
    const oldest = bindings.size < BINDINGS_MAX ? undefined : bindings.keys().next().value
    if (oldest !== undefined) bindings.delete(oldest)
    const made = engine.bind(shard)
    bindings.set(key, made)
    return made
  }
  return {
    *run(shard, state) {
      const binding = bound(shard)
      const setTotals = bySet ? createSetTotals(plan) : undefined
      while (Atomics.load(state, STOPPED) === 0) {
        const from = Atomics.add(state, NEXT_BLOCK, 1) * BLOCK_ROWS
        if (from >= shard.rows) break
        const to = Math.min(from + BLOCK_ROWS, shard.rows)
        binding.run(from, to)
        if (shard.outcomes !== undefined) setTotals?.add(shard.facts, shard.outcomes, from, to)
        Atomics.add(state, ROWS_DONE, to - from)
        yield
      }
      return { totals: binding.takeTotals(), sets: setTotals?.totals() ?? [] }
    },
  }
}

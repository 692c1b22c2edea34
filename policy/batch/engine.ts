import { compileJavaScript } from '../kernel/javascript.ts'
import type { BoundKernel, KernelPlan } from '../kernel/kernel.ts'
import { bindWasm } from '../kernel/wasm/bind.ts'
import { compileWasm, type WasmKernel } from '../kernel/wasm/compile.ts'
import type { Placement } from '../kernel/wasm/placement.ts'
import type { Shard } from './shard.ts'
import { bindStaged } from './staged.ts'

/** What runs the rows. */
export type EngineName = BoundKernel['engine']

/** Binds kernels of one plan to shards. */
export interface Engine {
  bind(shard: Shard): BoundKernel
}

/** The engine that is wanted, or JavaScript where WebAssembly is not there or does not take the code of this plan. */
export function usableEngine(plan: KernelPlan, wanted: EngineName, stored: boolean): EngineName {
  if (wanted === 'javascript' || typeof WebAssembly === 'undefined') return 'javascript'
  return WebAssembly.validate(compileWasm(plan, { stored }).bytes) ? 'wasm' : 'javascript'
}

/** An engine for one thread; `thread` is its number among those that work on one memory. */
export function createEngine(plan: KernelPlan, name: EngineName, thread: number): Engine {
  return name === 'wasm' ? wasmEngine(plan, thread) : javaScriptEngine(plan)
}

function javaScriptEngine(plan: KernelPlan): Engine {
  const kernel = compileJavaScript(plan)
  return { bind: ({ facts, outcomes }) => kernel.bind(facts, outcomes) }
}

/** Columns that were placed in a WebAssembly memory are run where they stand, all others are copied into one a few rows at a time. */
function wasmEngine(plan: KernelPlan, thread: number): Engine {
  const compiled = new Map<boolean, { readonly kernel: WasmKernel; readonly module: WebAssembly.Module }>()
  const compile = (stored: boolean) => {
    const known = compiled.get(stored)
    if (known !== undefined) return known
    const kernel = compileWasm(plan, { stored })
    const made = { kernel, module: new WebAssembly.Module(kernel.bytes) }
    compiled.set(stored, made)
    return made
  }
  return {
    bind({ facts, outcomes, placed }) {
      const { kernel, module } = compile(outcomes !== undefined)
      if (placed === undefined) return bindStaged(plan, kernel, module, facts, outcomes)
      if (kernel.frame.bytes > frameRoom(placed.placement))
        throw new RangeError('the table was placed for another plan')
      return bindWasm(kernel, module, placed.memory, placed.placement, thread)
    },
  }
}

/** Bytes that the frame of each thread has for itself. */
function frameRoom({ frames, columns }: Placement): number {
  const [first = 0, ...others] = frames
  const starts = [...others, ...Object.values(columns).map(({ address }) => address)]
  return Math.min(...starts) - first
}

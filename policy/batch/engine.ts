import { compileJavaScript } from '../kernel/javascript.ts'
import type { BoundKernel, KernelPlan } from '../kernel/kernel.ts'
import { bindWasm } from '../kernel/wasm/bind.ts'
import { compileWasm, type WasmKernel } from '../kernel/wasm/compile.ts'
import type { Shard } from './shard.ts'
import { bindStaged } from './staged.ts'

/** What runs the rows. */
export type EngineName = BoundKernel['engine']

/** Binds kernels of one plan to shards. */
export interface Engine {
  bind(shard: Shard): BoundKernel
}

/** The code that a run goes by. It can be sent to a thread, which then shares what the machine has made of it. */
export type EngineCode =
  | { readonly is: 'javascript' }
  | { readonly is: 'wasm'; readonly kernel: WasmKernel; readonly module: WebAssembly.Module }

const JAVASCRIPT: EngineCode = { is: 'javascript' }

/** By plan, and whether outcomes are stored. A plan is made once and never changed, so that its code is compiled once. */
const codes = new WeakMap<KernelPlan, Map<boolean, EngineCode>>()

/** The code of the engine that is wanted, or JavaScript where WebAssembly is not there or does not take the code of this plan. */
export function engineCode(plan: KernelPlan, wanted: EngineName, stored: boolean): EngineCode {
  if (wanted === 'javascript' || typeof WebAssembly === 'undefined') return JAVASCRIPT
  const ofPlan = codes.get(plan) ?? new Map<boolean, EngineCode>()
  const known = ofPlan.get(stored)
  if (known !== undefined) return known
  const kernel = compileWasm(plan, { stored })
  const isTaken = WebAssembly.validate(kernel.bytes)
  const code: EngineCode = isTaken ? { is: 'wasm', kernel, module: new WebAssembly.Module(kernel.bytes) } : JAVASCRIPT
  codes.set(plan, ofPlan.set(stored, code))
  return code
}

/** An engine for one thread; `thread` is its number among those that work on one memory. */
export function createEngine(plan: KernelPlan, code: EngineCode, thread: number): Engine {
  return code.is === 'wasm' ? wasmEngine(plan, code, thread) : javaScriptEngine(plan)
}

function javaScriptEngine(plan: KernelPlan): Engine {
  const kernel = compileJavaScript(plan)
  return { bind: ({ facts, outcomes }) => kernel.bind(facts, outcomes) }
}

/** Columns that were placed in a WebAssembly memory are run where they stand, all others are copied into one a few rows at a time. */
function wasmEngine(plan: KernelPlan, { kernel, module }: Extract<EngineCode, { is: 'wasm' }>, thread: number): Engine {
  return {
    bind: ({ facts, outcomes, placed }) =>
      placed === undefined
        ? bindStaged(plan, kernel, module, facts, outcomes)
        : bindWasm(kernel, module, placed.memory, placed.placement, thread),
  }
}

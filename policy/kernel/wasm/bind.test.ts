import { describe, expect, it } from 'vitest'
import { exampleIr } from '../../examples/ir.ts'
import { exampleValues } from '../../examples/values.ts'
import type { PolicyBody } from '../../ir.ts'
import { bindWasm } from './bind.ts'
import { compileWasm, fitsWasm, type WasmOptions } from './compile.ts'
import { placeColumns, tableOf } from './placement.ts'

const [body] = exampleIr('club-membership.ts').bodies
if (body === undefined) throw new Error('the example has no body')

/** So many adults at one fee. */
function bindAdults(of: PolicyBody, rows: number, options: WasmOptions) {
  const kernel = compileWasm({ body: of, sets: [exampleValues] }, options)
  const frame = { bytes: kernel.frame.bytes, threads: 1 }
  const placement = placeColumns(of, rows, {}, { stored: options.stored, sets: 1, frame })
  const memory = new WebAssembly.Memory({
    initial: placement.pages,
    maximum: placement.pages,
    shared: options.shared ?? true,
  })
  const bound = bindWasm(kernel, new WebAssembly.Module(kernel.bytes), memory, placement)
  return { kernel, bound, placement, table: tableOf(memory, placement) }
}

function feeOf(adult: number) {
  const { feeByKind } = exampleValues
  if (feeByKind === undefined) throw new Error('the example has no fees')
  return { ...exampleValues, feeByKind: { ...feeByKind, value: { adult, youth: 0, senior: 0 } } }
}

describe('a bound kernel', () => {
  it('decides by other values without being compiled again, as long as they fit', () => {
    const { kernel, bound } = bindAdults(body, 100_000, { stored: false })
    bound.run(0, 100_000)
    expect(bound.takeTotals().sums).toEqual({ feeFen: 100_000n * 600_00n })
    expect(fitsWasm(kernel, [feeOf(65_535)])).toBe(true)
    bound.loadValues([feeOf(65_535)])
    bound.run(0, 100_000)
    expect(bound.takeTotals().sums).toEqual({ feeFen: 100_000n * 65_535n })
    expect(fitsWasm(kernel, [feeOf(65_536)])).toBe(false)
    expect(() => bound.loadValues([feeOf(65_536)])).toThrow(RangeError)
  })

  it('is compiled for larger values where that is asked for', () => {
    const { kernel } = bindAdults(body, 1, { stored: false, envelopes: { feeByKind: { min: 0, max: 999_999 } } })
    expect(fitsWasm(kernel, [feeOf(999_999)])).toBe(true)
    expect(fitsWasm(kernel, [feeOf(1_000_001)])).toBe(false)
  })

  it('runs in memory that is not shared', () => {
    const { bound } = bindAdults(body, 33, { stored: true, shared: false })
    bound.run(0, 33)
    expect(bound.takeTotals()).toEqual({ rows: 33, ends: [0, 33], sums: { feeFen: 33n * 600_00n } })
  })

  it('refuses a thread that has no frame, columns that were not placed, and sets beyond what a column can name', () => {
    const { kernel, placement } = bindAdults(body, 1, { stored: true })
    const module = new WebAssembly.Module(kernel.bytes)
    const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages, shared: true })
    expect(() => bindWasm(kernel, module, memory, placement, 1)).toThrow(RangeError)
    const frame = { bytes: kernel.frame.bytes, threads: 1 }
    const withoutOutcomes = placeColumns(body, 1, {}, { stored: false, sets: 1, frame })
    expect(() => bindWasm(kernel, module, memory, withoutOutcomes)).toThrow(TypeError)
    expect(() => compileWasm({ body, sets: [] }, { stored: false })).toThrow(RangeError)
    const sets = Array.from({ length: 257 }, () => exampleValues)
    expect(() => compileWasm({ body, sets }, { stored: false })).toThrow(RangeError)
  })
})

describe('a placement', () => {
  it('gives every column a place of its own, on a line of the cache, and no two the same place in a page', () => {
    const frame = { bytes: 100, threads: 3 }
    const { columns, frames, pages } = placeColumns(body, 1_000, {}, { stored: true, sets: 2, frame })
    const placed = Object.values(columns).toSorted((a, b) => a.address - b.address)
    const inPage = placed.map(({ address }) => address % 4_096)
    expect(inPage.every((address) => address % 64 === 0)).toBe(true)
    expect(new Set(inPage).size).toBe(placed.length)
    let end = Math.max(...frames) + frame.bytes
    for (const { address, length } of placed) {
      expect(address).toBeGreaterThanOrEqual(end)
      end = address + length
    }
    expect(frames).toHaveLength(3)
    expect(pages * 65_536).toBeGreaterThanOrEqual(end)
  })

  it('refuses more than one memory holds', () => {
    const frame = { bytes: 100, threads: 1 }
    const options = { stored: false, sets: 1, frame }
    expect(() => placeColumns(body, 1_000_000_000, {}, options)).toThrow(RangeError)
  })
})

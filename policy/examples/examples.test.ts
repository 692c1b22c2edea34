import { expect, it } from 'vitest'
import type { Expression, PolicyIr, Statement } from '../ir.ts'
import { EXAMPLE_FILES, exampleIr } from './ir.ts'

/** Every operator and statement; `tsc` holds the list against the IR. */
const OPERATORS: Readonly<Record<Expression['op'], true>> = {
  ...{ literal: true, fact: true, value: true, local: true, item: true, entry: true, '!': true, '?:': true },
  ...{ '===': true, '!==': true, '<': true, '<=': true, '>': true, '>=': true, '&&': true, '||': true },
  ...{ '+': true, '-': true, '*': true, min: true, max: true, share: true, includes: true },
  ...{ addMonths: true, addDays: true, monthsBetween: true, daysBetween: true },
  ...{ countOf: true, sumOf: true, someOf: true, everyOf: true },
  ...{ filterOf: true, sortOf: true, firstOf: true, hasItem: true },
}
const STATEMENTS: Readonly<Record<Statement['do'], true>> = {
  ...{ const: true, if: true, switch: true, grant: true, refuse: true, refer: true },
}

/** The values of a member wherever it occurs in an IR. */
function valuesOf(irs: readonly PolicyIr[], member: 'op' | 'do' | 'order' | 'rounding'): Set<unknown> {
  const values = new Set<unknown>()
  JSON.stringify(irs, (key, value: unknown) => {
    if (key === member) values.add(value)
    return value
  })
  return values
}

it('the examples together use every construct of the language, so that whatever reads them has met it', () => {
  const irs = EXAMPLE_FILES.map(exampleIr)
  expect([...valuesOf(irs, 'op')].toSorted()).toEqual(Object.keys(OPERATORS).toSorted())
  expect([...valuesOf(irs, 'do')].toSorted()).toEqual(Object.keys(STATEMENTS).toSorted())
  expect([...valuesOf(irs, 'order')].toSorted()).toEqual(['ascending', 'descending'])
  expect([...valuesOf(irs, 'rounding')].toSorted()).toEqual(['down', 'half_up', 'up'])
})

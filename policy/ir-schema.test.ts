import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { irHash, parsePolicyIr, policyIrJsonSchema } from './door.ts'
import { EXAMPLE_FILES, exampleIr } from './examples/ir.ts'

describe.each(EXAMPLE_FILES)('the IR of %s', (file) => {
  const ir = exampleIr(file)

  it('comes back from JSON as it was', () => {
    const parsed = parsePolicyIr(JSON.parse(JSON.stringify(ir)))
    expect(parsed).toEqual(ir)
    expect(irHash(parsed)).toBe(irHash(ir))
  })

  it('of version 1 is read as it was kept', () => {
    const kept = { ...ir, irVersion: 1 }
    expect(parsePolicyIr(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
  })

  it.each([
    ['of a version to come', { ...ir, irVersion: 3 }],
    ['without a body', { ...ir, bodies: [] }],
    ['with something unknown', { ...ir, colour: 'red' }],
  ])('is refused %s', (_, wrong) => {
    expect(() => parsePolicyIr(wrong)).toThrow()
  })
})

it('ir.schema.json is the published copy of the schema', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('ir.schema.json', import.meta.url), 'utf8'))
  expect(published).toEqual(JSON.parse(JSON.stringify(policyIrJsonSchema())))
})

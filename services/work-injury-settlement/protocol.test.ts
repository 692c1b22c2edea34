import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { messageKinds } from './messages-between.ts'

// docs/protocols/settlement.md against the service: every number that it gives a MUST is in the name of a test, every message and every dated
// value that it names is there, and none is left out.

const folder = new URL('./', import.meta.url)
const protocol = readFileSync(new URL('../../docs/protocols/settlement.md', folder), 'utf8')
const numbers = [...protocol.matchAll(/\*\*(S-\d\d)\*\*/g)].map(([, number = '']) => number)
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts') && name !== 'protocol.test.ts')
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

/** Numbers that no test names. */
function withoutTest(wanted: readonly string[], text: string): string[] {
  const named = new Set(
    [...text.matchAll(/(?:it|describe)(?:\.each\([\s\S]*?\))?\(\s*'([^']*)'/g)].map(([, name]) => name),
  )
  const all = [...named].join('\n')
  return wanted.filter((number) => !all.includes(number))
}

describe('the protocol', () => {
  it('numbers what it demands from one on, each once', () => {
    expect(numbers).toEqual(numbers.map((_, index) => `S-${String(index + 1).padStart(2, '0')}`))
    expect(numbers.length).toBeGreaterThan(40)
  })

  it('demands nothing that no test shows', () => {
    expect(withoutTest(numbers, tests)).toEqual([])
  })

  it('a number that no test names would be seen', () => {
    expect(withoutTest(['S-01', 'S-99'], "it('S-01: holds', () => {})\n// S-99")).toEqual(['S-99'])
  })

  it('names every message, and no other', () => {
    const table = protocol.slice(protocol.indexOf('## Messages'), protocol.indexOf('## Eligibility'))
    const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
    expect(named.map(([, kind]) => `work-injury.${kind}`).sort()).toEqual(Object.values(messageKinds).sort())
  })

  it('names dated values of the service as its time-outs, in their units', () => {
    const values: Record<string, { unit: string }> = parse(readFileSync(new URL('values.yaml', folder), 'utf8'))
    const table = protocol.slice(protocol.indexOf('## Time-outs'))
    const named = [...table.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name = '', unit]) => [name, unit])
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter(([name = '', unit]) => values[name]?.unit !== unit)).toEqual([])
  })
})

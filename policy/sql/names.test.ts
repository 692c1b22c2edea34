import { describe, expect, it } from 'vitest'
import { count, flag, list, record } from '../definition.ts'
import { factNames, NameSpace, plain, quoted } from './names.ts'

describe('names of columns', () => {
  it('are those of the facts in lower case with underscores; what is alike then is told apart', () => {
    const facts = { monthsPaidInFull: flag(), aB: flag(), ab: flag(), a_b: flag(), AB: flag(), 人数: flag() }
    expect([...factNames({ facts }).columns.values()]).toEqual([
      ...['months_paid_in_full', 'a_b', 'ab', 'fact_a_b', 'fact_ab', '人数'],
    ])
  })

  it('are never those by which a query calls an item, and each list has its own fields', () => {
    const bill = record({ nth: count('day'), feePaid: flag() })
    const { columns, fields } = factNames({ facts: { item: list(bill), place: list(bill) } })
    expect([...columns.values()]).toEqual(['fact_item', 'fact_place'])
    expect([...fields.values()].map((names) => [...names.values()])).toEqual([
      ['field_nth', 'fee_paid'],
      ['field_nth', 'fee_paid'],
    ])
  })

  it('have at most 63 bytes, cut between characters, and differ even where they are cut', () => {
    const space = new NameSpace()
    const long = `缴费${'x'.repeat(80)}`
    const names = [long, long, long, '费'.repeat(22)].map((name) => space.add(name, 'fact'))
    expect(names.map((name) => Buffer.byteLength(name))).toEqual([63, 63, 63, 63])
    expect(new Set(names).size).toBe(4)
    expect(names[2]?.endsWith('_2')).toBe(true)
    expect(names[3]).toBe('费'.repeat(21))
  })

  it('are numbered where the rule has none', () => {
    const space = new NameSpace(['condition_1'])
    expect([space.addNumbered('condition'), space.addNumbered('condition')]).toEqual(['condition_2', 'condition_3'])
  })

  it.each([
    ['plain', 'plain', '"plain"'],
    ['Plain', '"Plain"', '"Plain"'],
    ['two words', '"two words"', '"two words"'],
    ['a"b', '"a""b"', '"a""b"'],
    ['1st', '"1st"', '"1st"'],
  ])('%s is quoted where it must be', (name, afterDot, given) => {
    expect([plain(name), quoted(name)]).toEqual([afterDot, given])
  })

  it('cannot be empty or hold the character 0', () => {
    expect(() => quoted('')).toThrow(RangeError)
    expect(() => quoted('a\0b')).toThrow(RangeError)
  })
})

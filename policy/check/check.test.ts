import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { parseFacts } from '../facts.ts'
import type { PolicyBody, PolicyIr } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import { checkPolicy } from './check.ts'
import type { CheckContext } from './context.ts'
import { checked, defects, originals, readDefect, readOriginal } from './defects.testing.ts'
import { type Finding, formatFinding } from './finding.ts'
import { reach } from './reachable.ts'
import { FINDINGS } from './sentences.ts'
import { Terms } from './terms.ts'

const locker = checked(readOriginal('locker.ts.txt'), 'locker.ts')

function codesOf(findings: readonly Finding[], level: Finding['level'] = 'error'): string[] {
  return findings.filter((finding) => finding.level === level).map(({ code }) => code)
}

function lastBody({ bodies }: PolicyIr): PolicyBody {
  const body = bodies.at(-1)
  if (body === undefined) throw new Error('a policy without bodies')
  return body
}

describe('a finding', () => {
  const all = [
    ...originals.map((name) => checked(readOriginal(name), name)),
    ...defects.map((name) => checkedDefect(name)),
  ]

  function checkedDefect(name: string) {
    const { original, text } = readDefect(name)
    return checked(text, original)
  }

  it('has witnesses that decide as they say', () => {
    const witnesses = all.flatMap(({ ir, findings }) =>
      findings.flatMap((each) => each.witnesses.map((one) => ({ ir, ...one }))),
    )
    const decided = witnesses.filter(({ decision }) => decision !== undefined)
    expect(decided.length).toBeGreaterThan(100)
    for (const { ir, facts = {}, values = {}, on, decision } of decided) {
      expect(decide(ir, facts, values, on)).toEqual(decision)
    }
  })

  it('is told whole in both languages', () => {
    for (const { findings } of all) {
      for (const finding of findings) {
        for (const language of ['zh', 'en'] as const) {
          expect(formatFinding(finding, language)).toMatch(/^\w+\.ts(\.txt)?:\d+:\d+ - (error|note) TC\d{4}: [^{]+/)
          expect(formatFinding(finding, language)).not.toMatch(/undefined|\{\w+\}/)
        }
      }
    }
  })

  it('has the same places to fill in in both languages', () => {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()
    for (const { zh, en } of Object.values(FINDINGS)) expect(places(zh)).toEqual(places(en))
  })

  it('is the same each time', () => {
    expect(checkPolicy(locker.ir, locker.context)).toEqual(locker.findings)
  })
})

describe('as of one day', () => {
  const gap: CheckContext = {
    ...locker.context,
    values: locker.context.values.filter(({ name, from }) => name !== 'waitMonths' || from < '2025-01-01'),
  }

  it.each([
    ['2024-12-31', []],
    ['2025-01-01', ['TC1004']],
  ])('what is wrong on %s is %j', (on, codes) => {
    expect(codesOf(checkPolicy(locker.ir, { ...gap, on }))).toEqual(codes)
  })

  it('a body that is over is looked at when it is asked for, by the day', () => {
    const values = locker.context.values.filter(({ name }) => name !== 'monthlyFen')
    const on = (day: string) => checkPolicy(locker.ir, { ...locker.context, values, cases: [], on: day })
    expect(codesOf(on('2023-06-01'))).toEqual(['TC1102'])
    expect(on('2023-06-01').some(({ code }) => code === 'TC4001')).toBe(false)
  })
})

describe('what is no defect', () => {
  it('a condition that a chosen clause makes certain in one half of an outcome', () => {
    const text = `
      import { flag, grant, policy } from '@tongban/policy'
      export const twice = policy({
        id: 'twice', title: { zh: '双', en: 'Twice' }, from: '2024-01-01', clause: 'S1',
        facts: { old: flag(), poor: flag() }, values: {}, results: { both: flag() },
        decide(facts) {
          return grant({ both: facts.old && facts.poor }, facts.old ? 'S2' : 'S3')
        },
      })`
    const [ir] = readPolicies(text, 'twice.ts')
    expect(ir && checkPolicy(ir, { values: [], regions: ['club'] })).toEqual([])
  })

  it('a decision of an item to which only one half of such an outcome comes', () => {
    const text = `
      import { countOf, eachOf, flag, grant, list, policy, record, refuse } from '@tongban/policy'
      export const halves = policy({
        id: 'halves', title: { zh: '半', en: 'Halves' }, from: '2024-01-01', clause: 'S1',
        facts: { books: list(record({ torn: flag() }), { of: 'book', max: 5 }) }, values: {}, results: {},
        items: { list: 'books', results: {} },
        decide(facts) {
          return grant({}, countOf(facts.books, (book) => book.torn) > 0 ? 'S2' : 'S3', eachOf(facts.books, (book) => {
            if (book.torn) return refuse('torn', 'S4')
            return grant({}, 'S1')
          }))
        },
      })`
    const [ir] = readPolicies(text, 'halves.ts')
    expect(ir && checkPolicy(ir, { values: [], regions: ['club'] })).toEqual([])
  })
})

describe('a branch to which no guess comes', () => {
  // The search guesses two different texts and no more.
  const text = `
    import { grant, policy, refuse, text } from '@tongban/policy'
    export const keys = policy({
      id: 'keys', title: { zh: '钥匙', en: 'Keys' }, from: '2024-01-01', clause: 'S1',
      facts: { first: text(), second: text(), third: text() }, values: {}, results: {},
      decide(facts) {
        if (facts.first !== facts.second && facts.second !== facts.third && facts.third !== facts.first) {
          return refuse('all_different', 'S2')
        }
        return grant({}, 'S1')
      },
    })`

  it.each([
    ['no case', [], ['TC4007']],
    ['a case that comes there', [{ first: 'a', second: 'b', third: 'c' }], []],
    ['a case that does not', [{ first: 'a', second: 'b', third: 'b' }], ['TC4007']],
    ['a case of other facts', [{ fourth: 'd' }], ['TC4007']],
  ])('with %s in the table: %j gives %j', (_, facts, codes) => {
    const [ir] = readPolicies(text, 'keys.ts')
    const cases = facts.map((each) => ({ facts: each, on: '2024-06-01' }))
    const findings = ir && checkPolicy(ir, { values: [], regions: ['club'], cases })
    expect(codesOf(findings ?? expect.unreachable(), 'note')).toEqual(codes)
  })
})

describe('what only a hand-made IR can have', () => {
  it('two bodies that are law on one day', () => {
    const [first, second] = locker.ir.bodies
    const ir = { ...locker.ir, bodies: [{ ...first, to: '2024-02-29' }, second] as PolicyBody[] }
    expect(codesOf(checkPolicy(ir, { ...locker.context, cases: [] }))).toContain('TC1001')
  })

  it('a path without an outcome', () => {
    const body = lastBody(locker.ir)
    const ir = { ...locker.ir, bodies: [{ ...body, block: body.block.slice(0, -1) }] }
    const found = checkPolicy(ir, locker.context).find(({ code }) => code === 'TC2003')
    expect(found?.witnesses).toMatchObject([{ problem: 'no outcome' }])
    const [witness] = found?.witnesses ?? []
    expect(() => decide(ir, witness?.facts, witness?.values ?? {}, witness?.on ?? '')).toThrow(/without an outcome/)
  })
})

describe('what is proved', () => {
  it.each(['club-membership.ts', 'court-booking.ts', 'training-grant.ts'] as const)('%s has no error', (file) => {
    const ir = exampleIr(file)
    const declared = new Set(ir.bodies.flatMap(({ values }) => Object.keys(values)))
    const values = Object.entries(exampleValues).flatMap(([name, value]) =>
      declared.has(name) ? { ...value, name } : [],
    )
    expect(codesOf(checkPolicy(ir, { values, regions: ['club'] }))).toEqual([])
  })

  it('every branch and every result of a decision is among what was held to be possible', () => {
    for (const { ir, context, findings } of originals.map((name) => checked(readOriginal(name), name))) {
      const body = lastBody(ir)
      const reached = reach(body, new Terms(body), () => undefined)
      expect(reached.hasGap).toBe(false)
      for (const { facts, on, decision } of findings.flatMap(({ witnesses }) => witnesses)) {
        if (on < body.from || decision?.outcome !== 'granted') continue
        expect(() => parseFacts(body.facts, facts)).not.toThrow()
        for (const [name, { value }] of Object.entries(decision.results)) {
          const possible = reached.results.get(name)
          if (possible?.kind === 'range' && typeof value === 'number') {
            expect(value).toBeGreaterThanOrEqual(possible.min)
            expect(value).toBeLessThanOrEqual(possible.max)
          }
        }
      }
      expect(context.regions.length).toBeGreaterThan(0)
    }
  })
})

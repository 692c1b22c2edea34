import { describe, expect, it } from 'vitest'
import { BadInput } from '../ground/door.ts'
import { loadValues, type ValueFile } from './value-files.ts'
import { resolveValues } from './values.ts'

const national = (text: string): ValueFile => ({ region: '000000', path: 'club/values.yaml', text })
const regional = (region: string, text: string): ValueFile => ({
  region,
  path: `club/regions/${region}/values.yaml`,
  text,
})

const baseline = national(`
validMonths:
  unit: month
  regionOf: insured
  dates:
    - { value: 12, from: 2024-04-01, to: 2025-03-31, source: rule 1 }
    - { value: 6, from: 2025-04-01, source: rule 2, assumed: true, note: open, reviewBy: 2026-12-31 }
dailyLimitFen:
  unit: fen
  regionOf: treatment
  keys: [level]
  dates:
    - { value: { one: 5000, two: 8000 }, from: 2024-04-01, source: rule 3 }
ceilingPpm:
  unit: ppm
  dates:
    - { value: 400000, from: 2024-04-01, to: 2025-03-31, source: rule 4 }
classes:
  unit: choice
  dates:
    - { value: [long_term, referral], from: 2024-04-01, source: rule 5 }
`)

const xinjiang = regional(
  '650000',
  'validMonths: { unit: month, regionOf: insured, dates: [{ value: 24, from: 2024-12-30, source: rule X }] }',
)
const urumqi = regional(
  '650100',
  `dailyLimitFen:
  unit: fen
  regionOf: treatment
  keys: [level]
  dates: [{ value: { one: 1, two: 2 }, from: 2025-01-01, to: 2025-12-31, source: rule U }]`,
)

const problemsOf = (...files: ValueFile[]) => {
  try {
    loadValues(files)
  } catch (error) {
    if (error instanceof BadInput) return error.problems
    throw error
  }
  return []
}

describe('the value that holds', () => {
  const book = loadValues([baseline, xinjiang, urumqi])
  const resolveOne = (name: string, on: string, insuredRegion: string, treatmentRegion = insuredRegion) =>
    resolveValues(book, { names: [name], on, insuredRegion, treatmentRegion })[name]

  it.each([
    ['first day', '2024-04-01', '320100', 12],
    ['last day of the first', '2025-03-31', '320100', 12],
    ['first day of the second', '2025-04-01', '320100', 6],
    ['the day before the region has its own', '2024-12-29', '650102', 12],
    ["the region's own from its first day", '2024-12-30', '650102', 24],
    ["the region's own stands against a later national one", '2025-04-01', '650100', 24],
    ['another region is not touched', '2025-04-01', '660000', 6],
  ])('%s (%s, %s)', (_, on, region, value) => {
    expect(resolveOne('validMonths', on, region)?.value).toBe(value)
  })

  it('carries its unit, source, region and assumption', () => {
    expect(resolveOne('validMonths', '2025-04-01', '320100')).toEqual({
      value: 6,
      unit: 'month',
      from: '2025-04-01',
      source: 'rule 2',
      region: '000000',
      regionOf: 'insured',
      assumed: true,
      note: 'open',
      reviewBy: '2026-12-31',
    })
  })

  it('is asked of the region it belongs to', () => {
    expect(resolveOne('dailyLimitFen', '2025-06-01', '320100', '650102')).toMatchObject({ region: '650100' })
    expect(resolveOne('dailyLimitFen', '2025-06-01', '650100', '320100')).toMatchObject({ region: '000000' })
    expect(resolveOne('dailyLimitFen', '2026-01-01', '320100', '650102')).toMatchObject({ region: '000000' })
    const deciding = { names: ['ceilingPpm'], on: '2024-05-01', insuredRegion: '320100', decidingRegion: '000000' }
    expect(resolveValues(book, deciding).ceilingPpm?.value).toBe(400_000)
  })

  it('is refused, never zero, on a day for which nobody has one', () => {
    const notInForce = expect.objectContaining({
      code: 'value_not_in_force',
      params: { name: 'ceilingPpm', effectiveOn: '2025-04-01', region: '320100' },
    })
    expect(() => resolveOne('ceilingPpm', '2025-04-01', '320100')).toThrowError(notInForce)
    expect(() => resolveOne('validMonths', '2024-03-31', '650100')).toThrowError(
      expect.objectContaining({ code: 'value_not_in_force' }),
    )
  })

  it('is left out where nobody asked for it by name', () => {
    const values = resolveValues(book, { on: '2025-04-01', insuredRegion: '320100' })
    expect(Object.keys(values)).toEqual(['validMonths', 'dailyLimitFen', 'classes'])
  })

  it('must have a name that the book knows', () => {
    expect(() => resolveOne('validMonth', '2025-04-01', '320100')).toThrowError(
      expect.objectContaining({ code: 'bad_input' }),
    )
  })
})

describe('a value that became known later', () => {
  const book = loadValues([
    national(`fee:
  unit: fen
  dates:
    - { value: 100, from: 2024-01-01, source: s }
    - { value: 200, from: 2024-06-01, source: s, publishedOn: 2024-08-01 }`),
  ])
  it.each([
    ['before it was published the old one is told', '2024-07-01', '2024-07-31', 100],
    ['on the day it was published the new one, for a day in the past', '2024-07-01', '2024-08-01', 200],
    ['a day before it holds keeps the old one', '2024-05-31', '2024-08-01', 100],
    ['all that is known', '2024-07-01', undefined, 200],
  ])('%s', (_, on, knownOn, value) => {
    const question = { on, insuredRegion: '320000', ...(knownOn && { knownOn }) }
    expect(resolveValues(book, question).fee?.value).toBe(value)
  })
})

describe('the loader refuses, with place, what was found and what to write', () => {
  const one = (date: string, unit = 'month') => national(`fee:\n  unit: ${unit}\n  dates:\n    - ${date}\n`)

  it.each([
    ['a missing source', one('{ value: 6, from: 2024-04-01 }'), '4:7 fee.dates[0].source', 'string', 'nothing'],
    [
      'an unknown unit',
      one('{ value: 6, from: 2024-04-01, source: s }', 'yuan'),
      '2:9 fee.unit',
      'fen (whole fen)',
      'yuan',
    ],
    [
      'a date that does not exist',
      one('{ value: 6, from: 2025-02-29, source: s }'),
      '4:25 fee.dates[0].from',
      'a calendar date YYYY-MM-DD',
      '2025-02-29',
    ],
    [
      'an end before the start',
      one('{ value: 6, from: 2024-04-01, to: 2024-03-31, source: s }'),
      '4:41 fee.dates[0].to',
      '2024-04-01 or later',
      '2024-03-31',
    ],
    [
      'a fraction',
      one('{ value: 6.5, from: 2024-04-01, source: s }'),
      '4:16 fee.dates[0].value',
      'a whole number, a word, true or false, a list of words, or whole numbers by a key',
      '6.5',
    ],
    [
      'less than nothing',
      one('{ value: -6, from: 2024-04-01, source: s }'),
      '4:16 fee.dates[0].value',
      'a whole number (month), zero or more',
      '-6',
    ],
    [
      'a word for a number',
      one('{ value: six, from: 2024-04-01, source: s }'),
      '4:16 fee.dates[0].value',
      'a whole number (month), zero or more',
      '"six"',
    ],
    [
      'a number for a flag',
      one('{ value: 1, from: 2024-04-01, source: s }', 'flag'),
      '4:16 fee.dates[0].value',
      'true or false',
      '1',
    ],
    [
      'a table without a key',
      one('{ value: { a: 1 }, from: 2024-04-01, source: s }'),
      '4:16 fee.dates[0].value',
      'a whole number (month), zero or more',
      '{"a":1}',
    ],
    [
      'a word that means nothing here',
      one('{ value: 1, from: 2024-04-01, source: s, until: 2025-01-01 }'),
      '4:7 fee.dates[0]',
      'no until',
      '{"value":1,"from":"2024-04-01","source":"s","until":"2025-01-…',
    ],
  ])('%s', (_, file, place, expected, found) => {
    const [problem, ...more] = problemsOf(file)
    expect(more).toEqual([])
    expect(problem?.path).toBe(`club/values.yaml:${place}`)
    expect(problem?.expected).toBe(expected)
    if (!found.endsWith('…')) expect(problem?.found).toBe(found)
  })

  it('text that is not YAML', () => {
    expect(problemsOf(national('fee:\n  unit: month\n  unit: day'))).toEqual([
      { path: 'club/values.yaml:3:3', expected: 'YAML', found: expect.stringContaining('unique') },
    ])
  })

  const twoDates = (secondFrom: string) =>
    national(`fee:
  unit: month
  dates:
    - { value: 6, from: 2024-04-01, to: 2024-06-30, source: s }
    - { value: 7, from: ${secondFrom}, source: s }`)

  it('dates that overlap by one day, but not dates that follow each other', () => {
    expect(problemsOf(twoDates('2024-06-30'))).toEqual([
      {
        path: 'club/values.yaml:5:7 fee.dates[1]',
        expected: 'dates apart from 2024-04-01 to 2024-06-30 (end one before the other begins)',
        found: '2024-06-30 to no end',
      },
    ])
    expect(problemsOf(twoDates('2024-07-01'))).toEqual([])
  })

  it('dates that overlap across two files of one region, but not of two regions', () => {
    expect(problemsOf(xinjiang, xinjiang)).toHaveLength(1)
    expect(problemsOf(baseline, xinjiang)).toEqual([])
  })

  it('two files that disagree on what a value is', () => {
    const other = regional('650000', 'validMonths: { unit: day, dates: [{ value: 1, from: 2024-04-01, source: s }] }')
    expect(problemsOf(baseline, other)).toEqual([
      {
        path: 'club/regions/650000/values.yaml:1:14 validMonths',
        expected: 'unit month, regionOf insured, keys none, as in the first file that has it',
        found: 'unit day, regionOf not said, keys none',
      },
    ])
  })

  it('an unknown region', () => {
    expect(problemsOf(regional('999999', ''))).toMatchObject([{ found: '999999' }])
  })

  it('all problems of all files at once', () => {
    expect(problemsOf(one('{ value: 6 }'), regional('999999', 'a: { unit: percent, dates: [] }'))).toHaveLength(4)
  })
})

describe('six unifications (A2.03): inside Gansu only the province sets values', () => {
  const own = (region: string) =>
    regional(
      region,
      'validMonths: { unit: month, regionOf: insured, dates: [{ value: 3, from: 2024-04-01, source: s }] }',
    )

  it.each([
    ['Gansu itself', '620000', true],
    ['the city of Lanzhou', '620100', false],
    ['a county of Lanzhou', '620102', false],
    ['a city elsewhere', '650100', true],
    ['the nation', '000000', true],
  ])('A2-t4: a file of %s', (_, region, accepted) => {
    const problems = problemsOf(own(region))
    expect(problems.length === 0).toBe(accepted)
    if (!accepted) expect(problems[0]?.expected).toContain('A2.03')
  })

  it('binds work injury, and what does not say that it is of another insurance', () => {
    expect(problemsOf({ ...own('620100'), insurance: 'work_injury' })).toHaveLength(1)
    expect(problemsOf({ ...own('620100'), insurance: 'unemployment' })).toEqual([])
  })
})

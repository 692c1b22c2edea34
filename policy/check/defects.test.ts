import { describe, expect, it } from 'vitest'
import { checked, defects, newFindings, originals, readDefect, readOriginal } from './defects.testing.ts'
import { formatFinding } from './finding.ts'
import { FINDINGS } from './sentences.ts'

describe('the originals', () => {
  it.each(originals)('%s has no error', (name) => {
    const { findings } = checked(readOriginal(name), name)
    expect(findings.filter(({ level }) => level === 'error').map((each) => formatFinding(each, 'en'))).toEqual([])
  })
})

describe('a defect is found, and nothing is called one that is none', () => {
  it.each(defects)('%s', (name) => {
    const defect = readDefect(name)
    expect(newFindings(defect).map((each) => formatFinding(each, 'en'))).toEqual(defect.expected)
  })

  it('has a defect for every code but those that only a hand-made IR can have', () => {
    const shown = defects.flatMap((name) => readDefect(name).expected.map((line) => / (TC\d+): /.exec(line)?.[1]))
    const all = Object.keys(FINDINGS).filter((code) => !shown.includes(code))
    expect(all).toEqual(['TC1001', 'TC2003'])
  })
})

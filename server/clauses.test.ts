import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { must } from '../ground/door.ts'
import { citationsOf, clauseProblems, clauseTiesOf } from './clauses.ts'
import { openServiceRules } from './services.ts'

const [someService] = await openServiceRules()
const service = must(someService, 'a service')
const clauses = [...new Set(citationsOf(service).map(({ clause }) => clause))]

const folder = mkdtempSync(join(tmpdir(), 'tongban-clauses-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The same rules with another file of ties. */
function tiedAs(text: string) {
  writeFileSync(join(folder, 'clauses.yaml'), text)
  return { ...service, folder: pathToFileURL(`${folder}/`) }
}
const all = (tie: string) => clauses.map((clause) => `${clause}: ${tie}`).join('\n')

describe('a rule is active only with its document', () => {
  it('G5-t1: a rule without a linked document cannot be active', () => {
    const problems = clauseProblems(tiedAs('{}'))
    for (const clause of clauses) expect(problems.join('\n')).toContain(`clause ${clause} is tied to no document`)
    expect(clauseProblems(tiedAs(all('{ outside: a made-up law }')))).toEqual([])
  })

  it('G5.02: nor before its document holds', () => {
    // Holds from 2025-07-01; the rule begins before.
    const problems = clauseProblems(tiedAs(all('{ outside: a made-up law, under: inner-mongolia-wage-regulation }')))
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]).toContain('its document inner-mongolia-wage-regulation does not')
    const older = clauseProblems(tiedAs(all('{ outside: a made-up law, under: labour-law }')))
    expect(older).toEqual([])
  })

  it.each([
    ['{ paragraphs: [x-202403/1/p2] }', 'a tie without a digest'],
    ['{ paragraphs: [] }', 'a tie to nothing'],
    ['{ outside: x, under: no-such-document }', 'a named document that there is not'],
  ])('%s: %s is refused', (tie) => {
    expect(() => clauseTiesOf(tiedAs(`A1.01: ${tie}`))).toThrow(`${service.id}/clauses.yaml`)
  })
})

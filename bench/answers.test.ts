import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareAnswers } from './answers.ts'
import { answeredCases, differencesOf } from './cases.ts'
import { ours } from './ours/cases.ts'
import { runOurs } from './ours/population.ts'
import { findC, runC } from './peers/c/c.ts'
import type { CaseEngine } from './peers/cases.ts'
import { runDuckdb } from './peers/duckdb/duckdb.ts'
import { findNumpy, runNumpy } from './peers/numpy/numpy.ts'
import { populationOf, writePopulation } from './population.ts'
import { flatRules, totalsText } from './populations.ts'
import { getRule, ruleIds } from './rules.ts'

/** Every engine answers alike on a small sample; none is timed. Peers are there once `npm run bench` has installed them. */

const CASES = 200
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-bench-test-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const peers = new Map<string, () => Promise<CaseEngine>>([
  ['@gorules/zen-engine', async () => (await import('./peers/zen/zen.ts')).zen],
  ['json-rules-engine', async () => (await import('./peers/json-rules-engine/json-rules-engine.ts')).jsonRulesEngine],
  ['json-logic-engine', async () => (await import('./peers/json-logic/json-logic.ts')).jsonLogic],
  ['@marcbachmann/cel-js', async () => (await import('./peers/cel/cel.ts')).cel],
])
const installed = [...peers].filter(([name]) => existsSync(new URL(`node_modules/${name}/`, import.meta.url)))
for (const name of peers.keys()) {
  if (!installed.some(([known]) => known === name)) console.log(`bench: ${name} is not installed and not compared`)
}
if (findC() === undefined) console.log('bench: there is no gcc; C is not compared')
if (findNumpy() === undefined) console.log('bench: there is no numpy; it is not compared')

describe.each(flatRules)('%s, one case after the other', (id) => {
  const rule = getRule(id)
  const answered = answeredCases(rule, CASES)

  it('every way of the library answers as `decide` does', async () => {
    expect(await differencesByWay(ours)).toEqual(new Map())
  })

  it.each(installed)('%s answers as `decide` does', async (_, load) => {
    expect(await differencesByWay(await load())).toEqual(new Map())
  })

  it('a way that answers otherwise is caught', async () => {
    const [way] = (await ours(rule, answered.cases)) ?? []
    if (way === undefined) throw new Error('the library has no way')
    const wrong = { ...way, answer: async (place: number) => ({ ...(await way.answer(place)), reason: 'made_up' }) }
    expect(await differencesOf(wrong, answered)).toHaveLength(CASES)
  })

  async function differencesByWay(engine: CaseEngine): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>()
    for (const way of (await engine(rule, answered.cases)) ?? []) {
      const differences = await differencesOf(way, answered)
      if (differences.length > 0) found.set(way.label, differences.slice(0, 3))
    }
    return found
  }
})

describe('populations', () => {
  it('every engine stores the same outcomes and the same fen, at the edges of every figure too', async () => {
    const reports = await compareAnswers({ rows: 3_000, edgeRows: 3_000, folder, threads: 1 })
    expect(reports.flatMap(({ rule, differences }) => differences.map((each) => `${rule} ${each}`))).toEqual([])
    expect(reports.map(({ rule }) => rule)).toEqual([...flatRules])
  }, 120_000)

  it.each(ruleIds)(
    'every engine gives the same totals of %s, DuckDB by both queries',
    async (id) => {
      const rows = 2_000
      const job = { rule: id, folder: join(folder, `${id}-totals`), rows, threads: 2, runs: 1 } as const
      writePopulation(job.folder, populationOf(getRule(id), rows))
      const runs = [
        ...[await runOurs(job, 'wasm'), await runOurs(job, 'javascript')],
        ...[...(await runDuckdb(job, 'hand')), ...(await runDuckdb(job, 'generator'))],
        ...(id === 'skill-subsidy' || findC() === undefined ? [] : [runC(job)]),
        ...(id === 'skill-subsidy' || findNumpy() === undefined ? [] : [runNumpy(job)]),
      ]
      expect(new Set(runs.map(totalsText)).size).toBe(1)
    },
    60_000,
  )
})

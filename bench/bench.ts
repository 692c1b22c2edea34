/**
 * `npm run bench`: peers and ours in one run, on the same data, answers compared before any time counts; writes RESULTS.md. With `--full` the
 * nation as well (16 GB of memory); with `--quick` a tenth of the people, to see that everything runs, and nothing is written.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareAnswers } from './answers.ts'
import { measureCases } from './decisions.ts'
import { measureLengths, measureNations, measurePersons } from './growth.ts'
import { describeMachine } from './machine.ts'
import { measurePopulations, type Scale } from './populations.ts'
import { writeReport } from './report.ts'
import { manyPoliciesReport, runTask } from './tasks.ts'

const options = new Set(process.argv.slice(2))
const unknown = [...options].filter((option) => !['--full', '--quick'].includes(option))
if (unknown.length > 0) {
  console.error(`bench: ${unknown.join(' ')} is no option; there are --full and --quick`)
  process.exit(2)
}

installPeers()
const folder = mkdtempSync(join(tmpdir(), 'tongban-bench-'))
try {
  const isQuick = options.has('--quick')
  const tenth = isQuick ? 10 : 1
  const scale: Scale = {
    rows: 10_000_000 / tenth,
    edgeRows: 2_000_000 / tenth,
    duckdbRows: 2_000_000 / tenth,
    listRows: 1_000_000 / tenth,
    runs: isQuick ? 3 : 5,
    threads: Math.min(2, availableParallelism()),
    folder,
  }
  const machine = describeMachine()
  const answers = await step('answers', () => compareAnswers(scale))
  const populations = await step('populations', () => measurePopulations(scale))
  const cases = await step('single decisions', () => measureCases(scale.runs))
  const many = { is: 'many policies', count: 1_000, runs: scale.runs } as const
  const manyPolicies = await step('1,000 policies', () => runTask(many, manyPoliciesReport))
  const persons = await step('growth with persons', () => measurePersons(folder, scale.rows, scale.runs))
  const lengths = await step('growth with the length of a rule', () => measureLengths(scale.runs))
  const nations = options.has('--full') ? await step('a nation', () => measureNations(scale.threads)) : []
  const report = writeReport({ machine, scale, answers, populations, cases, manyPolicies, persons, lengths, nations })
  if (!isQuick) writeFileSync(new URL('RESULTS.md', import.meta.url), report)
  console.log(`\n${report}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The peers have a lock file of their own, so that whoever only starts the product does not carry them. */
function installPeers(): void {
  const here = fileURLToPath(new URL('./', import.meta.url))
  if (existsSync(join(here, 'node_modules', '.package-lock.json'))) return
  console.log('bench: installing the peers (npm ci) ...')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  process.stdout.write(`bench: ${what} ... `)
  const done = await work()
  console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s`)
  return done
}

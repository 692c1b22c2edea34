import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ResolvedValues } from '../../../policy/door.ts'
import { type PopulationJob, type PopulationRun, populationRun } from '../../measure.ts'
import { getRule } from '../../rules.ts'
import { type PlainValue, type RegionalValue, regionalValues } from '../values.ts'

/** Vectors wherever the compiler finds them; floating point may neither trap nor set errno, which nothing here looks at. */
const flags = ['-std=gnu11', '-O3', '-march=native', '-fno-trapping-math', '-fno-math-errno']

/** The first line of the compiler's version; undefined where there is no gcc. */
export function findC(): string | undefined {
  const { status, stdout } = spawnSync('gcc', ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.split('\n')[0] : undefined
}

/** Runs the formula of a rule written in C, its values compiled in. */
export function runC(job: PopulationJob): PopulationRun {
  return run(job, job.stored ? 'stored' : 'totals')
}

/** Only reads the same columns and adds them up: what memory alone allows. */
export function runPlainSum(job: PopulationJob): PopulationRun {
  return run(job, 'sum')
}

function run(job: PopulationJob, mode: string): PopulationRun {
  const parameters = [job.folder, job.rows, job.threads, mode, job.runs, ...(job.keepIn ? [job.keepIn] : [])]
  return populationRun.parse(JSON.parse(execFileSync(build(job), parameters.map(String), { encoding: 'utf8' })))
}

function build({ rule, folder }: PopulationJob): string {
  const here = fileURLToPath(new URL('./', import.meta.url))
  const built = join(folder, 'c')
  mkdirSync(built, { recursive: true })
  writeFileSync(join(built, 'values.h'), headerOf(getRule(rule).sets))
  const program = join(built, 'run')
  const sources = [join(here, 'run.c'), join(here, `${rule}.c`)]
  execFileSync('gcc', [...flags, '-I', built, '-I', here, '-o', program, ...sources, '-lpthread', '-lm'])
  return program
}

/**
 * Values as macros of the region, and of the key where they are tables: `baseMin(r)`, `rate(r, k)`. Where there is one region they are
 * figures and arrays: `monthsMin`, `rate[k]`.
 */
function headerOf(sets: readonly ResolvedValues[]): string {
  const lines = Object.entries(regionalValues(sets)).map(([name, value]) =>
    sets.length > 1 ? regionalMacro(name, value) : plainMacro(name, 'all' in value ? value.all : []),
  )
  return `${lines.join('\n')}\n`
}

function plainMacro(name: string, value: PlainValue): string {
  return typeof value === 'number' ? `#define ${name} ${value}` : `static const int ${name}[] = ${written(value)};`
}

function regionalMacro(name: string, value: RegionalValue): string {
  if ('all' in value) {
    if (typeof value.all === 'number') return `#define ${name}(r) ${value.all}`
    return `static const int ${name}_all[] = ${written(value.all)};\n#define ${name}(r, k) ${name}_all[k]`
  }
  const keys = value.each[0]
  if (typeof keys === 'number') {
    return `static const int ${name}_each[] = ${written(value.each)};\n#define ${name}(r) ${name}_each[r]`
  }
  const size = keys?.length ?? 0
  return `static const int ${name}_each[][${size}] = ${written(value.each)};\n#define ${name}(r, k) ${name}_each[r][k]`
}

function written(value: PlainValue | readonly PlainValue[]): string {
  return typeof value === 'number' ? String(value) : `{${value.map(written).join(', ')}}`
}

import { readFileSync } from 'node:fs'
import { BadInput, businessDate, isPlainDate, type Language, systemClock } from '../../ground/door.ts'
import { findRegion } from '../../law/door.ts'
import { type PolicyIr, ReadProblems, readPolicies } from '../../policy/door.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { populationOf } from '../population.ts'
import { openServiceRules } from '../services.ts'
import { simulatePolicy, type ValueChange } from '../simulation.ts'
import { simulationJson, simulationLines } from './simulation-lines.ts'

/** The options of `tongban simulate`, as typed. */
export type SimulateOptions = {
  set: string[]
  rule?: string
  region: string[]
  on?: string
  people: string
  seed: string
  amount?: string
  json?: boolean
  lang: Language
}

/**
 * Tries other values, or another rule, on synthetic people, without server or database, and prints what it would cost, who would win and who
 * would lose. Exit code 0 when it ran, 2 for input that does not parse (`{problems: [...]}` on standard error), 130 when interrupted.
 */
export async function simulate(policy: string, options: SimulateOptions): Promise<number> {
  const services = await openServiceRules()
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  try {
    const service = getServiceOfPolicy(services, policy)
    const on = options.on ?? populationOf(service.folder, policy).on ?? businessDate(systemClock.now())
    if (!isPlainDate(on)) throw new BadInput([{ path: 'on', expected: 'a calendar date YYYY-MM-DD', found: on }])
    const rule = options.rule === undefined ? undefined : readRule(options.rule, policy)
    const question = {
      ...{ policy, on, people: wholeNumber('people', options.people), seed: wholeNumber('seed', options.seed) },
      changes: options.set.map(parseChange),
      ...(options.region.length > 0 && { regions: options.region.map(knownRegion) }),
      ...(rule && { rule }),
      ...(options.amount !== undefined && { amount: options.amount }),
    }
    const answer = await simulatePolicy(service, question, { onProgress: showProgress, signal: interrupted.signal })
    clearProgress()
    const text = options.json
      ? simulationJson(question, answer)
      : simulationLines(service, question, answer, options.lang).join('\n')
    console.log(text)
    return 0
  } catch (error) {
    clearProgress()
    if (interrupted.signal.aborted) return 130
    const problems = error instanceof BadInput ? error.problems : outOfRange(error)
    if (!problems) throw error
    console.error(JSON.stringify({ problems }, null, 2))
    return 2
  }
}

/** A comparison that has no amount to compare is the caller's to mend. */
function outOfRange(error: unknown) {
  return error instanceof RangeError
    ? [{ path: 'amount', expected: 'a result of the policy', found: error.message }]
    : undefined
}

function parseChange(text: string): ValueChange {
  const [, name, key, value] = /^([A-Za-z]\w*)(?:\.([^=]+))?=(.+)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new BadInput([{ path: 'set', expected: 'name=value or name.key=value', found: text }])
  }
  return { name, ...(key === undefined ? {} : { key }), value: parseContent(value) }
}

/** Figures and yes or no as such; anything else is a word or a date. */
function parseContent(text: string): ValueChange['value'] {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+$/.test(text) ? Number(text) : text
}

function wholeNumber(path: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new BadInput([{ path, expected: 'a whole number', found: text }])
}

function knownRegion(code: string): string {
  if (findRegion(code)) return code
  throw new BadInput([{ path: 'region', expected: 'a region of GB/T 2260, six digits', found: code }])
}

function readRule(path: string, policy: string): PolicyIr {
  const found = readSource(path)
  try {
    const rule = readPolicies(found, path).find(({ id }) => id === policy)
    if (rule) return rule
  } catch (error) {
    if (!(error instanceof ReadProblems)) throw error
    throw new BadInput(
      error.problems.map(({ file, line, column, found: what, instead }) => ({
        path: `${file}:${line}:${column}`,
        expected: instead,
        found: what,
      })),
    )
  }
  throw new BadInput([{ path: 'rule', expected: `a file with the policy '${policy}'`, found: path }])
}

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BadInput([{ path: 'rule', expected: 'a file that can be read', found: path }])
  }
}

function showProgress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${String(Math.floor(done * 100)).padStart(3)} %`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r      \r')
}

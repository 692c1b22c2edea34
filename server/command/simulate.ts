import { BadInput, type Language } from '../../ground/door.ts'
import { findRegion } from '../../law/door.ts'
import { type PolicyIr, ReadProblems, readPolicies } from '../../policy/door.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { populationOf } from '../population.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'
import { type SimulationControl, simulatePolicy, type ValueChange } from '../simulation.ts'
import { readDay, readText, tellProblems } from './rule-input.ts'
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
 * would lose. Exit code 0 when it ran, 2 for input that does not parse and values that nobody has set (`{problems: [...]}` on standard error),
 * 130 when interrupted.
 */
export async function simulate(policy: string, options: SimulateOptions): Promise<number> {
  const services = await openServiceRules()
  return runInterruptibly(options, (control) =>
    simulateAndPrint(getServiceOfPolicy(services, policy), policy, options, control),
  )
}

/**
 * Runs what tells its progress and can be interrupted (Ctrl-C). Exit code 0 when it ran, 2 for what the caller can mend (`tellProblems`), 130 when
 * interrupted.
 */
export function runInterruptibly(
  options: Pick<SimulateOptions, 'lang'>,
  run: (control: SimulationControl) => Promise<void>,
): Promise<number> {
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  return tellProblems(options, async () => {
    try {
      await run({ onProgress: showProgress, signal: interrupted.signal })
      return 0
    } catch (error) {
      clearProgress()
      if (interrupted.signal.aborted) return 130
      throw error
    }
  })
}

async function simulateAndPrint(
  service: ServiceRules,
  policy: string,
  options: SimulateOptions,
  control: SimulationControl,
) {
  const on = readDay(options.on ?? populationOf(service.folder, policy).on)
  const rule = options.rule === undefined ? undefined : readRule(options.rule, policy)
  const question = {
    ...{ policy, on, people: wholeNumber('people', options.people), seed: wholeNumber('seed', options.seed) },
    changes: options.set.map(parseChange),
    ...(options.region.length > 0 && { regions: [...new Set(options.region.map(knownRegion))] }),
    ...(rule && { rule }),
    ...(options.amount !== undefined && { amount: options.amount }),
  }
  const answer = await simulatePolicy(service, question, control)
  clearProgress()
  console.log(
    options.json
      ? simulationJson(question, answer)
      : simulationLines(service, question, answer, options.lang).join('\n'),
  )
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

/** A whole number as typed. Throws `BadInput` naming `path`. */
export function wholeNumber(path: string, text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw new BadInput([{ path, expected: `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`, found: text }])
}

function knownRegion(code: string): string {
  if (findRegion(code)) return code
  throw new BadInput([{ path: 'region', expected: 'a region of GB/T 2260, six digits', found: code }])
}

function readRule(path: string, policy: string): PolicyIr {
  const source = readText('rule', path)
  try {
    const rule = readPolicies(source, path).find(({ id }) => id === policy)
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

function showProgress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${String(Math.floor(done * 100)).padStart(3)} %`)
}

/** Takes away what `showProgress` told. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r      \r')
}

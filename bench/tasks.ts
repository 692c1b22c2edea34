import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { populationJob } from './measure.ts'
import { ruleIds } from './rules.ts'

/** Engines that decide one case after the other. */
export const caseEngineNames = ['ours', 'zen', 'json-rules-engine', 'json-logic', 'cel'] as const
export type CaseEngineName = (typeof caseEngineNames)[number]

/** What a process of its own is asked to do, so that no engine runs on what another has left behind. */
export const task = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('population'), engine: z.enum(['wasm', 'javascript']), job: populationJob }),
  z.strictObject({ is: z.literal('duckdb'), author: z.enum(['generator', 'hand']), job: populationJob }),
  z.strictObject({
    is: z.literal('cases'),
    engine: z.enum(caseEngineNames),
    rule: z.enum(ruleIds),
    count: z.int(),
    runs: z.int(),
  }),
  z.strictObject({
    is: z.literal('nation'),
    rule: z.enum(ruleIds),
    rows: z.int(),
    threads: z.int(),
    stored: z.boolean(),
    runs: z.int(),
  }),
  z.strictObject({ is: z.literal('many policies'), count: z.int(), runs: z.int() }),
  z.strictObject({ is: z.literal('length of a rule'), statements: z.int(), runs: z.int() }),
])
export type Task = z.infer<typeof task>

/** What came of the cases, one entry for each way of using the engine; none for a rule that it cannot say. */
export const casesReport = z.array(
  z.object({
    label: z.string(),
    explains: z.boolean(),
    /** Of one decision. */
    nanoseconds: z.number(),
    /** Cases that were answered otherwise than by `decide`. */
    differences: z.array(z.string()),
  }),
)
export type CasesReport = z.infer<typeof casesReport>

/** What a nation takes, and the most memory that the process ever held. */
export const nationReport = z.object({
  milliseconds: z.array(z.number()),
  bytesPerRow: z.number(),
  peakBytes: z.number(),
})
export type NationReport = z.infer<typeof nationReport>

/** Milliseconds for all of the policies together. */
export const manyPoliciesReport = z.object({
  policies: z.int(),
  /** Source text to IR. */
  read: z.number(),
  /** IR to code that traces. */
  prepared: z.number(),
  /** IR to WebAssembly. */
  kernels: z.number(),
  /** One person decided by each, in slots; the same with the slots as JSON; the same told in sentences. */
  traced: z.number(),
  tracedAsJson: z.number(),
  told: z.number(),
})
export type ManyPoliciesReport = z.infer<typeof manyPoliciesReport>

/** What a rule of so many statements takes. */
export const lengthReport = z.object({
  readMilliseconds: z.number(),
  traceNanoseconds: z.number(),
  kernelNanosecondsPerRow: z.number(),
})
export type LengthReport = z.infer<typeof lengthReport>

const execute = promisify(execFile)
const child = fileURLToPath(new URL('child.ts', import.meta.url))
/** Node keeps the library compiled between the many processes of a run. */
const environment = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'tongban-bench-compiled') }

/** Runs a task in a process of its own. Throws with what the process has written when it fails. */
export async function runTask<T>(asked: Task, report: z.ZodType<T>): Promise<T> {
  const parameters = ['--disable-warning=ExperimentalWarning', child, JSON.stringify(asked)]
  const { stdout } = await execute(process.execPath, parameters, { maxBuffer: 2 ** 28, env: environment })
  return report.parse(JSON.parse(stdout))
}

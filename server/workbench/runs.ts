import { z } from 'zod'
import {
  type Id,
  type Instant,
  inTransaction,
  type Node,
  newId,
  Refusal,
  schemaDate,
  systemActor,
} from '../../ground/door.ts'
import { endsOf, type GroupComparison, irHash, type PolicyBody, valuesHash } from '../../policy/door.ts'
import { ruleToTry } from '../rule-to-try.ts'
import type { ServiceRules } from '../services.ts'
import { type SimulationAnswer, type SimulationQuestion, simulatePolicy } from '../simulation.ts'
import type { ServerTables } from '../tables.ts'
import { simulateInThread } from './in-thread.ts'

/** What a run was asked for. */
export const runQuestion = z.object({
  policy: z.string(),
  on: schemaDate,
  people: z.int(),
  seed: z.int(),
  changes: z.array(
    z.object({
      name: z.string(),
      key: z.string().exactOptional(),
      value: z.union([z.number(), z.string(), z.boolean()]),
    }),
  ),
})
export type RunQuestion = z.infer<typeof runQuestion>

const sum = z.string().describe('whole, as decimal text')
const side = z.object({ cost: sum, granted: z.int(), ends: z.array(z.int()) })
const moved = z.object({ rows: z.int(), sum })
const group = z.object({
  rows: z.int(),
  ...{ before: side, after: side, winners: moved, losers: moved },
  ...{ unchanged: z.int(), newlyGranted: z.int(), noLongerGranted: z.int() },
})

/** What came out of a run; groups and regions in the same order. */
export const runResult = z.object({
  amount: z.string().nullable(),
  regions: z.array(z.string()),
  all: group,
  groups: z.array(group),
  bins: z.array(z.object({ from: z.number(), to: z.number(), rows: z.int() })),
  ends: z.array(
    z.object({ outcome: z.enum(['grant', 'refuse', 'refer']), reason: z.string().nullable(), clause: z.string() }),
  ),
})
export type RunResult = z.infer<typeof runResult>

/** A run that is kept. */
export type KeptRun = {
  id: Id
  question: RunQuestion
  irHash: string
  valuesHashes: Record<string, string>
  startedBy: Id
  startedAt: Instant
  finishedAt: Instant
  result: RunResult
}

/** The run that is at work. `failed` is told until the next begins. */
export type CurrentRun = { id: Id; policy: string; startedBy: Id; startedAt: Instant; done: number; failed: boolean }

/** The exact runs of a node: one at a time, each in a thread of its own, kept once it is finished. */
export type RunDesk = {
  /** Refuses `policy_run_going`; throws what `simulatePolicy` throws for a question that cannot be answered. */
  start(service: ServiceRules, question: RunQuestion, by: Id): Promise<CurrentRun>
  current(): CurrentRun | null
  /** Ends the run that is at work; nothing of it is kept. Refuses `policy_run_over` where another or none is. */
  cancel(id: Id): void
  close(): void
}

/** The desk of a node. `onFailure` is told why a run did not finish. */
export function runDesk(node: Node, onFailure: (error: unknown) => void): RunDesk {
  let current: CurrentRun | null = null
  let abort = new AbortController()
  return {
    async start(service, question, by) {
      if (current && !current.failed) throw new Refusal('policy_run_going')
      const asked = engineQuestion(service, question)
      const run = {
        id: newId(node.clock, node.random),
        policy: question.policy,
        startedBy: by,
        startedAt: node.clock.now(),
      }
      const going: CurrentRun = { ...run, done: 0, failed: false }
      current = going
      abort = new AbortController()
      const { signal } = abort
      try {
        // What is wrong with the question is said at once, and not by the thread.
        await simulatePolicy(service, { ...asked, people: 1 })
      } catch (error) {
        current = null
        throw error
      }
      const onProgress = (done: number) => {
        going.done = done
      }
      simulateInThread(service, asked, { onProgress, signal })
        .then(async (answer) => {
          if (signal.aborted) return
          await keep(node, { ...run, question, ...hashes(service, question), result: told(answer) })
          if (current === going) current = null
        })
        .catch((error: unknown) => {
          if (signal.aborted) return
          going.failed = true
          onFailure(error)
        })
      return going
    },
    current: () => current,
    cancel(id) {
      if (current?.id !== id) throw new Refusal('policy_run_over')
      abort.abort()
      current = null
    },
    close: () => abort.abort(),
  }
}

/** The outcomes alone are compared where no result stands for the whole. */
function engineQuestion(service: ServiceRules, question: RunQuestion): SimulationQuestion {
  const { body } = ruleToTry(service, question.policy, question.on)
  return { ...question, ...(body.total === undefined && { amount: null }) }
}

function hashes(service: ServiceRules, { policy, on }: RunQuestion) {
  const { ir, regions, sets } = ruleToTry(service, policy, on)
  return {
    irHash: irHash(ir),
    valuesHashes: Object.fromEntries(regions.map((region, index) => [region, valuesHash(sets[index] ?? {})])),
  }
}

function told({ comparison, regions, before }: SimulationAnswer): RunResult {
  return {
    ...{ amount: comparison.amount, regions, bins: [...comparison.changes.bins], ends: endsTold(before) },
    all: groupTold(comparison.all),
    groups: comparison.groups.map(groupTold),
  }
}

function endsTold(body: PolicyBody): RunResult['ends'] {
  return endsOf(body).map((end) => ({
    ...{ outcome: end.do, clause: end.clause },
    reason: end.do === 'grant' ? null : end.reason,
  }))
}

function groupTold({ before, after, winners, losers, ...counts }: GroupComparison): z.infer<typeof group> {
  const sideTold = ({ cost, granted, ends }: GroupComparison['before']) => ({
    cost: String(cost),
    granted,
    ends: [...ends],
  })
  const movedTold = ({ rows, sum: all }: GroupComparison['winners']) => ({ rows, sum: String(all) })
  return {
    ...counts,
    ...{ before: sideTold(before), after: sideTold(after) },
    ...{ winners: movedTold(winners), losers: movedTold(losers) },
  }
}

async function keep(node: Node, run: Omit<KeptRun, 'finishedAt'>): Promise<void> {
  await inTransaction(node, systemActor, async (work) => {
    await work.db
      .$extendTables<ServerTables>()
      .insertInto('server.policy_run')
      .values({
        ...{ id: run.id, policy: run.question.policy, question: JSON.stringify(run.question), ir_hash: run.irHash },
        ...{ values_hashes: JSON.stringify(run.valuesHashes), started_by: run.startedBy, started_at: run.startedAt },
        ...{ finished_at: work.now, result: JSON.stringify(run.result) },
      })
      .execute()
  })
}

const keptShown = 20

/** The latest runs of a policy, the newest first. */
export async function keptRuns(node: Node, of: { policy: string } | { id: Id }): Promise<KeptRun[]> {
  const rows = await inTransaction(node, systemActor, async ({ db }) => {
    const tables = db.$extendTables<ServerTables>()
    const runs = tables.selectFrom('server.policy_run').selectAll().orderBy('finished_at', 'desc').limit(keptShown)
    return ('id' in of ? runs.where('id', '=', of.id) : runs.where('policy', '=', of.policy)).execute()
  })
  return rows.map((row) => ({
    ...{ id: row.id, question: runQuestion.parse(row.question), irHash: row.ir_hash },
    valuesHashes: z.record(z.string(), z.string()).parse(row.values_hashes),
    ...{ startedBy: row.started_by, startedAt: row.started_at, finishedAt: row.finished_at },
    result: runResult.parse(row.result),
  }))
}

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  inTransaction,
  must,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  schemaInstant,
  systemActor,
} from '../../ground/door.ts'
import { getUser } from '../../people/door.ts'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { languageOf } from '../http/language.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { runReport } from '../workbench/report.ts'
import { type CurrentRun, type KeptRun, keptRuns, runDesk, runQuestion, runResult } from '../workbench/runs.ts'

/** Who may have the server work for them: whoever sets values, and whoever answers for the outcome. Everybody else has the page. */
const callers = ['values_admin', 'supervisor']

/** Cases of one run: their columns and outcomes take a few hundred bytes each while it runs. */
const casesMax = 5_000_000
const startLimit = { max: 10, timeWindow: '10 minutes' }

const started = runQuestion.omit({ policy: true, seed: true }).extend({
  on: schemaDate,
  people: z.int().min(1).max(casesMax),
  changes: runQuestion.shape.changes.max(50),
})
const current = z
  .object({ id: schemaId, policy: z.string(), startedAt: schemaInstant, done: z.number(), failed: z.boolean() })
  .meta({ id: 'CurrentPolicyRun' })
const kept = z
  .object({
    id: schemaId,
    question: runQuestion,
    irHash: z.string(),
    valuesHashes: z.record(z.string(), z.string()),
    startedBy: z.string().describe('the name of who asked for it'),
    startedAt: schemaInstant,
    finishedAt: schemaInstant,
    result: runResult,
  })
  .meta({ id: 'PolicyRun' })

const ofPolicy = z.object({ policyId: z.string() })
const ofRun = z.object({ runId: schemaId })

/** The seed of the workbench and of the command line, so that all three say the same. */
const seed = 1

/** Exact runs on the server: started, looked at, cancelled, and their reports. None of them holds a transaction while it runs. */
export async function policyRunRoutes(app: FastifyInstance, region: RegionNode): Promise<void> {
  const { node, services } = region
  await reportRoute(app, region)
  const desk = runDesk(node, (error) => app.log.error(error))
  app.addHook('preClose', async () => desk.close())
  const operation = { tag: 'policies', callers }
  const currentTold = (run: CurrentRun) => parseInput(current, run)

  const start = {
    ...{ ...operation, method: 'POST' as const, path: '/policies/:policyId/runs', params: ofPolicy, body: started },
    title: { zh: '在服务器上精确测算', en: 'Start an exact run on the server; one at a time' },
    answer: current,
  }
  app.post(start.path, {
    config: { rateLimit: startLimit },
    schema: operationSchema(start),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, callers)
      refuseForgery(request, request.identity.session)
    },
    handler: async (request) => {
      const { policyId } = parseInput(ofPolicy, request.params)
      const question = { ...parseInput(started, request.body), policy: policyId, seed }
      const by = must(request.identity.session, 'a session').userId
      return currentTold(await desk.start(getServiceOfPolicy(services, policyId), question, by))
    },
  })

  const list = {
    ...{ ...operation, method: 'GET' as const, path: '/policies/:policyId/runs', params: ofPolicy },
    title: { zh: '政策的精确测算', en: 'The run that is going on the node, and the latest runs of a policy' },
    answer: z.object({ current: current.nullable(), items: z.array(kept) }),
  }
  app.get(list.path, {
    schema: operationSchema(list),
    preValidation: async (request) => refuseOtherCallers(request.identity, callers),
    handler: async (request) => {
      const { policyId } = parseInput(ofPolicy, request.params)
      const runs = await keptRuns(node, { policy: policyId })
      const going = desk.current()
      const items = await Promise.all(runs.map(async (run) => ({ ...run, startedBy: await nameOf(node, run) })))
      return { current: going && currentTold(going), items }
    },
  })

  const cancel = {
    ...{ ...operation, method: 'POST' as const, path: '/policy-runs/:runId/cancellation', params: ofRun },
    title: { zh: '停止测算', en: 'Stop the run that is going; nothing of it is kept' },
    answer: z.object({ runId: schemaId }),
  }
  app.post(cancel.path, {
    schema: operationSchema(cancel),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, callers)
      refuseForgery(request, request.identity.session)
    },
    handler: async (request) => {
      const { runId } = parseInput(ofRun, request.params)
      desk.cancel(runId)
      return { runId }
    },
  })
}

/** What was found, for whoever reads it elsewhere. */
async function reportRoute(app: FastifyInstance, { node, services }: RegionNode): Promise<void> {
  const operation = { tag: 'policies', callers }
  const report = {
    ...{ ...operation, method: 'GET' as const, path: '/policy-runs/:runId/report', params: ofRun },
    title: { zh: '测算报告（Excel）', en: 'The report of a run, as an Excel workbook' },
    answer: z.string().describe('the file'),
  }
  app.get(report.path, {
    schema: operationSchema(report),
    preValidation: async (request) => refuseOtherCallers(request.identity, callers),
    handler: async (request, reply) => {
      const { runId } = parseInput(ofRun, request.params)
      const [run] = await keptRuns(node, { id: runId })
      if (!run) throw new Refusal('policy_run_over')
      const service = getServiceOfPolicy(services, run.question.policy)
      const content = await runReport(service, run, await nameOf(node, run), languageOf(request))
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header(
          'content-disposition',
          `attachment; filename="${run.question.policy}-${run.finishedAt.slice(0, 10)}.xlsx"`,
        )
        .header('cache-control', 'no-store')
        .send(Buffer.from(content))
    },
  })
}

async function nameOf(node: RegionNode['node'], { startedBy }: KeptRun): Promise<string> {
  return inTransaction(node, systemActor, async (work) => (await getUser(work, startedBy)).displayName)
}

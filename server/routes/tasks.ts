import { z } from 'zod'
import { schemaHandingOver, schemaPuttingBack, schemaTakingUp, type TasksHandled } from '../../cases/door.ts'
import { actorRole, Refusal, schemaId, type Work } from '../../ground/door.ts'
import { colleaguesOf } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { withMaskedNames } from './case-row-names.ts'
import { schemaCaseRow } from './case-shapes.ts'
import { queryFlag, queryLimit, schemaParams } from './shapes.ts'

const callers = ['staff', 'institution', 'employer']

const filter = {
  role: z.string().exactOptional(),
  flow: z.string().exactOptional(),
  personId: schemaId.exactOptional(),
  text: z.string().trim().min(1).max(100).exactOptional(),
  due: z.enum(['overdue', 'today']).exactOptional(),
  held: z.enum(['by_me', 'by_nobody']).exactOptional(),
}

const schemaHandled = z.object({
  handled: z.int(),
  refused: z.array(
    z.object({ caseId: schemaId, number: z.string().nullable(), code: z.string(), params: schemaParams }),
  ),
})

/** The tasks of a desk: listed, taken up, handed over, put back. */
export function taskRoutes({ cases }: Pick<RegionNode, 'cases'>): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/tasks',
      title: { zh: '待办', en: 'Tasks of a role' },
      callers,
      query: z.object({
        ...filter,
        mine: queryFlag.exactOptional(),
        risky: queryFlag.exactOptional(),
        limit: queryLimit(500).exactOptional(),
        offset: z.coerce.number().int().min(0).max(1_000_000).exactOptional(),
      }),
      answer: z.object({
        role: z.string(),
        total: z.int().optional().describe('how many there are, whatever the limit; told with the first of them'),
        items: z.array(schemaCaseRow),
      }),
      handle: async (work, { query }) => ({
        role: query.role ?? actorRole(work.actor),
        ...(!query.offset && { total: await cases.countTasks(work, query) }),
        items: await withMaskedNames(work, await cases.tasks(work, query)),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/tasks/next',
      title: { zh: '领办下一件', en: 'Take up the next task that the caller may do' },
      callers,
      body: z.strictObject({ ...filter, risky: z.boolean().exactOptional() }),
      answer: z.object({ item: schemaCaseRow.nullable() }),
      handle: async (work, { body }) => ({ item: (await cases.takeUpNext(work, body)) ?? null }),
    }),
    handlingRoute(
      'take-up',
      { zh: '领办', en: 'Take tasks up; with a note also from a colleague' },
      schemaTakingUp,
      cases.takeUp,
    ),
    handlingRoute('put-back', { zh: '放回待办', en: 'Put tasks back on the desk' }, schemaPuttingBack, cases.putBack),
    handlingRoute(
      'hand-over',
      { zh: '转交', en: 'Hand tasks over to a colleague of the same desk' },
      schemaHandingOver,
      async (work, body) => {
        await requireColleague(work, body.toUserId)
        return cases.handOver(work, body)
      },
    ),
    serviceRoute({
      method: 'GET',
      path: '/tasks/colleagues',
      title: { zh: '同岗位人员', en: 'Who acts in the same role for the same body, the caller among them' },
      callers,
      answer: z.object({ items: z.array(z.object({ userId: schemaId, displayName: z.string() })) }),
      handle: async (work) => ({ items: await colleaguesOf(work) }),
    }),
  ]
}

/** A route by which several tasks change hands, each by itself. */
function handlingRoute<Body>(
  name: string,
  title: { zh: string; en: string },
  schema: z.ZodType<Body>,
  handleTasks: (work: Work, body: Body) => Promise<TasksHandled>,
): ServiceRoute {
  return serviceRoute({
    ...{ method: 'POST', path: `/tasks/${name}`, title, callers },
    ...{ body: schema, answer: schemaHandled },
    handle: async (work, { body }) => toldOf(await handleTasks(work, body)),
  })
}

async function requireColleague(work: Work, userId: string): Promise<void> {
  const colleagues = await colleaguesOf(work)
  if (!colleagues.some((colleague) => colleague.userId === userId)) throw new Refusal('no_colleague')
}

function toldOf({ handled, refused }: TasksHandled): z.infer<typeof schemaHandled> {
  return {
    handled,
    refused: refused.map(({ caseId, number, refusal }) => ({
      ...{ caseId, number },
      ...{ code: refusal.code, params: refusal.params },
    })),
  }
}

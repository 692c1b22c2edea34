import { z } from 'zod'
import { requireResponsible } from '../../cases/door.ts'
import { schemaDate, schemaFen, schemaId, type Work } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { recordMoney } from './attendance.ts'
import {
  enterProject,
  findListing,
  getProject,
  lastDemand,
  recordDemand,
  removeIneffective,
  reviewProject,
} from './catalogue.ts'
import { classesAnswer, classesOf } from './class-views.ts'
import { getClass } from './classes.ts'
import { takeDemand } from './demand-list.ts'
import { findingsOf, runDetection } from './detect/findings.ts'
import { changeLicenceTerm, getInstitutionOf, institutionsOf, licenseInstitution } from './institutions.ts'
import { lineProblem } from './sheet-file.ts'
import { supervisionFlow } from './supervision/flow.ts'
import { proposalFor } from './supervision/proposal.ts'
import { sanctionsOf } from './supervision/sanctions.ts'
import { moneyKinds, sanctionKinds, trainingFields, trainingTables, violationKinds } from './tables.ts'

const inspectors = ['supervisor', 'review']
const readers = [...inspectors, 'approve', 'audit']
const done = z.object({ done: z.literal(true) })
const text = z.string().trim().min(2).max(200)
const field = z.enum(trainingFields)
const count = z.int().min(0).max(1_000_000)
const projectId = z.object({ projectId: schemaId })

/** What supervision does: licences, the guidance catalogue with its review of effect, findings and what they stand on. */
export function supervisorRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    ...licenceRoutes(),
    ...demandRoutes(),
    ...catalogueRoutes(tools.rulebook),
    ...findingRoutes(tools),
    proposalRoute(tools),
  ]
}

function proposalRoute(tools: ServiceTools): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/cases/:caseId/proposal',
    title: { zh: '处理建议', en: 'What the rule proposes for the violations established in a case' },
    callers: [...inspectors, 'approve'],
    params: z.object({ caseId: schemaId }),
    answer: z.object({
      sanctions: z.array(z.enum(sanctionKinds)),
      subsidyAtStakeFen: schemaFen,
      ruling: z.unknown().describe('a ruling as a case keeps it'),
    }),
    handle: async (work, { params }) =>
      proposalFor(work, tools, await tools.cases().getOf(work, supervisionFlow(tools), params.caseId)),
  })
}

/** Licences: entered, told, extended or ended. */
function licenceRoutes(): ServiceRoute[] {
  const reason = z.string().trim().min(2).max(200)
  return [
    serviceRoute({
      method: 'GET',
      path: '/institutions',
      title: { zh: '培训机构', en: 'Training institutions with their licences and the sanctions that stand' },
      callers: readers,
      answer: z.object({
        items: z.array(
          z.object({
            employerId: schemaId,
            name: z.string(),
            licenceNumber: z.string(),
            licensedFrom: schemaDate,
            licensedTo: schemaDate.nullable(),
            fields: z.array(field),
            sanctions: z.array(z.enum(sanctionKinds)),
          }),
        ),
      }),
      async handle(work) {
        const items = await Promise.all(
          (await institutionsOf(work)).map(async ({ agency: _, ...institution }) => {
            const standing = (await sanctionsOf(work, institution.employerId)).filter(({ endedOn }) => endedOn === null)
            return { ...institution, sanctions: [...new Set(standing.map(({ kind }) => kind))] }
          }),
        )
        return { items }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/classes',
      title: { zh: '培训班', en: 'The classes, the newest first' },
      callers: readers,
      answer: z.object({ items: classesAnswer }),
      handle: async (work) => ({ items: await classesOf(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/institutions',
      title: { zh: '登记办学许可', en: 'Enter the licence of an institution' },
      callers: inspectors,
      body: z.strictObject({
        employerId: schemaId,
        licenceNumber: text,
        licensedFrom: schemaDate,
        licensedTo: schemaDate.nullable(),
        fields: z.array(field).min(1).max(5),
      }),
      answer: done,
      async handle(work, { body }) {
        await licenseInstitution(work, body)
        requireResponsible(work, (await getInstitutionOf(work, body.employerId)).agency)
        return { done: true as const }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/institutions/:employerId/term',
      title: { zh: '延续、缩短或注销办学许可', en: 'Until when a licence goes from now on' },
      callers: inspectors,
      params: z.object({ employerId: schemaId }),
      body: z.strictObject({ licensedTo: schemaDate.nullable(), reason }),
      answer: done,
      async handle(work, { params, body }) {
        requireResponsible(work, (await getInstitutionOf(work, params.employerId)).agency)
        await changeLicenceTerm(work, { ...params, ...body })
        return { done: true as const }
      },
    }),
  ]
}

/** What was counted of vacant posts and wishes. */
function demandRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/demand',
      title: { zh: '用工和培训需求', en: 'The last count of vacant posts and wishes in each occupation' },
      callers: readers,
      answer: z.object({
        items: z.array(
          z.object({ occupation: z.string(), vacancies: count, wishes: count, from: schemaDate, source: z.string() }),
        ),
      }),
      handle: async (work) => ({ items: await lastDemand(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/demand',
      title: { zh: '登记用工和培训需求', en: 'Record vacant posts and wishes of an occupation' },
      callers: inspectors,
      body: z.strictObject({ occupation: text, vacancies: count, wishes: count, from: schemaDate, source: text }),
      answer: done,
      async handle(work, { body }) {
        await recordDemand(work, { agency: ownAgency(work), ...body })
        return { done: true as const }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/demand/list',
      title: { zh: '导入用工和培训需求', en: 'Take over counts from CSV or Excel, line by line' },
      callers: inspectors,
      body: z.strictObject({ contentBase64: z.base64().max(7_000_000) }),
      answer: z.object({ entered: z.int(), problems: z.array(lineProblem) }),
      handle: (work, { body }) =>
        takeDemand(work, { agency: ownAgency(work), content: Buffer.from(body.contentBase64, 'base64') }),
    }),
  ]
}

function catalogueRoutes(rulebook: ServiceTools['rulebook']): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/projects',
      title: { zh: '指导目录', en: 'The projects, and which stand in the guidance catalogue' },
      callers: readers,
      answer: z.object({
        items: z.array(
          z.object({
            projectId: schemaId,
            code: z.string(),
            title: z.string(),
            institution: z.string(),
            field,
            occupation: z.string(),
            level: z.int(),
            isListed: z.boolean(),
          }),
        ),
      }),
      async handle(work) {
        const rows = await trainingTables(work)
          .selectFrom('svc_training_supervision.project')
          .selectAll()
          .orderBy('code')
          .limit(500)
          .execute()
        const items = await Promise.all(
          rows.map(async (row) => ({
            ...{ projectId: row.id, code: row.code, title: row.title, field: row.field },
            ...{ occupation: row.occupation, level: row.level },
            institution: (await getInstitutionOf(work, row.employer_id)).name,
            isListed: (await findListing(work, row.id, work.today)) !== undefined,
          })),
        )
        return { items }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/projects',
      title: { zh: '列入目录', en: 'Enter a project into the guidance catalogue' },
      callers: inspectors,
      body: z.strictObject({
        ...{ employerId: schemaId, code: text, title: text, field, occupation: text },
        ...{ level: z.int().min(1).max(5), hoursMin: z.int().min(1).max(2_000), reason: text },
      }),
      answer: projectId,
      async handle(work, { body }) {
        requireResponsible(work, (await getInstitutionOf(work, body.employerId)).agency)
        return { projectId: await enterProject(work, rulebook, body) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/projects/:projectId/effect',
      title: { zh: '项目成效', en: 'The effect of a project, and what the rule says of it' },
      callers: readers,
      params: projectId,
      answer: z.object({
        effect: z.object({
          ...{ field, vacancies: count, wishes: count, graduates: count, placed: count },
          placementRatePpm: z.int(),
        }),
        ruling: z.unknown().describe('a ruling as a case keeps it'),
      }),
      handle: (work, { params }) => reviewProject(work, rulebook, params.projectId),
    }),
    serviceRoute({
      method: 'POST',
      path: '/projects/:projectId/removal',
      title: { zh: '移出目录（低效无效）', en: 'Remove a project without effect' },
      callers: inspectors,
      params: projectId,
      body: z.strictObject({}),
      answer: z.object({ reason: z.string() }),
      async handle(work, { params }) {
        requireResponsible(work, (await getProject(work, params.projectId)).agency)
        return { reason: await removeIneffective(work, rulebook, params.projectId) }
      },
    }),
  ]
}

function findingRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/detections',
      title: { zh: '立即比对', en: 'Run the detectors now' },
      callers: inspectors,
      body: z.strictObject({}),
      answer: z.object({ found: z.int(), fresh: z.int() }),
      handle: (work) => runDetection(work, tools),
    }),
    serviceRoute({
      method: 'GET',
      path: '/findings',
      title: { zh: '疑点', en: 'What the detectors found, the gravest first' },
      callers: readers,
      query: z.object({ classId: schemaId.optional() }),
      answer: z.object({
        items: z.array(
          z.object({
            findingId: schemaId,
            classId: schemaId,
            classNumber: z.string(),
            rule: z.string(),
            violation: z.enum(violationKinds),
            level: z.enum(['high', 'medium', 'low']),
            personIds: z.array(schemaId),
            evidence: z.array(z.object({ kind: z.string(), id: schemaId })),
            params: z.record(z.string(), z.union([z.string(), z.number()])),
            foundOn: schemaDate,
          }),
        ),
      }),
      async handle(work, { query }) {
        const findings = await findingsOf(work, query)
        const numbers = await trainingTables(work)
          .selectFrom('svc_training_supervision.class')
          .select(['id', 'number'])
          .where('id', 'in', [work.newId(), ...findings.map(({ classId }) => classId)])
          .execute()
        const numberOfClass = new Map(numbers.map(({ id, number }) => [id, number]))
        return { items: findings.map((each) => ({ ...each, classNumber: numberOfClass.get(each.classId) ?? '' })) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/money',
      title: { zh: '登记查获的款项', en: 'Record money around a class that an inspector found' },
      callers: [...inspectors, 'audit'],
      params: z.object({ classId: schemaId }),
      body: z.strictObject({
        personId: schemaId.nullable(),
        kind: z.enum(moneyKinds),
        counterparty: text,
        amountFen: schemaFen.min(1),
        paidOn: schemaDate,
        source: text,
      }),
      answer: done,
      async handle(work, { params, body }) {
        await recordMoney(work, await getClass(work, params.classId), body)
        return { done: true as const }
      },
    }),
  ]
}

function ownAgency({ actor, node }: Work): string {
  return actor.kind === 'staff' ? actor.agency : node.region
}

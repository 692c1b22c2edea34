import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  BadInput,
  inTransaction,
  parseInput,
  schemaDate,
  schemaInstant,
  schemaRegion,
  type Work,
} from '../../ground/door.ts'
import {
  activities,
  activityStateInWords,
  activityStatus,
  advanceListRow,
  counters,
  csvOf,
  currentListRows,
  derivedFigures,
  figureInWords,
  figures,
  getList,
  importListRows,
  type List,
  type ListedRow,
  type ListFile,
  type ListImport,
  listRowVersions,
  lists,
  listTargets,
  quantityInWords,
  readListYaml,
  reportActual,
  reportFields,
  tableOfTrees,
  targetInWords,
  treesOfTable,
} from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { clauseTiesOf } from '../clauses.ts'
import { answerOnce } from '../http/answers.ts'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { keyedRequest, keyOf, operationSchema } from '../http/mount.ts'
import { readTable } from '../http/spreadsheet.ts'
import { fileOf } from '../http/upload.ts'
import type { RegionNode } from '../node.ts'
import { done, schemaBoth, schemaDone } from './shapes.ts'

const importers = ['values_admin', 'supervisor']

/** Which rows: of a region with what holds for the nation, of a requirement or of its whole system (`C7`). */
const schemaListQuery = z.object({
  region: schemaRegion.exactOptional(),
  requirement: z
    .string()
    .regex(/^[A-M]\d+(\.\d+)?$/)
    .exactOptional(),
})

const sourced = {
  id: z.string(),
  region: z.string(),
  requirement: z.string().nullable(),
  source: z.string(),
  note: schemaBoth.nullable(),
  assumed: z.boolean(),
  services: z.array(z.string()).describe('the services whose clauses belong to the same system of requirements'),
}

const schemaRow = z
  .object({
    ...sourced,
    name: schemaBoth,
    state: schemaBoth.nullable(),
    notes: z.array(schemaBoth),
    version: z.int(),
    recordedAt: schemaInstant,
    step: schemaBoth.nullable().describe('what another officer may do to it next'),
  })
  .meta({ id: 'ListedRow' })

const schemaTarget = z
  .object({
    ...sourced,
    indicator: schemaBoth,
    period: schemaBoth,
    comparison: z.enum(['at_least', 'at_most', 'about']),
    shown: schemaBoth,
    value: z.string(),
    unit: z.string(),
    actuals: z.array(
      z.object({
        region: z.string(),
        on: schemaDate,
        outcome: z.enum(['met', 'not_met', 'information']),
        ratioPpm: z.int().nullable(),
        missing: schemaBoth.nullable().describe('what lacks, or what is too much'),
        shown: schemaBoth,
        value: z.string(),
        whole: z.string().nullable(),
        version: z.int(),
      }),
    ),
  })
  .meta({ id: 'TargetWithProgress' })

const schemaFigure = z
  .object({
    ...sourced,
    about: schemaBoth.nullable(),
    period: schemaBoth,
    metric: schemaBoth,
    printed: z.string(),
    shown: schemaBoth,
  })
  .meta({ id: 'PrintedFigure' })

const schemaDerived = z
  .object({
    id: z.string(),
    name: schemaBoth,
    region: z.string(),
    requirement: z.string().nullable(),
    from: z.array(z.string()).describe('the figures that it is calculated from'),
    shown: schemaBoth,
  })
  .meta({ id: 'DerivedFigure' })

const schemaActivity = z
  .object({
    ...sourced,
    name: schemaBoth,
    theme: schemaBoth.nullable(),
    organisers: schemaBoth.nullable(),
    begins: z.string().nullable().describe('as far as it is told: a day, a month or a year'),
    isUnderWay: z.boolean().describe('only told to have begun by then'),
    ends: z.string().nullable(),
    state: z.enum(['not_begun', 'running', 'ended', 'start_unknown']),
    stateInWords: schemaBoth,
    nextOn: schemaDate.nullable(),
  })
  .meta({ id: 'Activity' })

/** Targets, figures, activities, actors and plans: read by everybody, taken a step further by another officer than wrote them. */
export function listRoutes({ services }: RegionNode): ServiceRoute[] {
  const systems = services.map((service) => ({
    id: service.id,
    systems: new Set(Object.keys(clauseTiesOf(service)).map(systemOf)),
  }))
  const told = (row: ListedRow): Told => ({
    ...{ id: row.id, region: row.region, source: row.source },
    requirement: row.requirement ?? null,
    note: row.note ?? null,
    assumed: row.assumed === 'true',
    services: systems
      .filter((each) => row.requirement && each.systems.has(systemOf(row.requirement)))
      .map(({ id }) => id),
  })
  return [...genericRoutes(told), ...readingRoutes(told), countersRoute(), reportRoute(), advanceRoute()]
}

type Told = { [Key in keyof typeof sourced]: z.infer<(typeof sourced)[Key]> }

/** `C7.02` belongs to C7, and so does a service with any clause of it. */
function systemOf(requirement: string): string {
  return requirement.split('.')[0] ?? requirement
}

function genericRoutes(told: (row: ListedRow) => Told): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/lists',
      title: { zh: '登记清单', en: 'The lists that come as files' },
      callers: ['public'],
      answer: z.object({ items: z.array(z.object({ id: z.string(), title: schemaBoth, canAdvance: z.boolean() })) }),
      handle: async () => ({
        items: lists.map(({ id, title, step }) => ({ id, title, canAdvance: step !== undefined })),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/lists/:list/rows',
      title: { zh: '清单条目', en: 'The rows of a list, how each stands today' },
      callers: ['public'],
      params: z.object({ list: z.string() }),
      query: schemaListQuery,
      answer: z.object({ items: z.array(schemaRow) }),
      async handle(work, { params, query }) {
        const list = getList(params.list)
        const kept = await currentListRows(work, list, query)
        return {
          items: kept.map(({ row, version, recordedAt }) => ({
            ...told(row),
            ...list.tell(row, work.today),
            ...{ version, recordedAt },
            step: list.step?.isNext(row) ? list.step.title : null,
          })),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/lists/:list/rows/:id/versions',
      title: { zh: '一条的历次版本', en: 'Every version of a row, the last one first' },
      callers: ['staff'],
      params: z.object({ list: z.string(), id: z.string() }),
      answer: z.object({
        items: z.array(
          z.object({ version: z.int(), recordedAt: schemaInstant, state: schemaBoth.nullable(), name: schemaBoth }),
        ),
      }),
      async handle(work, { params }) {
        const list = getList(params.list)
        const versions = await listRowVersions(work, list, params.id)
        return {
          items: versions.map(({ row, version, recordedAt }) => ({
            ...list.tell(row, work.today),
            ...{ version, recordedAt },
          })),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/lists/:list/file',
      title: { zh: '导出清单', en: 'The rows of a list as a CSV file, as an import takes it' },
      callers: ['public'],
      params: z.object({ list: z.string() }),
      answer: z.object({ name: z.string(), csv: z.string() }),
      async handle(work, { params }) {
        const list = getList(params.list)
        const kept = await currentListRows(work, list)
        return { name: `${list.id}-${work.today}.csv`, csv: csvOf(tableOfTrees(kept.map(({ row }) => ({ ...row })))) }
      },
    }),
  ]
}

function readingRoutes(told: (row: ListedRow) => Told): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/targets',
      title: { zh: '目标与完成情况', en: 'Targets with what was reached of each' },
      callers: ['public'],
      query: schemaListQuery,
      answer: z.object({ items: z.array(schemaTarget) }),
      async handle(work, { query }) {
        const reported = await listTargets(work, query)
        return {
          items: reported.map(({ target, actuals }) => ({
            ...told(target),
            ...{ indicator: target.indicator, period: target.period, comparison: target.comparison },
            ...{ shown: targetInWords(target), value: target.value, unit: target.unit },
            actuals: actuals.map(({ actual, progress, version }) => ({
              ...progress,
              missing:
                progress.missing === null
                  ? null
                  : quantityInWords({ unit: target.unit, qualifier: 'exact', value: progress.missing }),
              ...{ region: actual.region, value: actual.value, whole: actual.whole ?? null, version },
            })),
          })),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/registers/figures',
      title: { zh: '统计数据与推算值', en: 'Headline figures with their qualifiers, and what is derived from them' },
      callers: ['public'],
      query: schemaListQuery,
      answer: z.object({ items: z.array(schemaFigure), derived: z.array(schemaDerived) }),
      async handle(work, { query }) {
        const kept = (await currentListRows(work, figures, query)).map(({ row }) => row)
        const items = kept.map((figure) => ({
          ...told(figure),
          ...{ period: figure.period, metric: figure.metric, printed: figure.printed },
          about: figure.about ?? null,
          shown: figureInWords(figure),
        }))
        return { items, derived: derivedFigures(kept) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/registers/activities',
      title: { zh: '活动日历', en: 'Activities, and how each stands on a day' },
      callers: ['public'],
      query: schemaListQuery.extend({ on: schemaDate.exactOptional() }),
      answer: z.object({ items: z.array(schemaActivity) }),
      async handle(work, { query: { on = work.today, ...query } }) {
        const kept = await currentListRows(work, activities, query)
        return {
          items: kept.map(({ row }) => {
            const status = activityStatus(row, on)
            return {
              ...told(row),
              ...{ name: row.name, theme: row.theme ?? null, organisers: row.organisers ?? null },
              ...{ begins: row.from ?? null, isUnderWay: row.isUnderWay === 'true', ends: row.to ?? null },
              ...{ state: status.state, stateInWords: activityStateInWords(row, status), nextOn: status.nextOn },
            }
          }),
        }
      },
    }),
  ]
}

function countersRoute(): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/registers/counters',
    title: { zh: '服务窗口', en: 'Where to find a person: the service counters, with address and hours' },
    callers: ['public'],
    answer: z.object({
      items: z.array(
        z.object({
          ...{ id: z.string(), region: z.string(), name: schemaBoth },
          ...{ address: schemaBoth, hours: schemaBoth, phone: z.string().nullable() },
        }),
      ),
    }),
    async handle(work) {
      const kept = await currentListRows(work, counters, {})
      return {
        items: kept.map(({ row: { id, region, name, address, hours, phone } }) => ({
          ...{ id, region, name, address, hours, phone: phone ?? null },
        })),
      }
    },
  })
}

function reportRoute(): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/registers/targets/:target/actuals',
    title: {
      zh: '报告完成情况',
      en: 'Report for this region what was reached of a target; again for a day, it is corrected',
    },
    callers: importers,
    params: z.object({ target: z.string() }),
    body: reportFields,
    answer: schemaDone,
    async handle(work, { params, body }) {
      await reportActual(work, params.target, body)
      return done
    },
  })
}

function advanceRoute(): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/lists/:list/rows/:id/advance',
    title: { zh: '批准、推出或报送', en: 'Take a row the next step of its list: approve, release, submit' },
    callers: ['supervisor'],
    params: z.object({ list: z.string(), id: z.string() }),
    answer: z.object({ state: schemaBoth.nullable() }),
    async handle(work, { params }) {
      const list = getList(params.list)
      return list.tell(await advanceListRow(work, list, params.id), work.today)
    },
  })
}

const schemaImported = z.object({ added: z.int(), changed: z.int(), unchanged: z.int() })

/** Imports the file of a list (CSV, Excel or YAML): multipart, one file, whole or not at all. */
export async function listImportRoute(app: FastifyInstance, { node }: RegionNode): Promise<void> {
  const schemaParams = z.object({ list: z.string() })
  app.post('/lists/:list/file', {
    schema: operationSchema({
      method: 'POST',
      path: '/lists/:list/file',
      tag: 'lists',
      title: { zh: '导入清单', en: 'Import rows of a list (multipart, one CSV, Excel or YAML file), all or nothing' },
      callers: importers,
      params: schemaParams,
      answer: schemaImported,
    }),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, importers)
      refuseForgery(request, request.identity.session)
      keyOf(request)
    },
    handler: async (request) => {
      const list = getList(parseInput(schemaParams, request.params).list)
      const { name, content } = await fileOf(request)
      const bytes = await buffer(content)
      const keyed = keyedRequest(request, [list.id, name, bytes.toString('base64')])
      const answer = await inTransaction(node, request.identity.actor, (work) =>
        answerOnce(work, keyed, async () => ({ status: 200, body: await importListFile(work, list, name, bytes) })),
      )
      return answer.body
    },
  })
}

/**
 * Imports a file into a list; what is not named .yaml or .yml is a table. Throws `BadInput` by row and column, and for a file that says it is of
 * another list.
 */
export async function importListFile(work: Work, list: List, name: string, bytes: Buffer): Promise<ListImport> {
  const file: ListFile = /\.ya?ml$/i.test(name)
    ? readListYaml(bytes.toString('utf8'))
    : { rows: treesOfTable(await readTable(bytes)) }
  if (file.list !== undefined && file.list !== list.id) {
    throw new BadInput([{ path: 'list', expected: list.id, found: file.list }])
  }
  return importListRows(work, list, file.rows)
}

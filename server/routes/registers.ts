import { z } from 'zod'
import { schemaDate, schemaFen, schemaId, schemaRegion } from '../../ground/door.ts'
import { provinces } from '../../law/door.ts'
import {
  advanceAgreement,
  agreementFields,
  agreementStatusOn,
  agreementSteps,
  approveMappings,
  catalogueKind,
  importCatalogue,
  listAgreements,
  listCatalogueEntries,
  listControlRules,
  listMappings,
  listPilotAreas,
  listServiceItems,
  mappingRow,
  proposeMappings,
  provincesMissingMinimum,
  recordAgreement,
  rejectMappings,
} from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { done, queryLimit, schemaBoth, schemaDone } from './shapes.ts'

const schemaEntry = z
  .object({
    id: schemaId,
    region: z.string(),
    kind: catalogueKind,
    code: z.string(),
    nameZh: z.string(),
    nameEn: z.string().optional(),
    unit: z.string(),
    priceLimitFen: schemaFen.optional(),
    quantityLimit: z.int().optional(),
    from: schemaDate,
    to: schemaDate.optional(),
    source: z.string(),
  })
  .meta({ id: 'CatalogueEntry' })

const schemaMapping = z
  .object({
    id: schemaId,
    institutionId: schemaId,
    region: z.string(),
    hospitalCode: z.string(),
    hospitalName: z.string(),
    kind: catalogueKind,
    catalogueCode: z.string().nullable(),
    from: schemaDate,
    to: schemaDate.optional(),
    state: z.enum(['proposed', 'approved', 'rejected']),
  })
  .meta({ id: 'CodeMapping' })

const schemaAgreement = z
  .object({
    id: schemaId,
    institutionId: schemaId,
    kind: z.enum(['medical', 'rehabilitation', 'device']),
    region: z.string(),
    agreedOn: schemaDate,
    connectedOn: schemaDate.optional(),
    liveOn: schemaDate.optional(),
    endedOn: schemaDate.optional(),
    source: z.string(),
    status: z.enum(['none', 'agreed', 'connected', 'live', 'ended']),
  })
  .meta({ id: 'Agreement' })

const mappingPlace = { institutionId: schemaId, region: schemaRegion }

/** The dated lists: catalogues, mappings, agreements, pilot areas, control rules, service items. */
export function registerRoutes(): ServiceRoute[] {
  return [...catalogueRoutes(), ...mappingRoutes(), ...agreementRoutes(), ...pilotRoutes(), ...listRoutes()]
}

function catalogueRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/catalogue',
      title: { zh: '目录', en: 'What a catalogue holds for a region on a day' },
      callers: ['public'],
      query: z.object({
        region: schemaRegion.exactOptional(),
        on: schemaDate.exactOptional(),
        kind: catalogueKind.exactOptional(),
        text: z.string().min(1).max(100).exactOptional(),
        limit: queryLimit(200).default(50),
        afterKind: catalogueKind.exactOptional(),
        afterCode: z.string().exactOptional(),
      }),
      answer: z.object({
        items: z.array(schemaEntry),
        next: z.object({ kind: catalogueKind, code: z.string() }).nullable(),
      }),
      async handle(work, { query: { region = work.node.region, on = work.today, afterKind, afterCode, ...rest } }) {
        const after = afterKind && afterCode !== undefined ? { after: { kind: afterKind, code: afterCode } } : {}
        const { entries, next } = await listCatalogueEntries(work, { region, on, ...rest, ...after })
        return { items: entries, next }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/catalogue/import',
      title: { zh: '导入目录', en: 'Import rows into a catalogue, all or nothing' },
      callers: ['catalogue_admin'],
      body: z.strictObject({ region: schemaRegion, rows: z.array(z.unknown()).min(1).max(20_000) }),
      answer: z.object({ added: z.int(), ended: z.int(), unchanged: z.int() }),
      handle: (work, { body }) => importCatalogue(work, body.region, body.rows),
    }),
  ]
}

function mappingRoutes(): ServiceRoute[] {
  const decisions = [
    { path: 'approve', title: { zh: '批准对照', en: 'Approve mappings, all or none' }, decide: approveMappings },
    { path: 'reject', title: { zh: '退回对照', en: 'Reject mappings, all or none' }, decide: rejectMappings },
  ]
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/mappings',
      title: { zh: '三目对照', en: "An institution's codes and the catalogue entries they stand for" },
      callers: ['staff', 'institution'],
      query: z.object({
        institutionId: schemaId,
        state: z.enum(['proposed', 'approved', 'rejected']).exactOptional(),
      }),
      answer: z.object({ items: z.array(schemaMapping) }),
      handle: async (work, { query }) => ({ items: await listMappings(work, query.institutionId, query.state) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/mappings',
      title: { zh: '提出对照', en: 'Propose mappings, all or none' },
      callers: ['institution', 'catalogue_admin'],
      body: z.strictObject({ ...mappingPlace, rows: z.array(mappingRow).min(1).max(5000) }),
      answer: z.object({ ids: z.array(schemaId) }),
      handle: async (work, { body: { rows, ...place } }) => ({ ids: await proposeMappings(work, place, rows) }),
    }),
    ...decisions.map(({ path, title, decide }) =>
      serviceRoute({
        method: 'POST',
        path: `/registers/mappings/${path}`,
        title,
        callers: ['catalogue_admin'],
        body: z.strictObject({ ids: z.array(schemaId).min(1).max(5000) }),
        answer: schemaDone,
        async handle(work, { body }) {
          await decide(work, body.ids)
          return done
        },
      }),
    ),
  ]
}

function agreementRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/agreements',
      title: { zh: '协议机构联网状态', en: 'Agreements, and how far each is today' },
      callers: ['public'],
      query: z.object({
        institutionId: schemaId.exactOptional(),
        within: schemaRegion.exactOptional(),
        kind: z.enum(['medical', 'rehabilitation', 'device']).exactOptional(),
      }),
      answer: z.object({ items: z.array(schemaAgreement) }),
      async handle(work, { query }) {
        const agreements = await listAgreements(work, query)
        return { items: agreements.map((each) => ({ ...each, status: agreementStatusOn(each, work.today) })) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/agreements',
      title: { zh: '登记协议', en: 'Record an agreement' },
      callers: ['staff'],
      body: agreementFields,
      answer: z.object({ agreementId: schemaId }),
      handle: async (work, { body }) => ({ agreementId: await recordAgreement(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/agreements/:agreementId',
      title: { zh: '登记联调、开通、终止', en: 'Record that an institution was connected, went live or left' },
      callers: ['staff'],
      params: z.object({ agreementId: schemaId }),
      body: agreementSteps,
      answer: schemaDone,
      async handle(work, { params, body }) {
        await advanceAgreement(work, params.agreementId, body)
        return done
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/registers/missing-minimum',
      title: { zh: '未达到最低协议机构要求的省份', en: 'Provinces without a rehabilitation or device institution' },
      callers: ['public'],
      query: z.object({ on: schemaDate.exactOptional() }),
      answer: z.object({ items: z.array(z.object({ province: z.string(), missing: z.array(z.string()) })) }),
      async handle(work, { query: { on = work.today } }) {
        const among = work.node.region === '000000' ? provinces().map(({ code }) => code) : [work.node.region]
        return { items: await provincesMissingMinimum(work, among, on) }
      },
    }),
  ]
}

function pilotRoutes(): ServiceRoute[] {
  const schemaArea = z.object({
    province: z.string(),
    prefecture: z.string(),
    goLiveOn: schemaDate,
    source: z.string(),
  })
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/pilot-areas',
      title: { zh: '试点地市', en: 'The pilot prefectures of a province' },
      callers: ['public'],
      query: z.object({ province: schemaRegion }),
      answer: z.object({ items: z.array(schemaArea) }),
      handle: async (work, { query }) => ({ items: await listPilotAreas(work, query.province) }),
    }),
  ]
}

function listRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/control-rules',
      title: { zh: '事中管控规则', en: 'The control rules of a service' },
      callers: ['signed_in'],
      query: z.object({ service: z.string().min(1), on: schemaDate.exactOptional() }),
      answer: z.object({
        items: z.array(
          z.object({
            code: z.string(),
            service: z.string().optional(),
            level: z.string(),
            name: schemaBoth,
            assumed: z.boolean(),
            source: z.string(),
          }),
        ),
      }),
      handle: async (work, { query: { service, on = work.today } }) => ({
        items: await listControlRules(work, service, on),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/registers/service-items',
      title: { zh: '服务事项', en: 'Service items: what is asked, and what no longer is' },
      callers: ['public'],
      query: z.object({
        service: z.string().min(1).exactOptional(),
        level: z.enum(['national', 'local']).exactOptional(),
        on: schemaDate.exactOptional(),
      }),
      answer: z.object({
        items: z.array(
          z.object({
            itemCode: z.string(),
            service: z.string(),
            level: z.string(),
            name: schemaBoth,
            maturity: z.string(),
            proofsAsked: z.array(z.unknown()),
            proofsSaved: z.array(z.unknown()),
            assumed: z.boolean(),
            source: z.string(),
          }),
        ),
      }),
      handle: async (work, { query: { on = work.today, ...query } }) => ({
        items: await listServiceItems(work, on, query),
      }),
    }),
  ]
}

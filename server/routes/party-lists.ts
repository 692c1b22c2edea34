import { z } from 'zod'
import { schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'
import {
  endListing,
  findOccupations,
  findUrgentList,
  importListings,
  importOccupations,
  importUrgentOccupations,
  listingFields,
  listingsOf,
  occupationFields,
  partyLists,
  urgentListFields,
} from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { done, queryLimit, schemaDone } from './shapes.ts'

const writers = ['catalogue_admin']
const rowsMax = 20_000
const schemaImported = z.object({ added: z.int(), unchanged: z.int() })

/** Published lists that name parties, occupations, and those that a region needs urgently. */
export function partyListRoutes(): ServiceRoute[] {
  return [...listingRoutes(), ...occupationRoutes()]
}

function listingRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/listings',
      title: { zh: '单位是否被列入名单', en: 'The lists on which a party stands on a day' },
      callers: ['signed_in'],
      query: z.object({ creditCode: z.string().min(1).max(18), on: schemaDate.exactOptional() }),
      answer: z.object({
        items: z.array(
          z.object({
            id: schemaId,
            list: z.enum(partyLists),
            creditCode: z.string(),
            name: z.string(),
            region: z.string(),
            from: schemaDate,
            to: schemaDate.optional(),
            source: z.string(),
          }),
        ),
      }),
      handle: async (work, { query: { creditCode, on = work.today } }) => ({
        items: await listingsOf(work, creditCode, on),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/listings/import',
      title: { zh: '导入名单', en: 'Import parties on lists of a region, all or nothing' },
      callers: writers,
      body: z.strictObject({ region: schemaRegion, rows: z.array(listingFields).min(1).max(rowsMax) }),
      answer: schemaImported,
      handle: (work, { body }) => importListings(work, body.region, body.rows),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/listings/:listingId/end',
      title: { zh: '移出名单', en: 'A party leaves a list' },
      callers: writers,
      params: z.object({ listingId: schemaId }),
      body: z.strictObject({ to: schemaDate }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await endListing(work, { id: params.listingId, to: body.to })
        return done
      },
    }),
  ]
}

function occupationRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/registers/occupations',
      title: { zh: '职业（工种）', en: 'Occupations by name or code' },
      callers: ['public'],
      query: z.object({ text: z.string().trim().max(100).default(''), limit: queryLimit(200).default(50) }),
      answer: z.object({ items: z.array(occupationFields) }),
      handle: async (work, { query }) => ({ items: await findOccupations(work, query) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/occupations/import',
      title: { zh: '导入职业（工种）', en: 'Import occupations, all or nothing' },
      callers: writers,
      body: z.strictObject({ rows: z.array(occupationFields).min(1).max(rowsMax) }),
      answer: schemaImported,
      handle: (work, { body }) => importOccupations(work, body.rows),
    }),
    serviceRoute({
      method: 'GET',
      path: '/registers/urgent-occupations',
      title: { zh: '急需紧缺职业（工种）', en: 'The occupations that a region needs urgently in a year' },
      callers: ['public'],
      query: z.object({
        region: schemaRegion.exactOptional(),
        year: z.coerce.number().int().min(2000).max(2099),
      }),
      answer: z.object({
        list: urgentListFields
          .omit({ rows: true })
          .extend({ version: z.int(), occupations: z.array(z.object({ code: z.string(), name: z.string() })) })
          .nullable(),
      }),
      handle: async (work, { query: { region = work.node.region, year } }) => ({
        list: (await findUrgentList(work, { region, year })) ?? null,
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/registers/urgent-occupations/import',
      title: {
        zh: '导入急需紧缺职业（工种）',
        en: "Import a region's urgently needed occupations of a year: a new version",
      },
      callers: writers,
      body: urgentListFields,
      answer: z.object({ version: z.int(), count: z.int() }),
      handle: (work, { body }) => importUrgentOccupations(work, body),
    }),
  ]
}

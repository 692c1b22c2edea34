import { z } from 'zod'
import { schemaDate, schemaRegion } from '../../ground/door.ts'
import { addWorkingDays, getRegion, insurance, nationCode, poolingAreasOn, regionsUnder } from '../../law/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { schemaBoth } from './shapes.ts'

const schemaArea = z
  .object({
    code: z.string(),
    name: schemaBoth,
    level: z.enum(['nation', 'province', 'prefecture', 'county']),
    parent: z.string().nullable(),
    assumed: z.boolean().optional(),
  })
  .meta({ id: 'Region' })

/** Regions, pooling areas and the working-day calendar. */
export function lawRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/regions',
      title: { zh: '行政区划', en: 'The regions directly under one; the provinces where none is named' },
      callers: ['public'],
      query: z.object({ under: schemaRegion.default(nationCode) }),
      answer: z.object({ items: z.array(schemaArea) }),
      handle: async (_, { query }) => ({ items: regionsUnder(getRegion(query.under).code) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/regions/:code',
      title: { zh: '一个行政区划', en: 'A region' },
      callers: ['public'],
      params: z.object({ code: schemaRegion }),
      answer: schemaArea,
      handle: async (_, { params }) => getRegion(params.code),
    }),
    serviceRoute({
      method: 'GET',
      path: '/pooling-areas',
      title: { zh: '统筹区', en: 'The pooling areas on a day' },
      callers: ['public'],
      query: z.object({ insurance: insurance.default('work_injury'), on: schemaDate.exactOptional() }),
      answer: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            name: schemaBoth,
            insurance: z.string(),
            regionCodes: z.array(z.string()),
            province: z.string(),
            provincialPooling: z.boolean(),
            source: z.string(),
            assumed: z.boolean().optional(),
          }),
        ),
      }),
      handle: async (work, { query: { insurance: kind, on = work.today } }) => ({ items: poolingAreasOn(kind, on) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/working-days',
      title: { zh: '工作日推算', en: 'The date so many working days after another' },
      callers: ['public'],
      query: z.object({ from: schemaDate, add: z.coerce.number().int().min(0).max(1000) }),
      answer: z.object({
        date: schemaDate,
        assumed: z.boolean().describe('beyond the published calendar: weekends only'),
      }),
      handle: async (_, { query }) => addWorkingDays(query.from, query.add),
    }),
  ]
}

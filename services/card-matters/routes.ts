import { z } from 'zod'
import { asActor, must, schemaDate, schemaId, schemaRegion, systemActor, type Work } from '../../ground/door.ts'
import { type CardholderQuery, cardholders } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { blankStock, moveBlanks } from './blanks.ts'
import { cardholderFile, cardholderFormats } from './cardholder-file.ts'
import { findHolder, standingOfUnknown } from './holder.ts'
import { outletIdOf, planOf, schemaMatter } from './matter.ts'
import { matterPlan } from './matter-state.ts'
import { offeredItems } from './network.ts'
import {
  closeOutlet,
  coverageOf,
  getOutlet,
  type Outlet,
  outletsOf,
  registerOutlet,
  schemaNewOutlet,
  townshipsOf,
} from './outlets.ts'
import { blankMovements } from './tables.ts'

const outlet = z.object({
  outletId: schemaId,
  name: z.string(),
  region: z.string(),
  township: z.string(),
  townshipName: z.object({ zh: z.string(), en: z.string() }),
  place: z.string(),
  instantIssue: z.boolean(),
  cardMakers: z.int(),
  fullTimeStaff: z.int(),
  classA: z.boolean(),
  classes: z.int().describe('classes of public services that it may offer'),
  items: z.int(),
})

const stock = z.object({ left: z.int(), delivered: z.int(), used: z.int(), spoiled: z.int(), returned: z.int() })
const counters = ['bank_officer', 'accept']
const overseers = ['review', 'approve', 'supervisor', 'audit', 'control']

/** Outlets and how far they reach, matters before they are sent, blank cards, and the list of cardholders. */
export function matterRoutes(tools: ServiceTools): ServiceRoute[] {
  return [...outletRoutes(tools), ...counterRoutes(tools), ...listRoutes()]
}

function outletRoutes(tools: ServiceTools): ServiceRoute[] {
  const region = schemaRegion.optional().describe('the whole node where left out')
  return [
    serviceRoute({
      method: 'GET',
      path: '/outlets',
      title: { zh: '社保卡服务网点', en: 'Outlets for card matters, with what each offers' },
      callers: ['public'],
      query: z.object({ region }),
      answer: z.object({
        outlets: z.array(outlet),
        offered: z.array(z.object({ zh: z.string(), en: z.string(), items: z.array(z.string()) })),
      }),
      async handle(work, { query }) {
        const found = await outletsOf(work, query.region ?? work.node.region)
        return {
          outlets: await Promise.all(found.map((each) => shownOutlet(work, tools, each))),
          offered: offeredItems(),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/coverage',
      title: { zh: '即时制卡覆盖', en: 'Whether every township has an outlet that issues at once' },
      callers: ['public'],
      query: z.object({ region }),
      answer: z.object({
        townships: z.int(),
        instantOutlets: z.int(),
        isCovered: z.boolean(),
        lacking: z.array(
          z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string(), kind: z.string(), region: z.string() }),
        ),
      }),
      handle: (work, { query }) => coverageOf(work, query.region ?? work.node.region),
    }),
    serviceRoute({
      method: 'POST',
      path: '/outlets',
      title: { zh: '登记网点', en: 'Register an outlet' },
      callers: ['catalogue_admin'],
      body: schemaNewOutlet,
      answer: z.object({ outletId: schemaId }),
      handle: async (work, { body }) => ({ outletId: await registerOutlet(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/outlets/:outletId/closing',
      title: { zh: '撤销网点', en: 'Close an outlet' },
      callers: ['catalogue_admin'],
      params: z.object({ outletId: schemaId }),
      body: z.strictObject({ on: schemaDate }),
      answer: z.object({ outletId: schemaId }),
      async handle(work, { params: { outletId }, body: { on } }) {
        await closeOutlet(work, outletId, on)
        return { outletId }
      },
    }),
  ]
}

function counterRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/preview',
      title: { zh: '预判', en: 'What the rule says to a matter now, and what all would be done; nothing is kept' },
      callers: counters,
      body: schemaMatter,
      answer: z.object({ plan: matterPlan, ruling: z.unknown().describe('a ruling as a case keeps it') }),
      async handle(work, { body }) {
        const place = await getOutlet(work, outletIdOf(work.actor, body.outletId))
        const standing = (await findHolder(work, tools, body)) ?? standingOfUnknown(body.matter)
        return planOf(work, tools, { matter: body, standing, outlet: place })
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/blanks/:outletId',
      title: { zh: '空白卡库存', en: 'Blank cards of an outlet' },
      callers: [...counters, ...overseers],
      params: z.object({ outletId: z.union([schemaId, z.literal('own')]) }),
      answer: stock,
      handle: (work, { params }) =>
        blankStock(work, params.outletId === 'own' ? outletIdOf(work.actor, undefined) : params.outletId),
    }),
    serviceRoute({
      method: 'POST',
      path: '/blanks',
      title: { zh: '空白卡入库、退库、登记废卡', en: 'Blank cards brought, given back or spoiled' },
      callers: ['bank_officer'],
      body: z.strictObject({
        kind: z.enum(blankMovements).exclude(['used']),
        cards: z.int().min(1).max(100_000),
        note: z.string().trim().min(1).max(200),
      }),
      answer: stock,
      async handle(work, { body }) {
        const outletId = outletIdOf(work.actor, undefined)
        await moveBlanks(work, { ...body, outletId })
        return blankStock(work, outletId)
      },
    }),
  ]
}

function listRoutes(): ServiceRoute[] {
  const query = {
    purpose: z.string().trim().min(1).max(200).describe('why; stands in the access log of everybody listed'),
    region: schemaRegion.optional(),
    state: z.enum(['active', 'lost', 'replaced', 'cancelled']).optional(),
    outlet: z.string().optional(),
    text: z.string().optional().describe('a part of the name, or a whole card number'),
  }
  const line = z.object({
    cardId: schemaId,
    personId: schemaId,
    name: z.string(),
    idNumberMasked: z.string(),
    birthOn: schemaDate,
    homeRegion: z.string(),
    number: z.string(),
    state: z.string(),
    issuedOn: schemaDate,
    outlet: z.string(),
    bankName: z.string().nullable(),
    eCardState: z.string().nullable(),
  })
  return [
    serviceRoute({
      method: 'GET',
      path: '/cardholders',
      title: { zh: '持卡人台账', en: 'The list of cardholders' },
      callers: ['accept', ...overseers],
      query: z.object({ ...query, after: schemaId.optional() }),
      answer: z.object({ items: z.array(line) }),
      handle: async (work, { query: { purpose, ...asked } }) => ({
        items: await cardholders(work, { ...asked, limit: 50 }, purpose),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/cardholders/file',
      title: { zh: '导出台账', en: 'The list of cardholders as a file' },
      callers: ['review', 'approve', 'supervisor', 'audit'],
      query: z.object({ ...query, format: z.enum(cardholderFormats).default('csv') }),
      answer: z.object({ fileName: z.string(), lines: z.int(), base64: z.string() }),
      async handle(work, { query: { purpose, format, ...asked } }) {
        const lines = await allCardholders(work, asked, `${purpose}（导出）`)
        const file = await cardholderFile(lines, format)
        return { fileName: `cardholders-${work.today}.${format}`, lines: lines.length, base64: file.toString('base64') }
      },
    }),
  ]
}

async function allCardholders(work: Work, asked: Omit<CardholderQuery, 'limit'>, purpose: string) {
  const lines = []
  for (let after = asked.after; ; ) {
    const page = await cardholders(work, { ...asked, after, limit: 1_000 }, purpose)
    lines.push(...page)
    if (page.length < 1_000) return lines
    after = page.at(-1)?.cardId
  }
}

async function shownOutlet(work: Work, { rulebook }: ServiceTools, each: Outlet) {
  const [townships, ruling] = await Promise.all([
    townshipsOf(work, each.region),
    asActor(work, systemActor, (system) =>
      rulebook.decide(system, {
        policy: 'outlet-class',
        on: work.today,
        insuredRegion: each.region,
        facts: {
          agreement: each.agreement,
          cardMakers: each.cardMakers,
          fullTimeStaff: each.fullTimeStaff,
          selfServiceTerminals: each.selfServiceTerminals,
        },
      }),
    ),
  ])
  const { nameZh, nameEn } = must(
    townships.find(({ code }) => code === each.township),
    'the township of an outlet',
  )
  const { decision } = ruling
  const results = decision.outcome === 'granted' ? decision.results : undefined
  return {
    ...each,
    townshipName: { zh: nameZh, en: nameEn },
    classA: results?.classA?.value === true,
    classes: Number(results?.classes?.value ?? 0),
    items: Number(results?.items?.value ?? 0),
  }
}

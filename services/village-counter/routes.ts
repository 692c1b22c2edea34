import { z } from 'zod'
import { addDays, must, schemaDate, schemaId, schemaRegion, type Work } from '../../ground/door.ts'
import { findInstitutions } from '../../people/door.ts'
import { listControlRules } from '../../registers/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { rulesOf } from './control-rules.ts'
import { actingCounter, countersOn, coverage, distanceMetres, settlements, villageTables } from './counters.ts'
import { acceptedBetween, byCounter, shorteningOf } from './figures.ts'
import { matterFlow } from './matter.ts'
import { detailNeeded, matters, serviceId } from './matters.ts'

const officers = ['review', 'approve', 'supervisor', 'audit', 'control']
const counterPeople = ['village_operator', 'township_checker']
const both = z.object({ zh: z.string(), en: z.string() })
const e6 = z.coerce.number().int()
const matter = z.enum(matters)
const guide = z.object({
  matter,
  needs: z.string().nullable().describe('the detail that the matter cannot do without'),
  steps: z.array(z.object({ title: both, by: z.array(z.string()) })),
  reviewWorkingDays: z.int(),
  limits: z
    .array(z.object({ name: z.string(), value: z.int() }))
    .describe('values of the rule, with their unit in the words'),
})
const controlRule = z.object({ code: z.string(), level: z.string(), by: z.string(), name: both })

/** Guides and manuals (B3.06), counters and their circles (B3.01), figures (B3-t5), and visits (B3.12). */
export function villageRoutes(tools: ServiceTools): ServiceRoute[] {
  return [...guideRoutes(tools), ...circleRoutes(tools), figuresRoute(tools), ...visitRoutes()]
}

async function limitOf(work: Work, { rulebook }: ServiceTools, name: string): Promise<number> {
  return Number((await rulebook.valueOf(work, name, { on: work.today, insuredRegion: work.node.region })).value)
}

/** What of a matter everybody may know, made of its flow, the values in force and its words. */
async function guideOf(work: Work, tools: ServiceTools, name: z.infer<typeof matter>): Promise<z.infer<typeof guide>> {
  const { steps } = matterFlow(tools)
  const way = name === 'statement' ? ['accept'] : ['accept', 'secondLook', 'approveRisk', 'review']
  const asked = { registration: ['insureAgeMin'], benefit_claim: ['benefitAge', 'benefitMonthsMin'] }
  const named: readonly string[] = name === 'registration' || name === 'benefit_claim' ? asked[name] : []
  return {
    matter: name,
    needs: detailNeeded[name] ?? null,
    steps: way.map((step) => {
      const { title, by } = must(steps[step], `step ${step}`)
      return { title, by: [...by] }
    }),
    reviewWorkingDays: name === 'statement' ? 0 : await limitOf(work, tools, 'reviewWorkingDays'),
    limits: await Promise.all(named.map(async (limit) => ({ name: limit, value: await limitOf(work, tools, limit) }))),
  }
}

function guideRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/guides',
      title: { zh: '办事指南', en: 'Guides for the public, one for each matter' },
      callers: ['public'],
      answer: z.object({ items: z.array(guide) }),
      async handle(work) {
        const { value } = await tools.rulebook.valueOf(work, 'villageMatters', {
          ...{ on: work.today, insuredRegion: work.node.region },
        })
        const offered = matters.filter((each) => Array.isArray(value) && value.includes(each))
        return { items: await Promise.all(offered.map((each) => guideOf(work, tools, each))) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/manuals/:matter',
      title: { zh: '业务经办指引', en: 'The manual of a matter: its guide, and the control rules to look at' },
      callers: [...counterPeople, ...officers],
      params: z.object({ matter }),
      answer: z.object({ guide, rules: z.array(controlRule) }),
      async handle(work, { params }) {
        const inForce = new Map((await listControlRules(work, serviceId, work.today)).map((rule) => [rule.code, rule]))
        const rules = rulesOf(params.matter).flatMap(({ code, by }) => {
          const rule = inForce.get(code)
          return rule ? [{ code, level: rule.level, by, name: rule.name }] : []
        })
        return { guide: await guideOf(work, tools, params.matter), rules }
      },
    }),
  ]
}

function circleRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/counters',
      title: {
        zh: '就近的服务点',
        en: 'Counters; the nearest first where a place is given, in millionths of a degree',
      },
      callers: ['public'],
      query: z.object({ longitudeE6: e6.exactOptional(), latitudeE6: e6.exactOptional() }),
      answer: z.object({
        radiusMetres: z.int(),
        items: z.array(
          z.object({
            counterId: schemaId,
            code: z.string(),
            name: z.string(),
            isStation: z.boolean(),
            distanceMetres: z.int().nullable(),
            isWithinCircle: z.boolean().nullable(),
          }),
        ),
      }),
      async handle(work, { query: { longitudeE6, latitudeE6 } }) {
        const radiusMetres = await limitOf(work, tools, 'circleRadiusMetres')
        const here = longitudeE6 !== undefined && latitudeE6 !== undefined ? { longitudeE6, latitudeE6 } : null
        const items = (await countersOn(work, work.today)).map((counter) => {
          const metres = here && distanceMetres(here, counter)
          return {
            ...{ counterId: counter.counterId, code: counter.code, name: counter.name },
            ...{ isStation: counter.stationId === null, distanceMetres: metres },
            isWithinCircle: metres === null ? null : metres <= radiusMetres,
          }
        })
        return {
          radiusMetres,
          items: items.toSorted((one, other) => (one.distanceMetres ?? 0) - (other.distanceMetres ?? 0)).slice(0, 100),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/coverage',
      title: { zh: '五公里服务圈覆盖', en: 'Who lives within the circle of a counter' },
      callers: officers,
      answer: z.object({
        radiusMetres: z.int(),
        residents: z.int(),
        covered: z.int(),
        sharePpm: z.int(),
        outside: z.array(z.object({ code: z.string(), name: z.string(), residents: z.int() })),
      }),
      async handle(work) {
        const radiusMetres = await limitOf(work, tools, 'circleRadiusMetres')
        const { outside, ...sums } = coverage(await settlements(work), await countersOn(work, work.today), radiusMetres)
        return {
          ...{ radiusMetres, ...sums },
          outside: outside.map(({ code, name, residents }) => ({ code, name, residents })),
        }
      },
    }),
  ]
}

function figuresRoute(tools: ServiceTools): ServiceRoute {
  const days = z.int().nullable().describe('tenths of a working day')
  return serviceRoute({
    method: 'GET',
    path: '/figures',
    title: { zh: '受理统计', en: 'Matters accepted by counter and kind, and how much faster than before' },
    callers: [...officers, ...counterPeople],
    query: z.object({ from: schemaDate.exactOptional(), to: schemaDate.exactOptional() }),
    answer: z.object({
      from: schemaDate,
      to: schemaDate,
      counters: z.array(
        z.object({
          ...{ counter: z.string(), name: z.string().nullable() },
          ...{ accepted: z.int(), byMatter: z.record(z.string(), z.int()) },
        }),
      ),
      matters: z.array(
        z.object({
          ...{ matter, accepted: z.int(), done: z.int(), averageTenths: days },
          ...{ baselineDays: z.int(), shortenedTenths: days },
        }),
      ),
    }),
    async handle(work, { query: { from = addDays(work.today, -365), to = work.today } }) {
      const cases = await acceptedBetween(work, tools.cases(), from, to)
      const question = { on: work.today, insuredRegion: work.node.region }
      const { value } = await tools.rulebook.valueOf(work, 'baselineWorkingDays', question)
      const villages = await findInstitutions(work, { kind: 'village_counter' })
      const names = new Map(villages.map(({ code, name }) => [code, name]))
      const baselines = z.record(z.string(), z.int()).parse(value)
      return {
        ...{ from, to },
        counters: byCounter(cases).map((each) => ({ ...each, name: names.get(each.counter) ?? null })),
        matters: matters.map((each) => shorteningOf(each, cases, must(baselines[each], `baseline of ${each}`))),
      }
    },
  })
}

const visit = z.object({
  kind: z.enum(['village_talk', 'market', 'home_visit', 'festival_visit']),
  onDay: schemaDate,
  place: z.string().trim().min(1).max(100),
  reached: z.int().min(1).max(100_000),
  topic: z.enum(['how_to_do_it', 'where_to_do_it']),
})

function visitRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/visits',
      title: { zh: '登记“社保服务进万家”活动', en: 'Record a visit of the campaign' },
      callers: ['village_operator'],
      body: visit,
      answer: z.object({ visitId: schemaId }),
      async handle(work, { body: { onDay, ...told } }) {
        const counter = await actingCounter(work)
        const visitId = work.newId()
        await villageTables(work)
          .insertInto('svc_village_counter.visit')
          .values({
            ...{ id: visitId, counter_id: counter.counterId, region: counter.region, on_day: onDay, ...told },
            ...{ recorded_by: work.actor.kind === 'institution' ? work.actor.userId : visitId, recorded_at: work.now },
          })
          .execute()
        return { visitId }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/visits',
      title: { zh: '“社保服务进万家”活动', en: 'Visits of the campaign, the newest first' },
      callers: [...officers, ...counterPeople],
      answer: z.object({ items: z.array(visit.extend({ region: schemaRegion })), reached: z.int() }),
      async handle(work) {
        const rows = await villageTables(work)
          .selectFrom('svc_village_counter.visit')
          .selectAll()
          .orderBy('on_day', 'desc')
          .orderBy('id', 'desc')
          .limit(500)
          .execute()
        const items = rows.map(({ on_day: onDay, kind, place, reached, topic, region }) =>
          visit.extend({ region: schemaRegion }).parse({ onDay, kind, place, reached, topic, region }),
        )
        return { items, reached: items.reduce((sum, { reached }) => sum + reached, 0) }
      },
    }),
  ]
}

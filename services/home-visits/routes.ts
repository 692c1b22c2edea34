import { z } from 'zod'
import { must, schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { needsOf, recordedReasons, recordNeed, registerTeam, teamsOf } from './needs.ts'
import { schemaRequest, visitsOn } from './visit.ts'
import { personOf, planOf } from './visit-facts.ts'
import { slots, visitPlan, visitState } from './visit-state.ts'

const team = z.object({
  teamId: schemaId,
  agency: z.string(),
  name: z.string(),
  terminals: z.int(),
  authenticators: z.int(),
  cardMakers: z.int(),
})

const need = z.object({
  needId: schemaId,
  personId: schemaId,
  name: z.string(),
  reason: z.enum(recordedReasons),
  evidence: z.string(),
  from: schemaDate,
  to: schemaDate.nullable(),
})

const stop = z.object({
  caseId: schemaId,
  number: z.string(),
  status: z.string(),
  seq: z.int().describe('where the case stands, for the step that records the visit'),
  personId: schemaId,
  name: z.string(),
  slot: z.enum(slots),
  place: z.string(),
  wish: z.string(),
  why: z.string().nullable(),
  matter: z.string().nullable(),
  plan: visitPlan.nullable(),
})

/** What the rule says to a request, the teams, a day's route of a team, and who is recorded as needing visits. */
export function visitRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/preview',
      title: { zh: '预判', en: 'What the rule says to a request now, and what would be brought; nothing is kept' },
      callers: ['person', 'village_operator', 'accept'],
      body: schemaRequest,
      answer: z.object({ plan: visitPlan, ruling: z.unknown().describe('a ruling as a case keeps it') }),
      async handle(work, { body }) {
        const { plan, ruling } = await planOf(work, tools, await personOf(work, body), body)
        return { plan, ruling }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/teams',
      title: { zh: '上门服务队', en: 'The teams and their kit' },
      callers: ['accept', 'catalogue_admin', 'supervisor'],
      answer: z.object({ teams: z.array(team) }),
      handle: async (work) => ({ teams: await teamsOf(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/teams',
      title: { zh: '登记上门服务队', en: 'Register a team with its kit' },
      callers: ['catalogue_admin'],
      body: z.strictObject({
        agency: schemaRegion,
        name: z.string().trim().min(1).max(60),
        terminals: z.int().min(0).max(100),
        authenticators: z.int().min(0).max(100),
        cardMakers: z.int().min(0).max(100),
      }),
      answer: z.object({ teamId: schemaId }),
      handle: async (work, { body }) => ({ teamId: await registerTeam(work, body) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/route',
      title: { zh: '当日上门路线', en: "A team's visits of a day, in the order of the day" },
      callers: ['accept', 'supervisor'],
      query: z.object({ teamId: schemaId, on: schemaDate }),
      answer: z.object({ stops: z.array(stop) }),
      async handle(work, { query: { teamId, on } }) {
        const chosen = (await teamsOf(work)).find((each) => each.teamId === teamId)
        const rows = chosen ? await visitsOn(work, tools, { team: chosen.name, on }) : []
        const stops = await Promise.all(
          rows.map(async ({ caseId, number, status }) => {
            const { file } = await tools.cases().get(work, caseId)
            const { appointment, personId, place, wish, why, matter, plan } = visitState.parse(file.state)
            const visited = await getPerson(work, must(personId, 'whom'), 'home visit')
            return {
              ...{ caseId, number, status, seq: file.seq, personId: visited.personId, name: visited.name },
              ...{ slot: appointment?.slot ?? 'morning', place, wish, why, matter, plan },
            }
          }),
        )
        return {
          stops: stops.toSorted((one, other) => orderOf(one) - orderOf(other) || (one.place < other.place ? -1 : 1)),
        }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/needs',
      title: { zh: '登记上门需求', en: 'Record that somebody cannot easily come' },
      callers: ['accept'],
      body: z.strictObject({
        personId: schemaId,
        reason: z.enum(recordedReasons),
        evidence: z.string().trim().min(1).max(200),
        to: schemaDate.optional(),
      }),
      answer: z.object({ personId: schemaId }),
      async handle(work, { body }) {
        await recordNeed(work, body)
        return { personId: body.personId }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/needs',
      title: { zh: '已登记的上门需求', en: 'Who is recorded as not able to come, of one person or of the agency' },
      callers: ['accept', 'supervisor'],
      query: z.object({ personId: schemaId.optional() }),
      answer: z.object({ items: z.array(need) }),
      handle: async (work, { query }) => ({ items: await needsOf(work, query) }),
    }),
  ]
}

function orderOf({ slot }: { slot: (typeof slots)[number] }): number {
  return slots.indexOf(slot)
}

import { z } from 'zod'
import { defineFlow, ratingStep, stepsOf } from '../../cases/door.ts'
import {
  asActor,
  type Id,
  must,
  Refusal,
  schemaDate,
  schemaId,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import { addWorkingDays } from '../../law/door.ts'
import { schemaIdNumber } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type Team, teamsOf, visitReasons } from './needs.ts'
import { personOf, planOf } from './visit-facts.ts'
import {
  slots,
  type VisitState,
  type VisitStatus,
  visitFlowId,
  visitMatters,
  visitPlan,
  visitState,
} from './visit-state.ts'

const step = stepsOf<VisitState, VisitStatus>()

const requesters = ['person', 'village_operator', 'accept']

/** What is sent to ask for a visit. A person asks for themselves or for whom they may act; others name whom they ask for. */
export const schemaRequest = z.strictObject({
  reason: z.enum(visitReasons),
  matter: z.enum(visitMatters),
  place: z.string().trim().min(2).max(200),
  wish: z.string().trim().max(200).default(''),
  evidenceShown: z.boolean().default(false),
  personId: schemaId.optional(),
  idNumber: schemaIdNumber.optional(),
  name: z.string().trim().min(1).max(100).optional(),
})

const appointment = z.strictObject({ teamId: schemaId, team: z.string(), on: schemaDate, slot: z.enum(slots) })

/** A visit at home (B4.10), from the request to what was done there. */
export function visitFlow(tools: ServiceTools) {
  return defineFlow<VisitState>({
    id: visitFlowId,
    service: 'home-visits',
    version: 1,
    title: { zh: '上门服务', en: 'Service at home' },
    numberPrefix: 'SM',
    state: visitState,
    initial: {
      ...{ personId: null, why: null, matter: null, place: '', wish: '', plan: null, dueOn: null },
      ...{ appointment: null, attempts: 0, did: null, carriedCase: null },
    },
    deadlines: { visit: { zh: '上门时限', en: 'Time to visit' } },
    statuses: {
      requested: { title: { zh: '待预约', en: 'To be scheduled' }, task: { role: 'accept', deadline: 'visit' } },
      scheduled: { title: { zh: '已预约，待上门', en: 'Scheduled' }, task: { role: 'accept', deadline: 'visit' } },
      done: { title: { zh: '已上门办结', en: 'Done' }, final: true },
      cancelled: { title: { zh: '已取消', en: 'Cancelled' }, final: true },
    },
    steps: {
      request: requestStep(tools),
      schedule: scheduleStep(tools),
      recordVisit: recordStep(tools),
      cancel: cancelStep(),
      ...ratingStep<VisitState, VisitStatus>({ from: ['done'] }),
    },
    summary: ({ state: { why, matter, appointment: set, attempts } }) => ({
      why,
      matter,
      team: set?.team ?? null,
      on: set?.on ?? null,
      slot: set?.slot ?? null,
      attempts,
    }),
  })
}

function requestStep(tools: ServiceTools) {
  return step({
    title: { zh: '申请上门', en: 'Ask for a visit' },
    opens: true,
    by: requesters,
    body: schemaRequest,
    record: z.strictObject({
      personId: schemaId,
      why: z.enum(visitReasons),
      matter: z.enum(visitMatters),
      place: z.string(),
      wish: z.string(),
      plan: visitPlan,
      dueOn: schemaDate,
    }),
    to: 'requested',
    async take({ work, file, body, effectiveOn }) {
      const personId = await personOf(work, body)
      const { agency, plan, ruling } = await planOf(work, tools, personId, body)
      const { reason: why, matter, place, wish } = body
      const term = { unit: 'working_day' as const, amount: plan.withinWorkingDays }
      const { date: dueOn } = addWorkingDays(effectiveOn, term.amount)
      return {
        record: { personId, why, matter, place, wish, plan, dueOn },
        decision: ruling,
        receipt: { kind: 'accepted' as const },
        subject: { personId, agency },
        deadlines: [{ start: 'visit', ...term }],
        notices: [{ personId, code: 'notice.visit_requested', params: { number: file.number, dueOn } }],
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
}

function scheduleStep(tools: ServiceTools) {
  return step({
    title: { zh: '预约上门', en: 'Schedule the visit' },
    from: ['requested', 'scheduled'],
    by: ['accept'],
    body: z.strictObject({
      teamId: schemaId,
      on: schemaDate,
      slot: z.enum(slots),
      askedByPerson: z.boolean().default(false),
    }),
    record: appointment,
    to: 'scheduled',
    async take({ work, file, body: { teamId, on, slot, askedByPerson } }) {
      const { plan, dueOn } = file.state
      const team = await teamWithKit(work, teamId, must(plan, 'the plan'))
      await takeTurns(work, `home-visit:${teamId}:${on}`)
      const visits = await visitsOn(work, tools, { team: team.name, on })
      const { decision } = await tools.rulebook.decide(work, {
        policy: 'visit-day',
        on: work.today,
        insuredRegion: file.agency,
        facts: {
          ...{ today: work.today, visitOn: on, dueOn: must(dueOn, 'the term'), askedByPerson },
          visitsThatDay: visits.filter(({ caseId }) => caseId !== file.id).length,
        },
      })
      if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
      return {
        record: { teamId, team: team.name, on, slot },
        notices: [
          {
            personId: must(file.state.personId, 'whom'),
            code: `notice.visit_${slot}`,
            params: { number: file.number, on },
          },
        ],
      }
    },
    fold: (state, { body }) => ({ ...state, appointment: body }),
  })
}

function recordStep(tools: ServiceTools) {
  return step({
    title: { zh: '登记上门结果', en: 'Record the visit' },
    from: ['scheduled'],
    by: ['accept'],
    body: z.strictObject({
      outcome: z.enum(['done', 'failed']),
      did: z.string().trim().min(1).max(500),
      caseNumber: z.string().trim().min(1).max(40).optional(),
    }),
    record: z.strictObject({ outcome: z.enum(['done', 'failed']), did: z.string(), caseNumber: z.string().nullable() }),
    to: { done: 'done', failed: 'requested' },
    async take({ work, file, body: { outcome, did, caseNumber }, effectiveOn }) {
      const { appointment: set, matter, personId } = file.state
      const { on } = must(set, 'the appointment')
      // What was filled in without a connection may arrive on a later day; it counts for the day of the visit.
      if (effectiveOn < on) throw new Refusal('visit_not_yet', { params: { on } })
      if (outcome === 'done' && matter?.startsWith('card_') && caseNumber === undefined) {
        throw new Refusal('case_needed', { clause: 'B4.11' })
      }
      const visited = must(personId, 'whom')
      if (caseNumber !== undefined) await requireCaseOf(work, tools, visited, caseNumber)
      return {
        outcome,
        record: { outcome, did, caseNumber: caseNumber ?? null },
        deadlines: outcome === 'done' ? [{ meet: 'visit' }] : [],
        notices: [{ personId: visited, code: `notice.visit_${outcome}`, params: { number: file.number } }],
      }
    },
    fold: (state, { body }) =>
      body.outcome === 'done'
        ? { ...state, did: body.did, carriedCase: body.caseNumber }
        : { ...state, appointment: null, attempts: state.attempts + 1 },
  })
}

function cancelStep() {
  return step({
    title: { zh: '取消上门', en: 'Cancel the visit' },
    from: ['requested', 'scheduled'],
    by: requesters,
    body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
    record: z.strictObject({ reason: z.string() }),
    to: 'cancelled',
    take: async ({ body }) => ({ record: body }),
  })
}

/** The visits of a team on a day that are scheduled or were made. */
export async function visitsOn(work: Work, { cases }: ServiceTools, { team, on }: { team: string; on: string }) {
  const rows = await cases().find(work, { flow: visitFlowId, text: on, limit: 200 })
  return rows.filter(({ status, summary }) => status !== 'cancelled' && summary.team === team && summary.on === on)
}

/** A team that has what must be brought. Refused: `team_unknown`, `team_lacks_device`. */
async function teamWithKit(work: Work, teamId: Id, plan: NonNullable<VisitState['plan']>): Promise<Team> {
  const team = (await teamsOf(work)).find((each) => each.teamId === teamId)
  if (!team) throw new Refusal('team_unknown')
  const isOutfitted =
    (!plan.terminal || team.terminals > 0) &&
    (!plan.authenticator || team.authenticators > 0) &&
    (!plan.cardMaker || team.cardMakers > 0)
  if (!isOutfitted) throw new Refusal('team_lacks_device', { clause: 'B4.11', params: { team: team.name } })
  return team
}

/** The visit carried on a case of whom was visited, and not somebody else's. */
async function requireCaseOf(work: Work, { cases }: ServiceTools, personId: Id, number: string): Promise<void> {
  const rows = await asActor(work, systemActor, (system) => cases().find(system, { personId, text: number, limit: 50 }))
  if (!rows.some((row) => row.number === number)) throw new Refusal('case_of_another', { params: { number } })
}

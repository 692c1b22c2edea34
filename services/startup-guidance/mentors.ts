import { z } from 'zod'
import { defineFlow, noticesToSubject, standingFinding, standingFlow, standingsOn, stepsOf } from '../../cases/door.ts'
import { asActor, must, Refusal, schemaDate, schemaId, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { projectFlowId } from './contest.ts'

/** The flow of appointments. */
export const mentorFlowId = 'startup-mentor'

/** The flow of visits. */
export const visitFlowId = 'mentor-visit'

const answers = z.strictObject({
  field: z.string().trim().min(2).max(60),
  organisation: z.string().trim().min(2).max(80),
  yearsInField: z.int().min(0).max(80),
})

/** Appointment of a mentor who goes to the grassroots (C5.07), for a term. */
export function mentorFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: mentorFlowId,
      service: 'startup-guidance',
      version: 1,
      title: { zh: '创业导师聘任', en: 'Startup mentor' },
      numberPrefix: 'DS',
      standing: { zh: '聘任中', en: 'Appointed' },
      ended: { zh: '已解聘', en: 'Term ended' },
      applicant: 'person',
      answers,
      agencyOf: async (work, id) => (await getPerson(work, id, 'startup mentor')).agency,
      async decide(work, { agency, answers: given, on }) {
        const { yearsInField } = answers.parse(given)
        const facts = { yearsInField, appointedOn: on }
        return standingFinding(
          await rulebook.decide(work, { policy: 'startup-mentor', on, insuredRegion: agency, facts }),
        )
      },
      summary: ({ answers: { field } }) => ({ field: field === undefined ? null : String(field) }),
    },
    cases,
  )
}

const visit = z.strictObject({
  mentorNumber: z.string().trim().min(1),
  projectNumber: z.string().trim().min(1),
  visitedOn: schemaDate,
  advice: z.string().trim().min(4).max(1_000),
})
const visitState = z.strictObject({ visit: visit.nullable(), mentorId: schemaId.nullable() })

type VisitState = z.infer<typeof visitState>
type VisitStatus = 'told' | 'confirmed' | 'disputed'

const visitStep = stepsOf<VisitState, VisitStatus>()

/** A mentor's visit to a project (C5.07): recorded by an officer as the mentor tells it, confirmed by who runs the project. */
export function visitFlow({ cases }: ServiceTools) {
  const tell = visitStep({
    title: { zh: '登记走访', en: 'Record a visit' },
    opens: true,
    by: ['accept'],
    body: visit,
    record: z.strictObject({ visit, mentorId: schemaId }),
    to: 'told',
    async take({ work, body }) {
      return asActor(work, systemActor, async (node) => {
        const appointed = await standingsOn(node, cases(), { flow: mentorFlowId, on: body.visitedOn })
        const mentor = appointed.find(({ number }) => number === body.mentorNumber)
        if (!mentor) throw new Refusal('not_a_mentor', { clause: 'C5.07', params: { number: body.mentorNumber } })
        const mentorId = must(mentor.subject.personId, 'person of a mentor')
        const rows = await cases().find(node, { flow: projectFlowId, text: body.projectNumber, limit: 10 })
        const project = rows.find(({ number }) => number === body.projectNumber)
        if (!project)
          throw new Refusal('contest_project_unknown', { clause: 'C5.07', params: { number: body.projectNumber } })
        const personId = must(project.subject.personId, 'who runs a project')
        const params = { number: project.number }
        return {
          record: { visit: body, mentorId },
          subject: { personId, agency: project.agency },
          notices: noticesToSubject({ personId, employerId: null }, 'notice.mentor_visited', params),
        }
      })
    },
    fold: (_, { body }) => body,
  })
  const confirm = visitStep({
    title: { zh: '确认走访', en: 'Confirm the visit' },
    from: ['told'],
    by: ['person'],
    body: z.strictObject({ outcome: z.enum(['confirmed', 'disputed']) }),
    record: z.strictObject({ outcome: z.enum(['confirmed', 'disputed']) }),
    to: { confirmed: 'confirmed', disputed: 'disputed' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
  })
  return defineFlow<VisitState>({
    id: visitFlowId,
    service: 'startup-guidance',
    version: 1,
    title: { zh: '导师走访', en: 'Visit of a mentor' },
    numberPrefix: 'DSZ',
    state: visitState,
    initial: { visit: null, mentorId: null },
    statuses: {
      told: { title: { zh: '待创业者确认', en: 'To be confirmed' }, waitsFor: 'applicant' },
      confirmed: { title: { zh: '已确认', en: 'Confirmed' }, final: true },
      disputed: { title: { zh: '创业者不认可', en: 'Disputed' }, final: true },
    },
    steps: { tell, confirm },
    summary: ({ state }) => ({
      project: state.visit?.projectNumber ?? null,
      visitedOn: state.visit?.visitedOn ?? null,
    }),
  })
}

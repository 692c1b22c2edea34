import { z } from 'zod'
import { schemaDate, schemaId, schemaInstant } from '../../ground/door.ts'
import { schemaBoth, schemaParams } from './shapes.ts'

const schemaLevel = z.enum(['high', 'medium', 'low'])

const schemaSubject = z.object({
  personId: schemaId.nullable(),
  institutionId: schemaId.nullable(),
  employerId: schemaId.nullable(),
})

/** See `CaseRow`. */
export const schemaCaseRow = z
  .object({
    caseId: schemaId,
    number: z.string(),
    service: z.string(),
    flow: z.string(),
    status: z.string(),
    statusTitle: schemaBoth,
    seq: z.int(),
    agency: z.string(),
    subject: schemaSubject,
    openedAt: schemaInstant,
    closedAt: schemaInstant.nullable(),
    riskLevel: schemaLevel.nullable(),
    taskRole: z.string().nullable(),
    waitsFor: z.string().nullable(),
    dueOn: schemaDate.nullable(),
    dueAssumed: z.boolean(),
    summary: schemaParams,
    personNameMasked: z
      .string()
      .optional()
      .describe('all but the first character masked; told to officers who cover the person, in lists'),
    heldBy: schemaId.nullable().describe('the user of the desk who has it in hand; told to the desk and to officers'),
  })
  .meta({ id: 'CaseRow' })

/** See `RiskAssessment`. */
export const schemaRisk = z
  .object({
    level: schemaLevel.nullable(),
    hits: z.array(z.object({ rule: z.string(), level: schemaLevel, params: schemaParams.optional() })),
  })
  .meta({ id: 'RiskAssessment' })

/** See `StepTaken`. */
export const schemaStepTaken = z
  .object({
    caseId: schemaId,
    number: z.string(),
    seq: z.int(),
    step: z.string(),
    outcome: z.string().nullable(),
    status: z.string(),
  })
  .meta({ id: 'StepTaken' })

/** See `Receipt`. */
export const schemaReceipt = z
  .object({
    kind: z.enum(['accepted', 'not_accepted', 'completion_requested']),
    number: z.string(),
    caseNumber: z.string(),
    flow: z.string(),
    issuedOn: schemaDate,
    issuedAt: schemaInstant,
    reason: z.object({ code: z.string(), params: schemaParams }).nullable(),
  })
  .meta({ id: 'Receipt' })

const schemaTerm = z.object({ date: schemaDate, assumed: z.boolean(), source: z.string() })

/** See `CaseView`. */
export const schemaCaseView = z
  .object({
    file: z.object({
      id: schemaId,
      number: z.string(),
      service: z.string(),
      flow: z.string(),
      flowVersion: z.int(),
      status: z.string(),
      seq: z.int().describe('what the next step must expect'),
      agency: z.string(),
      subject: schemaSubject,
      openedAt: schemaInstant,
      closedAt: schemaInstant.nullable(),
      riskLevel: schemaLevel.nullable(),
      state: z.unknown().describe("the flow's own"),
    }),
    title: schemaBoth,
    status: z.object({
      title: schemaBoth,
      task: z.object({ role: z.string() }).optional(),
      waitsFor: z.string().optional(),
      final: z.boolean().optional(),
    }),
    steps: z.array(
      z.object({
        step: z.string(),
        title: schemaBoth,
        obstacle: z.object({ code: z.string(), clause: z.string().nullable(), params: schemaParams }).nullable(),
      }),
    ),
    deadlines: z.array(
      z.object({
        name: z.string(),
        state: z.string(),
        dueOn: schemaDate,
        assumed: z.boolean(),
        overdue: z.boolean(),
        startedOn: schemaDate,
        stoppedOn: schemaDate.nullable(),
        remainingDays: z.int().nullable(),
        endedOn: schemaDate.nullable(),
      }),
    ),
    receipts: z.array(schemaReceipt),
    risks: z.array(schemaRisk.extend({ seq: z.int() })),
    holder: z
      .object({ userId: schemaId, since: schemaInstant })
      .nullable()
      .describe('who of the desk has it in hand; told to the desk and to officers'),
    decision: z
      .object({
        seq: z.int(),
        decidedOn: schemaDate,
        decision: z.unknown(),
        objection: z.object({ reconsideration: schemaTerm, litigation: schemaTerm }),
      })
      .nullable(),
  })
  .meta({ id: 'CaseView' })

/** See `CaseEvent`, without what only the log itself needs. */
export const schemaCaseEvent = z
  .object({
    seq: z.int(),
    kind: z.string(),
    outcome: z.string().nullable(),
    effectiveOn: schemaDate,
    recordedAt: schemaInstant,
    by: z.object({
      kind: z.string(),
      role: z.string(),
      agency: z.string().nullable(),
      displayName: z.string().nullable().describe('null where the reader may not know it'),
      isAgent: z.boolean().describe('somebody who acted for the person by an authority'),
      agentName: z.string().nullable().describe('masked for officers'),
    }),
    body: z.unknown(),
    risk: schemaRisk.nullable(),
    decision: z.unknown(),
  })
  .meta({ id: 'CaseEvent' })

import { z } from 'zod'
import type { Work } from '../ground/door.ts'
import type { CaseFile, Route } from './flow.ts'
import { messageParamsSchema } from './message-params.ts'

/** The three levels of a risk warning, highest first (B3.10). */
export const riskLevels = ['high', 'medium', 'low'] as const

/** See `riskLevels`. */
export type RiskLevel = (typeof riskLevels)[number]

const riskHitSchema = z.strictObject({
  rule: z.string(),
  level: z.enum(riskLevels),
  params: messageParamsSchema.exactOptional(),
})

/** Parses a kept assessment. */
export const riskAssessmentSchema = z.strictObject({
  level: z.enum(riskLevels).nullable(),
  hits: z.array(riskHitSchema),
})

/** A control rule that was hit (B3.09). `rule` is its code in the register of control rules; `params` fill its sentence. */
export type RiskHit = z.infer<typeof riskHitSchema>

/** Every rule that was hit and the highest level among them; null when none was. */
export type RiskAssessment = z.infer<typeof riskAssessmentSchema>

/** What risk rules look at: the request as it would be taken now. They only read. */
export type RiskContext<State, Body> = { work: Work; file: CaseFile<State>; body: Body }

/**
 * The risk rules of a step, and where it leads instead of `to` when the level is high or medium. B3-o2 (assumed): high needs approval one
 * level up before it takes effect, medium a second review, low is a notice only.
 */
export type StepRisk<State, Body, StatusName extends string = string, Outcome extends string = string> = {
  assess(context: RiskContext<State, Body>): Promise<RiskHit[]>
  readonly divert?: {
    readonly high?: Route<StatusName, Outcome>
    readonly medium?: Route<StatusName, Outcome>
  }
}

/** Hits with their highest level. */
export function riskOf(hits: RiskHit[]): RiskAssessment {
  return { level: riskLevels.find((level) => hits.some((hit) => hit.level === level)) ?? null, hits }
}

/** The higher of two levels. */
export function higherLevel(first: RiskLevel | null, second: RiskLevel | null): RiskLevel | null {
  return riskLevels.find((level) => level === first || level === second) ?? null
}

import { z } from 'zod'
import { actorUserId, type Id, type PlainDate, parseInput, Refusal, type Work } from '../ground/door.ts'
import { endRows, inForceOn } from './dated-rows.ts'
import { datedFields, dayBefore, endProblem, endsAfterStart, planSuccession } from './spans.ts'
import { tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/**
 * A control rule (事中管控规则, B3.09): its code, its level (B3.10) and its words. `service` absent: it holds for every service. What the rule
 * looks at is code of the service that carries the same rule code.
 */
export const controlRuleFields = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'a code of lower-case words joined by _' }),
    service: z.string().min(1).exactOptional(),
    level: z.enum(['high', 'medium', 'low']),
    name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
    assumed: z.boolean(),
    ...datedFields,
  })
  .refine(endsAfterStart, endProblem)

/** A control rule as it is kept. */
export type ControlRule = z.infer<typeof controlRuleFields> & { id: Id }

/**
 * Writes a control rule; one of the same code that began before ends the day before. Throws `BadInput`, `Refusal` `control_rule_dates_clash`
 * (one begins on the same day or later), `register_writer_needed`.
 */
export async function upsertControlRule(work: Work, input: unknown): Promise<ControlRule> {
  const fields = parseInput(controlRuleFields, input)
  await requireWriter(work, 'control_rule', null)
  await lockRegister(work, 'control_rule', fields.code)
  const succession = planSuccession(
    (await controlRules(work).where('code', '=', fields.code).execute()).map(readRule),
    fields,
  )
  if (succession.clash) {
    const params = { code: fields.code, beginsOn: succession.clash.from }
    throw new Refusal('control_rule_dates_clash', { params })
  }
  await endRows(work, 'control_rule', succession.ended, dayBefore(fields))
  const rule = { ...fields, id: work.newId() }
  await tables(work)
    .insertInto('registers.control_rule')
    .values({
      id: rule.id,
      code: rule.code,
      service: rule.service ?? null,
      level: rule.level,
      name_zh: rule.name.zh,
      name_en: rule.name.en,
      effective_from: rule.from,
      effective_to: rule.to ?? null,
      source: rule.source,
      assumed: rule.assumed,
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    })
    .execute()
  return rule
}

/** The control rules that hold for a service on a day, those for every service among them, by code. */
export async function listControlRules(work: Work, service: string, on: PlainDate): Promise<ControlRule[]> {
  const rows = await controlRules(work)
    .where((where) => where.or([where('service', 'is', null), where('service', '=', service)]))
    .where(inForceOn(on))
    .orderBy('code')
    .execute()
  return rows.map(readRule)
}

function controlRules(work: Work) {
  return tables(work).selectFrom('registers.control_rule').selectAll()
}

type SelectedRule = Awaited<ReturnType<ReturnType<typeof controlRules>['execute']>>[number]

function readRule(row: SelectedRule): ControlRule {
  return {
    id: row.id,
    code: row.code,
    level: row.level,
    name: { zh: row.name_zh, en: row.name_en },
    from: row.effective_from,
    source: row.source,
    assumed: row.assumed,
    ...(row.service !== null && { service: row.service }),
    ...(row.effective_to !== null && { to: row.effective_to }),
  }
}

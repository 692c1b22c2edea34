import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Matter, matters } from './matters.ts'

const controlRule = z.strictObject({
  code: z.string().regex(/^vc_[a-z_]+$/),
  level: z.enum(['high', 'medium', 'low']),
  /** `registers`: recognised by the node itself; `operator`: looked at and ticked by the operator. */
  by: z.enum(['registers', 'operator']),
  matters: z.array(z.enum(matters)).exactOptional(),
  zh: z.string().min(1),
  en: z.string().min(1),
})

/** A control rule as the file has it. Level and words that hold are those of the register, which begins with these. */
export type ControlRule = z.infer<typeof controlRule>

/** The 74 control rules (B3.09), all assumed (B3-o2). */
export const controlRules: readonly ControlRule[] = z
  .array(controlRule)
  .parse(parse(readFileSync(new URL('control-rules.yaml', import.meta.url), 'utf8')))

/** The rules that a matter is held against. */
export function rulesOf(matter: Matter): ControlRule[] {
  return controlRules.filter((rule) => rule.matters?.includes(matter) ?? true)
}

import { z } from 'zod'
import { trace } from '../decide.ts'
import { FactProblems } from '../facts.ts'
import { canonicalJson } from '../hash.ts'
import { IR_VERSIONS } from '../ir.ts'
import { parsePolicyIr } from '../ir-schema.ts'
import { type ResolvedValue, ValueProblems } from '../values.ts'
import { CAPSULE_FORMAT, CAPSULE_PARTS, CAPSULE_VERSION, type CapsulePart, hashesOf, signedBytes } from './capsule.ts'
import { stepsOf } from './steps.ts'

/** True when the signature is the key's over exactly these bytes, false when it is not, undefined when the key is not known. */
export type VerifySignature = (
  signer: { readonly keyId: string; readonly algorithm: string },
  bytes: Uint8Array,
  signature: string,
) => boolean | undefined

/** What came out: whether all holds, and else everything that does not. */
export interface Verification {
  /** True when the decision comes out again as it was sealed, and the signature is good. */
  readonly holds: boolean
  readonly findings: readonly CapsuleFinding[]
}

/** One thing that does not hold. */
export type CapsuleFinding =
  | { readonly finding: 'not_a_capsule'; readonly path: string; readonly expected: string }
  | { readonly finding: 'unknown_version' | 'unknown_ir_version'; readonly found: string; readonly known: string }
  /** A part is not what it was when it was sealed. */
  | { readonly finding: 'part_altered'; readonly part: CapsulePart }
  | { readonly finding: 'policy_differs'; readonly sealed: string; readonly ir: string }
  /** Facts, values or IR are no longer such that they can be decided; one of these says why. */
  | { readonly finding: 'not_decidable'; readonly part: 'facts' | 'values' | 'ir'; readonly because: string }
  /** Deciding again gives something else. */
  | { readonly finding: 'steps_differ' | 'decision_differs'; readonly differences: readonly Difference[] }
  | { readonly finding: 'signature_wrong' | 'key_unknown'; readonly keyId: string }

/** Where something differs: a dotted path, what the capsule says and what comes out; JSON texts, empty for nothing. */
export interface Difference {
  readonly path: string
  readonly sealed: string
  readonly recomputed: string
}

/**
 * Decides a capsule again, from what is in it alone, and says exactly what does not hold: which parts were altered after it was sealed, whether
 * its rule, facts and values still give its steps and its decision, and whether the signature is over what it says.
 * @param input a capsule as parsed from JSON, from whoever
 */
export function verifyCapsule(input: unknown, verifySignature: VerifySignature): Verification {
  const findings = findingsOf(input, verifySignature)
  return { holds: findings.length === 0, findings }
}

function findingsOf(input: unknown, verifySignature: VerifySignature): CapsuleFinding[] {
  const unreadable = findUnreadable(input)
  if (unreadable !== undefined) return [unreadable]
  const parsed = capsuleSchema.safeParse(input)
  if (!parsed.success) return [notACapsule(parsed.error)]
  // The schema drops a key `__proto__`; what is checked must be all that is there.
  if (canonicalJson(parsed.data) !== canonicalJson(input)) {
    return [{ finding: 'not_a_capsule', path: '', expected: 'no key `__proto__`' }]
  }
  const capsule = parsed.data
  return [...alteredParts(capsule), ...decidedAgain(capsule), ...signatureFindings(capsule, verifySignature)]
}

const heading = z.object({ format: z.literal(CAPSULE_FORMAT), version: z.int() })

function findUnreadable(input: unknown): CapsuleFinding | undefined {
  const begun = heading.safeParse(input)
  if (!begun.success) return notACapsule(begun.error)
  const { version } = begun.data
  if (version === CAPSULE_VERSION) return undefined
  return { finding: 'unknown_version', found: String(version), known: String(CAPSULE_VERSION) }
}

function notACapsule({ issues }: z.ZodError): Extract<CapsuleFinding, { finding: 'not_a_capsule' }> {
  const [first] = issues
  return { finding: 'not_a_capsule', path: first?.path.join('.') ?? '', expected: first?.message ?? '' }
}

const resolvedValue: z.ZodType<ResolvedValue> = z.strictObject({
  value: z.union([
    z.number(),
    z.string(),
    z.boolean(),
    z.record(z.string(), z.number()).readonly(),
    z.array(z.string()).readonly(),
  ]),
  unit: z.string(),
  from: z.string(),
  to: z.string().exactOptional(),
  source: z.string(),
  region: z.string(),
  regionOf: z.enum(['insured', 'treatment']).exactOptional(),
  assumed: z.literal(true).exactOptional(),
  note: z.string().exactOptional(),
  reviewBy: z.string().exactOptional(),
})

const hash = z.string()
const slotValues = z.array(
  z.strictObject({ slot: z.int(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
)

const capsuleSchema = z.strictObject({
  format: z.literal(CAPSULE_FORMAT),
  version: z.literal(CAPSULE_VERSION),
  policy: z.string(),
  on: z.string(),
  facts: z.record(z.string(), z.json()),
  values: z.record(z.string(), resolvedValue),
  ir: z.json(),
  steps: z.strictObject({
    slots: slotValues,
    items: z.array(z.strictObject({ slot: z.int(), each: z.array(slotValues) })),
  }),
  decision: z.json(),
  hashes: z.strictObject({ policy: hash, on: hash, facts: hash, values: hash, ir: hash, steps: hash, decision: hash }),
  signature: z.strictObject({ keyId: z.string(), algorithm: z.string(), value: z.string() }),
})

type Read = z.infer<typeof capsuleSchema>

function alteredParts(capsule: Read): CapsuleFinding[] {
  const hashes = hashesOf(capsule)
  const altered = CAPSULE_PARTS.filter((part) => hashes[part] !== capsule.hashes[part])
  return altered.map((part) => ({ finding: 'part_altered', part }))
}

function decidedAgain(capsule: Read): CapsuleFinding[] {
  const version = z.object({ irVersion: z.unknown() }).safeParse(capsule.ir)
  const found = version.success ? version.data.irVersion : undefined
  if (!IR_VERSIONS.some((known) => known === found)) {
    return [{ finding: 'unknown_ir_version', found: String(found), known: IR_VERSIONS.join(', ') }]
  }
  try {
    return differing(capsule)
  } catch (error) {
    return [notDecidable(error)]
  }
}

function differing(capsule: Read): CapsuleFinding[] {
  const ir = parsePolicyIr(capsule.ir)
  const { decision, ran } = trace(ir, capsule.facts, capsule.values, capsule.on)
  const decisions = differencesOf('', capsule.decision, decision)
  const steps = differencesOf('', capsule.steps, stepsOf(ran?.trace))
  return [
    ...(ir.id === capsule.policy ? [] : [{ finding: 'policy_differs', sealed: capsule.policy, ir: ir.id } as const]),
    ...(steps.length === 0 ? [] : [{ finding: 'steps_differ', differences: steps } as const]),
    ...(decisions.length === 0 ? [] : [{ finding: 'decision_differs', differences: decisions } as const]),
  ]
}

/** Whatever is thrown while a foreign IR is decided says that it cannot be. */
function notDecidable(error: unknown): CapsuleFinding {
  if (error instanceof z.ZodError) {
    const { path, expected } = notACapsule(error)
    return { finding: 'not_decidable', part: 'ir', because: `${path}: ${expected}` }
  }
  const because = error instanceof Error ? error.message : String(error)
  if (error instanceof FactProblems) return { finding: 'not_decidable', part: 'facts', because }
  return { finding: 'not_decidable', part: error instanceof ValueProblems ? 'values' : 'ir', because }
}

function signatureFindings({ signature, ...sealed }: Read, verifySignature: VerifySignature): CapsuleFinding[] {
  const { keyId, algorithm, value } = signature
  const isGood = verifySignature({ keyId, algorithm }, signedBytes({ ...sealed, keyId, algorithm }), value)
  if (isGood === true) return []
  return [{ finding: isGood === false ? 'signature_wrong' : 'key_unknown', keyId }]
}

/** Every place at which two things of JSON differ, the innermost ones. */
function differencesOf(path: string, sealed: unknown, recomputed: unknown): Difference[] {
  if (jsonOf(sealed) === jsonOf(recomputed)) return []
  const [a, b] = [membersOf(sealed), membersOf(recomputed)]
  if (a === undefined || b === undefined) return [{ path, sealed: jsonOf(sealed), recomputed: jsonOf(recomputed) }]
  const names = new Set([...a.keys(), ...b.keys()])
  return [...names].flatMap((name) => differencesOf(path === '' ? name : `${path}.${name}`, a.get(name), b.get(name)))
}

function membersOf(thing: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof thing === 'object' && thing !== null ? new Map(Object.entries(thing)) : undefined
}

function jsonOf(thing: unknown): string {
  return thing === undefined ? '' : canonicalJson(thing)
}

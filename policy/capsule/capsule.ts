import { utf8ToBytes } from '@noble/hashes/utils.js'
import { trace } from '../decide.ts'
import type { Decision } from '../decision.ts'
import { type Facts, parseFacts } from '../facts.ts'
import { canonicalJson, sha256Hex } from '../hash.ts'
import type { PolicyIr } from '../ir.ts'
import type { ResolvedValues } from '../values.ts'
import { type CapsuleSteps, stepsOf } from './steps.ts'

/** What every capsule begins with. */
export const CAPSULE_FORMAT = 'tongban-capsule'
/** Version of the format that is sealed. A changed format is a new number beside it; all earlier ones are verified for ever. */
export const CAPSULE_VERSION = 1

/**
 * A decision with everything it was made of, so that anybody can make it again, offline and in any later version: plain JSON. It holds the
 * facts, which may be about a person.
 */
export interface Capsule extends CapsuleContent {
  /** sha256 of the canonical JSON of each part, lower-case hexadecimal: tells which part was altered. */
  readonly hashes: CapsuleHashes
  /** Over the canonical JSON of all the rest. */
  readonly signature: CapsuleSignature
}

/** What is sealed. */
export interface CapsuleContent {
  readonly format: typeof CAPSULE_FORMAT
  readonly version: typeof CAPSULE_VERSION
  /** Id of the policy. */
  readonly policy: string
  /** The day by whose law it was decided. */
  readonly on: string
  /** Parsed; none when no body was law on the day. */
  readonly facts: Facts
  /** The declared ones. */
  readonly values: ResolvedValues
  readonly ir: PolicyIr
  /** What each step came to. */
  readonly steps: CapsuleSteps
  readonly decision: Decision
}

/** The parts of a capsule that have a hash of their own. */
export const CAPSULE_PARTS = ['policy', 'on', 'facts', 'values', 'ir', 'steps', 'decision'] as const
/** One of them. */
export type CapsulePart = (typeof CAPSULE_PARTS)[number]
/** The hash of each. */
export type CapsuleHashes = Readonly<Record<CapsulePart, string>>

/** Whose signature it is, by which algorithm, and the signature as that signer writes it. */
export interface CapsuleSignature {
  readonly keyId: string
  readonly algorithm: string
  readonly value: string
}

/** Who signs: over exactly these bytes. */
export interface Signer {
  readonly keyId: string
  readonly algorithm: string
  sign(bytes: Uint8Array): string
}

/** What a capsule is made of. */
export interface CapsuleCase {
  readonly ir: PolicyIr
  readonly facts: unknown
  readonly values: ResolvedValues
  readonly on: string
  readonly sign: Signer
}

/**
 * Decides and seals the decision with all that it was made of.
 * @throws FactProblems, ValueProblems as `decide`
 */
export function sealCapsule({ ir, facts, values, on, sign }: CapsuleCase): Capsule {
  const { decision, ran } = trace(ir, facts, values, on)
  const content: CapsuleContent = {
    format: CAPSULE_FORMAT,
    version: CAPSULE_VERSION,
    policy: ir.id,
    on,
    facts: ran === undefined ? {} : parseFacts(ran.body.facts, facts),
    values: ran?.values ?? {},
    ir,
    steps: stepsOf(ran?.trace),
    decision,
  }
  const sealed = { ...content, hashes: hashesOf(content) }
  const { keyId, algorithm } = sign
  return { ...sealed, signature: { keyId, algorithm, value: sign.sign(signedBytes({ ...sealed, keyId, algorithm })) } }
}

/** The hash of each part of a capsule. */
export function hashesOf(content: Readonly<Record<CapsulePart, unknown>>): CapsuleHashes {
  const { policy, on, facts, values, ir, steps, decision } = content
  return {
    policy: partHash(policy),
    on: partHash(on),
    facts: partHash(facts),
    values: partHash(values),
    ir: partHash(ir),
    steps: partHash(steps),
    decision: partHash(decision),
  }
}

function partHash(part: unknown): string {
  return sha256Hex(canonicalJson(part))
}

/** What is signed: the canonical JSON of everything in the capsule but the signature itself, with the signer's key and algorithm. */
export function signedBytes(sealed: object): Uint8Array {
  return utf8ToBytes(canonicalJson(sealed))
}

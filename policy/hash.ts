import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PolicyIr } from './ir.ts'
import type { ResolvedValues } from './values.ts'

const irHashes = new WeakMap<PolicyIr, string>()

/**
 * sha256 of the canonical JSON of an IR, lower-case hexadecimal. Where a rule stands in its file and how it is spaced and commented
 * (`at`, `file`, `source`) does not count. An IR is made once and never changed, so its hash is computed once.
 */
export function irHash(ir: PolicyIr): string {
  const known = irHashes.get(ir)
  if (known !== undefined) return known
  const hash = sha256Hex(canonicalJson(ir, isPlace))
  irHashes.set(ir, hash)
  return hash
}

/** sha256 of the canonical JSON of resolved values with all that is said of them, lower-case hexadecimal. */
export function valuesHash(values: ResolvedValues): string {
  return sha256Hex(canonicalJson(values))
}

/** JSON with the keys of every object in code-unit order, no spaces, and nothing for `undefined` or what `leaveOut` names. */
export function canonicalJson(value: unknown, leaveOut?: (key: string, member: unknown) => boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, leaveOut)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([key, member]) => member !== undefined && !leaveOut?.(key, member))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, leaveOut)}`)
  return `{${members.join(',')}}`
}

/** Facts, values and results may have these names too; but those hold units and expressions, never text or a span. */
function isPlace(key: string, member: unknown): boolean {
  if (key === 'file' || key === 'source') return typeof member === 'string'
  return key === 'at' && typeof member === 'object' && member !== null && 'column' in member
}

/** sha256 of a text in UTF-8, lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

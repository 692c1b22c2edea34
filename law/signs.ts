import { BrokenInvariant, sm2Sign, sm2Verify, type Work } from '../ground/door.ts'

/** The node's signature (SM2) on what two officers have put into force. */
export function signOf(work: Work, content: object): string {
  const { signingPrivateKey, signingPublicKey } = work.node.keys
  return sm2Sign(signingPrivateKey, signingPublicKey, signedBytes(content))
}

/** Throws `BrokenInvariant`, which names `what`, unless the signature is this node's: somebody wrote the row around the platform. */
export function requireOwnSign(work: Work, content: object, signature: string, what: string): void {
  if (sm2Verify(work.node.keys.signingPublicKey, signedBytes(content), signature)) return
  throw new BrokenInvariant(`${what} does not carry this node's signature`)
}

/**
 * Every field under its name, in the order of the names; of a field that is a table too, because PostgreSQL keeps the keys of one in an order of
 * its own.
 */
function signedBytes(content: object): Uint8Array {
  return Buffer.from(JSON.stringify(sortedEntries(content).map(([name, value]) => [name, canonical(value)])))
}

function canonical(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? sortedEntries(value) : value
}

function sortedEntries(content: object): [string, unknown][] {
  return Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1))
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sm3 } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import { parseSignedDirectory } from './directory.ts'
import { envelopeText } from './envelope.ts'
import { verifyEvidence } from './evidence-verification.ts'
import { requireProof, schemaIntroduction } from './introduction.ts'
import { isSignedBy } from './key.ts'
import { merkleLeaf, merkleRoot, merkleTree } from './merkle.ts'
import { getWire } from './wire.ts'

// What docs/protocols/exchange.md gives to whoever writes another implementation; this one is held to it.
const vectors = z
  .strictObject({
    hubFingerprint: z.string(),
    canonical: z.array(z.strictObject({ value: z.unknown(), text: z.string() })),
    trees: z.array(
      z.strictObject({ leaves: z.array(z.string()), root: z.string(), paths: z.array(z.array(z.string())) }),
    ),
    version1: z.string(),
    version2: z.array(z.string()),
    receipt: z.string(),
    introduction: schemaIntroduction,
    evidence: z.string(),
  })
  .parse(JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')))

const directory = parseSignedDirectory(JSON.stringify(JSON.parse(vectors.evidence).directories[0])).directory
const keysOf = (region: string) => directory.regions.find((entry) => entry.region === region)?.keys ?? []
const wireOf = (text: string) => getWire(Buffer.from(text))

describe('the test vectors of the protocol', () => {
  it('canonical text', () => {
    for (const { value, text } of vectors.canonical) expect(canonicalJson(value)).toBe(text)
  })

  it.each(vectors.trees.map((tree) => [tree.leaves.length, tree] as const))('a tree of %i', (count, tree) => {
    const leaves = tree.leaves.map(merkleLeaf)
    expect(merkleTree(leaves).root).toBe(tree.root)
    leaves.forEach((leaf, index) => {
      expect(merkleRoot(leaf, { index, count, path: tree.paths[index] ?? [] })).toBe(tree.root)
    })
  })

  it('a message in version 1, and the same in version 2, are one message', () => {
    const [first] = vectors.version2
    const [one, two] = [wireOf(vectors.version1), wireOf(first ?? '')]
    expect([one.version, two.version]).toEqual([1, 2])
    expect(one.envelope).toEqual(two.envelope)
    expect(one.envelopeSm3).toBe(two.envelopeSm3)
    expect(two.envelopeSm3).toBe(sm3(envelopeText(two.envelope, 2)))
  })

  it.each([['version 1', vectors.version1], ...vectors.version2.map((text) => ['version 2', text])])(
    'E-02: the signature of a message in %s',
    (_, text = '') => {
      const { envelope, signer, signedText, signature } = wireOf(text)
      const key = keysOf(envelope.from).find(({ fingerprint }) => fingerprint === signer)
      expect(isSignedBy(key?.publicKey ?? '', signedText, signature)).toBe(true)
    },
  )

  it('a region’s proof that it holds its key', () => {
    expect(() => requireProof('650000', vectors.introduction)).not.toThrow()
    expect(() => requireProof('320000', vectors.introduction)).toThrow('key_not_proven')
  })

  it('evidence with its receipt', () => {
    const { hubFingerprint, evidence, receipt } = vectors
    const verified = verifyEvidence(Buffer.from(evidence), { hub: '000000', hubFingerprint })
    expect(verified).toMatchObject({ holds: true, isHubKnown: true, findings: [] })
    expect(verified.messages).toMatchObject([{ takenAt: wireOf(receipt).envelope.sentAt }])
  })
})

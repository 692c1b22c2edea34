import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { FactProblems } from '../facts.ts'
import { CAPSULE_PARTS, type Capsule, hashesOf, sealCapsule, signedBytes } from './capsule.ts'
import { testSigner, verifyTestSignature } from './testing.ts'
import { renderVerification } from './verification-sentences.ts'
import { type CapsuleFinding, type Verification, verifyCapsule } from './verify.ts'

const club = exampleIr('club-membership.ts')
const member = { kind: 'adult', joinsOn: '2024-03-31', suspended: false, guests: [] }
const sealed = sealCapsule({ ir: club, facts: member, values: exampleValues, on: '2024-03-31', sign: testSigner })

/** As it is written to a file and read again. */
function written(capsule: unknown): unknown {
  return JSON.parse(JSON.stringify(capsule))
}

function verify(capsule: unknown): Verification {
  return verifyCapsule(written(capsule), verifyTestSignature)
}

/** Sealed anew by somebody who has the key, with hashes and signature that fit. */
function forged(change: Partial<Record<keyof Capsule, unknown>>): unknown {
  const {
    signature: { value: _, ...signer },
    ...content
  } = { ...sealed, ...change, signature: sealed.signature }
  const renewed = { ...content, hashes: hashesOf(content) }
  return { ...renewed, signature: { ...signer, value: testSigner.sign(signedBytes({ ...renewed, ...signer })) } }
}

describe('a capsule', () => {
  it('holds the decision and all that it was made of', () => {
    expect(sealed).toMatchObject({
      ...{ format: 'tongban-capsule', version: 1, policy: 'club-membership-fee', on: '2024-03-31' },
      facts: { ...member, memberSince: null },
      decision: decide(club, member, exampleValues, '2024-03-31'),
    })
    expect(Object.keys(sealed.values)).toEqual(Object.keys(club.bodies.at(-1)?.values ?? {}))
    expect(sealed.steps.slots).toContainEqual({ slot: sealed.steps.slots.at(0)?.slot, value: false })
  })

  it('holds, written down and read again', () => {
    expect(verify(sealed)).toEqual({ holds: true, findings: [] })
  })

  it('is made of a day without a rule too', () => {
    const early = sealCapsule({ ir: club, facts: {}, values: exampleValues, on: '2019-12-31', sign: testSigner })
    expect(early.decision.reason).toBe('not_in_force')
    expect(verify(early).holds).toBe(true)
  })

  it('is made only of facts that parse', () => {
    const seal = () => sealCapsule({ ir: club, facts: {}, values: exampleValues, on: '2024-03-31', sign: testSigner })
    expect(seal).toThrow(FactProblems)
  })
})

describe('a capsule of long ago', () => {
  const folder = new URL('golden/', import.meta.url)

  it.each(readdirSync(folder))('%s still holds', (file) => {
    const capsule: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    expect(verify(capsule)).toEqual({ holds: true, findings: [] })
  })

  it('is there for every version of the IR', () => {
    expect(readdirSync(folder)).toEqual(['ir-version-1.json', 'ir-version-2.json'])
  })
})

describe('tampering', () => {
  const capsule: unknown = JSON.parse(readFileSync(new URL('golden/ir-version-2.json', import.meta.url), 'utf8'))
  // Of the rule, which is long, every twentieth place.
  const paths = leavesOf([], capsule).filter(([first], index) => first !== 'ir' || index % 20 === 0)

  it('with any single thing in the file is found', () => {
    expect(paths.length).toBeGreaterThan(300)
    const unnoticed = paths.filter((path) => verify(changedAt(capsule, path)).holds)
    expect(unnoticed).toEqual([])
  }, 120_000)

  it.each(CAPSULE_PARTS)('with the part %s names that part', (part) => {
    const inPart = paths.filter(([first]) => first === part)
    expect(inPart.length).toBeGreaterThan(0)
    for (const path of inPart.slice(0, 20)) {
      const { findings } = verify(changedAt(capsule, path))
      const isNamed = findings.some(
        (each) =>
          (each.finding === 'part_altered' && each.part === part) ||
          each.finding === 'not_a_capsule' ||
          each.finding === 'unknown_ir_version',
      )
      expect(isNamed, path.join('.')).toBe(true)
    }
  })

  it.each<[string, unknown, CapsuleFinding[]]>([
    ['no capsule', { some: 'thing' }, [{ finding: 'not_a_capsule', path: 'format', expected: expect.anything() }]],
    ['another version', { ...sealed, version: 9 }, [{ finding: 'unknown_version', found: '9', known: '1' }]],
    [
      'something that is not in the format',
      { ...sealed, remark: 'x' },
      [{ finding: 'not_a_capsule', path: '', expected: expect.anything() }],
    ],
    [
      'another signer',
      { ...sealed, signature: { ...sealed.signature, keyId: 'other' } },
      [{ finding: 'key_unknown', keyId: 'other' }],
    ],
    [
      'another signature',
      { ...sealed, signature: { ...sealed.signature, value: '00' } },
      [{ finding: 'signature_wrong', keyId: 'test' }],
    ],
    [
      'another day, and the signature is wrong',
      { ...sealed, on: '2024-04-01' },
      [
        { finding: 'part_altered', part: 'on' },
        { finding: 'signature_wrong', keyId: 'test' },
      ],
    ],
    [
      'a better decision, sealed by the holder of the key',
      forged({ decision: { ...sealed.decision, amountFen: 1 } }),
      [
        {
          finding: 'decision_differs',
          differences: [{ path: 'amountFen', sealed: '1', recomputed: '60000' }],
        },
      ],
    ],
    [
      'other facts, sealed by the holder of the key',
      forged({ facts: { ...sealed.facts, suspended: true } }),
      [
        { finding: 'steps_differ', differences: expect.anything() },
        { finding: 'decision_differs', differences: expect.anything() },
      ],
    ],
    [
      'steps that were not taken',
      forged({ steps: { slots: [], items: [] } }),
      [{ finding: 'steps_differ', differences: expect.anything() }],
    ],
    [
      'the rule of another policy',
      forged({ policy: 'other' }),
      [{ finding: 'policy_differs', sealed: 'other', ir: 'club-membership-fee' }],
    ],
    [
      'facts that do not parse',
      forged({ facts: { ...sealed.facts, kind: 'robot' } }),
      [{ finding: 'not_decidable', part: 'facts', because: expect.stringContaining('kind') }],
    ],
    [
      'values that are missing',
      forged({ values: {} }),
      [{ finding: 'not_decidable', part: 'values', because: expect.stringContaining('feeByKind') }],
    ],
    [
      'a rule that is none',
      forged({ ir: { irVersion: 1 } }),
      [{ finding: 'not_decidable', part: 'ir', because: expect.anything() }],
    ],
    [
      'a rule in a form of the future',
      forged({ ir: { ...club, irVersion: 99 } }),
      [{ finding: 'unknown_ir_version', found: '99', known: '1, 2' }],
    ],
  ])('%s is told exactly', (_name, capsuleOf, findings) => {
    expect(verify(capsuleOf)).toEqual({ holds: false, findings })
    for (const language of ['zh', 'en'] as const) {
      const sentences = renderVerification(verify(capsuleOf), language)
      expect(sentences.length).toBeGreaterThanOrEqual(findings.length)
      expect(sentences.join('\n')).not.toMatch(/\{[a-z]\}/)
    }
  })

  it.each(['facts', 'values', 'ir', 'decision', 'steps', 'hashes', 'signature'])(
    'with a key that JSON may have and objects do not, in %s, is found',
    (part) => {
      const text = JSON.stringify(sealed).replace(`"${part}":{`, `"${part}":{"__proto__":{"some":"thing"},`)
      expect(verify(JSON.parse(text)).findings).toEqual([expect.objectContaining({ finding: 'not_a_capsule' })])
    },
  )

  it('is told in sentences', () => {
    expect(renderVerification(verify(sealed), 'en')).toEqual([
      'All of it holds: its rule, facts and values give its steps and its decision again, and the signature is good.',
    ])
    expect(renderVerification(verify(forged({ decision: { ...sealed.decision, amountFen: 1 } })), 'en')).toEqual([
      'Decided again, the decision is different:',
      '  amountFen: sealed 1, recomputed 60000',
    ])
    expect(renderVerification(verify('text'), 'en')[0]).toMatch(/^This is no capsule of a decision: the file is not of/)
    expect(renderVerification(verify('text'), 'zh')[0]).toMatch(/^不是决定封存件：整个文件不符合格式（/)
    expect(renderVerification(verify(forged({ values: {} })), 'en')[0]).toMatch(
      /^It cannot be .* because of the values: /,
    )
  })
})

/** The path of everything in a JSON that is no list and no object. */
function leavesOf(path: readonly string[], thing: unknown): (readonly string[])[] {
  if (typeof thing !== 'object' || thing === null) return [path]
  return Object.entries(thing).flatMap(([name, member]) => leavesOf([...path, name], member))
}

function changedAt(thing: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return otherThan(thing)
  if (Array.isArray(thing)) return thing.map((each, index) => (String(index) === first ? changedAt(each, rest) : each))
  const members = Object.entries(typeof thing === 'object' && thing !== null ? thing : {})
  return Object.fromEntries(members.map(([name, member]) => [name, name === first ? changedAt(member, rest) : member]))
}

function otherThan(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1
  return typeof leaf === 'boolean' ? !leaf : `${leaf}x`
}

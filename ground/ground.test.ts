import { sql } from 'kysely'
import { sm2 } from 'sm-crypto-v2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standingClock } from './clock.ts'
import { isPlainDate } from './dates.ts'
import { checkDigit, hasCheckDigit, newId } from './ids.ts'
import { seededRandom, systemRandom } from './random.ts'
import { makeNodeKeys, seal, sm2Sign, sm2Verify, unseal } from './sm.ts'
import { type TestNode, testNode } from './testing.ts'
import { asActor, inTransaction } from './work.ts'

describe('a transaction carries its actor to row-level security', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode({ migrations: [] })
  })
  afterAll(() => node.close())

  const prefix = sql<{ prefix: string | null; sees: boolean }>`
    select ground.setting('agency_prefix') as prefix, ground.may_see('320102', null, null, null) as sees`

  it.each([
    ['a province sees its districts', '320000', '32', true],
    ['a city sees its districts', '320100', '3201', true],
    ['another city does not', '320500', '3205', false],
    ['another province does not', '650000', '65', false],
  ])('%s', async (_, agency, expectedPrefix, sees) => {
    const actor = { kind: 'staff', userId: 'u', assignmentId: 'a', role: 'reviewer', agency } as const
    const rows = await inTransaction(node, actor, async (work) => (await prefix.execute(work.db)).rows)
    expect(rows).toEqual([{ prefix: expectedPrefix, sees }])
  })

  it('nobody set means nothing seen, and a part done as another actor ends with it', async () => {
    const seen = await inTransaction(node, { kind: 'public' }, async (work) => {
      const before = (await prefix.execute(work.db)).rows[0]?.sees
      const inside = await asActor(
        work,
        { kind: 'system' },
        async (part) => (await prefix.execute(part.db)).rows[0]?.sees,
      )
      const after = (await prefix.execute(work.db)).rows[0]?.sees
      return [before, inside, after]
    })
    expect(seen).toEqual([false, true, false])
  })

  it('reads instants, dates and amounts in the house forms', async () => {
    const row = await inTransaction(node, { kind: 'system' }, async (work) => {
      const read = sql`select timestamptz '2026-05-11 09:00+08' as at, date '2026-05-11' as on, 4000000::bigint as amount`
      return (await read.execute(work.db)).rows[0]
    })
    expect(row).toEqual({ at: '2026-05-11T01:00:00.000Z', on: '2026-05-11', amount: 4_000_000 })
  })
})

describe('days', () => {
  it.each([
    ...['2026-01-31', '2026-02-28', '2028-02-29', '2026-04-30', '2026-12-31'].map((day) => [day, true] as const),
    ...[
      '2026-02-29',
      '2026-02-30',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '2026-05-00',
      '2026-05-32',
      '2026-5-01',
    ].map((day) => [day, false] as const),
  ])('%s is one: %s', (day, isOne) => {
    expect(isPlainDate(day)).toBe(isOne)
  })
})

describe('ids and numbers', () => {
  it('a later clock gives a later id, and the same seed the same id', () => {
    const early = newId(standingClock('2026-05-11T01:00:00.000Z'), seededRandom('a'))
    const late = newId(standingClock('2026-05-11T01:00:00.001Z'), seededRandom('a'))
    expect(early < late).toBe(true)
    expect(newId(standingClock('2026-05-11T01:00:00.000Z'), seededRandom('a'))).toBe(early)
  })

  it('the check digit notices any single wrong digit', () => {
    const number = `2026050012${checkDigit('2026050012')}`
    expect(hasCheckDigit(number)).toBe(true)
    for (let place = 0; place < number.length; place++) {
      const wrong = `${number.slice(0, place)}${(Number(number[place]) + 1) % 10}${number.slice(place + 1)}`
      expect(hasCheckDigit(wrong), wrong).toBe(false)
    }
  })
})

describe('SM2, SM3, SM4', () => {
  const keys = makeNodeKeys(systemRandom)
  it('what is sealed opens again, and a changed byte is noticed', () => {
    const sealed = seal(keys, systemRandom, '11010519491231002X')
    expect(unseal(keys, sealed)).toBe('11010519491231002X')
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => unseal(keys, sealed)).toThrow(/changed/)
  })

  it('a signature verifies here and by an independent implementation, and for no other bytes', () => {
    const data = Buffer.from('工伤保险')
    const signature = sm2Sign(keys.signingPrivateKey, keys.signingPublicKey, data)
    expect(sm2Verify(keys.signingPublicKey, data, signature)).toBe(true)
    expect(sm2Verify(keys.signingPublicKey, Buffer.from('工伤保除'), signature)).toBe(false)
    const der = Buffer.from(keys.signingPublicKey.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    const point = der.subarray(der.length - 65).toString('hex')
    const hex = Buffer.from(signature, 'base64').toString('hex')
    expect(sm2.doVerifySignature(new Uint8Array(data), hex, point, { der: true, hash: true })).toBe(true)
  })
})

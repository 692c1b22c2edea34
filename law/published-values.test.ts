import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, inTransaction, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { bookWithPublications } from './published-book.ts'
import {
  approveValue,
  lawMigrations,
  pendingValueProposals,
  proposeValue,
  publishedValues,
} from './published-values.ts'
import { unifiedProvinces } from './unified-provinces.ts'
import { loadValues } from './value-files.ts'
import { resolveValues } from './values.ts'

const book = loadValues([
  {
    region: '000000',
    path: 'club/values.yaml',
    text: `
feeFen: { unit: fen, regionOf: insured, dates: [{ value: 100, from: 2024-01-01, source: s }] }
limitFen: { unit: fen, keys: [level], dates: [{ value: { two: 2, one: 1 }, from: 2024-01-01, source: s }] }`,
  },
])

const officer = (user: number, agency: string): Actor => ({
  kind: 'staff',
  userId: `00000000-0000-4000-8000-00000000000${user}`,
  assignmentId: `00000000-0000-4000-9000-00000000000${user}`,
  role: 'values_admin',
  agency,
})
const li = officer(1, '320000')
const wang = officer(2, '320000')
const proposal = {
  service: 'club',
  name: 'feeFen',
  region: '320000',
  value: 150,
  from: '2026-06-01',
  source: 'Order 7',
}

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await lawMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const propose = (actor: Actor, change: object = {}) =>
  as(actor, (work) => proposeValue(work, book, { ...proposal, ...change }))
const refusal = (code: string) => expect.objectContaining({ code })

describe('a value is published by two pairs of eyes', () => {
  it('holds for nobody until another officer approves it, then from its day on', async () => {
    const service = 'club-two-eyes'
    const id = await propose(li, { service, note: 'raised' })
    const feeOn = (on: string, knownOn?: string) =>
      as({ kind: 'public' }, async (work) => {
        const known = await bookWithPublications(work, service, book, knownOn)
        return resolveValues(known, { names: ['feeFen'], on, insuredRegion: '320100' }).feeFen?.value
      })
    expect(await feeOn('2026-06-01')).toBe(100)
    expect(await as(wang, (work) => pendingValueProposals(work, service))).toMatchObject([{ id, value: 150 }])

    const published = await as(wang, (work) => approveValue(work, id))
    expect(published).toMatchObject({ publishedOn: '2026-05-11', unit: 'fen', note: 'raised' })
    expect(await feeOn('2026-05-31')).toBe(100)
    expect(await feeOn('2026-06-01')).toBe(150)
    expect(await feeOn('2026-06-01', '2026-05-10')).toBe(100)
    expect(await as(wang, (work) => pendingValueProposals(work, service))).toEqual([])
    expect(await as(wang, (work) => publishedValues(work, service, '2026-05-11'))).toEqual([published])
  })

  it('a later publication takes the place of an earlier one from its own day', async () => {
    const service = 'club-later'
    const publish = async (change: object) => {
      const id = await propose(li, { service, ...change })
      node.clock.advance(1000)
      await as(wang, (work) => approveValue(work, id))
    }
    await publish({ value: 150, from: '2026-06-01' })
    await publish({ value: 170, from: '2026-07-01' })
    const known = await as(li, (work) => bookWithPublications(work, service, book))
    const feeOn = (on: string) => resolveValues(known, { names: ['feeFen'], on, insuredRegion: '320000' }).feeFen?.value
    expect(['2026-05-31', '2026-06-30', '2026-07-01'].map(feeOn)).toEqual([100, 150, 170])
  })

  it('a table is published whole, whatever the order of its keys', async () => {
    const service = 'club-table'
    const value = { two: 20, one: 10 }
    const id = await propose(li, { service, name: 'limitFen', value })
    await as(wang, (work) => approveValue(work, id))
    expect(await as(li, (work) => publishedValues(work, service, work.today))).toMatchObject([{ value }])
  })

  it('the proposer may not approve, and nobody twice', async () => {
    const id = await propose(li)
    await expect(as(li, (work) => approveValue(work, id))).rejects.toThrowError(refusal('same_officer'))
    await as(wang, (work) => approveValue(work, id))
    await expect(as(wang, (work) => approveValue(work, id))).rejects.toThrowError(
      refusal('value_proposal_already_approved'),
    )
  })

  it.each([
    ['a resident', { kind: 'person', userId: 'u', personId: 'p' } as const, {}, 'value_needs_officer'],
    ['a city for its province', officer(3, '320100'), {}, 'value_outside_agency'],
    ['another province', officer(3, '650000'), {}, 'value_outside_agency'],
    ['a city of Gansu (A2.03)', officer(3, '620000'), { region: '620100' }, 'city_value_in_unified_province'],
    ['a name the service does not have', li, { name: 'feFen' }, 'bad_input'],
    ['a word for an amount', li, { value: 'much' }, 'bad_input'],
    ['an end before the start', li, { to: '2026-05-31' }, 'bad_input'],
    ['no source', li, { source: '' }, 'bad_input'],
    ['an unknown region', li, { region: '329999' }, 'unknown_region'],
  ])('refused to propose: %s', async (_, actor, change, code) => {
    await expect(propose(actor, change)).rejects.toThrowError(refusal(code))
  })

  it.each([
    ['Gansu itself', officer(3, '620000'), { region: '620000', insurance: 'work_injury' }],
    ['a city of Gansu, for another insurance', officer(3, '620100'), { region: '620100', insurance: 'unemployment' }],
    ['a city elsewhere', officer(3, '320100'), { region: '320100' }],
  ])('accepted: %s', async (_, actor, change) => {
    expect(await propose(actor, change)).toBeTypeOf('string')
  })

  it('an unknown proposal is refused, and so is one of another agency', async () => {
    const unknown = '00000000-0000-4000-8000-0000000000ff'
    await expect(as(wang, (work) => approveValue(work, unknown))).rejects.toThrowError(
      refusal('value_proposal_not_found'),
    )
    const id = await propose(li)
    await expect(as(officer(3, '320100'), (work) => approveValue(work, id))).rejects.toThrowError(
      refusal('value_outside_agency'),
    )
  })
})

describe('the database guards itself against the application role', () => {
  let id: Id
  beforeAll(async () => {
    id = await propose(li)
    await as(wang, (work) => approveValue(work, id))
  })

  const insertProposal = (region: string, proposedBy: string) => sql`
    INSERT INTO law.value_proposal (id, service, name, region, unit, value, effective_from, source, proposed_by, proposed_at)
    VALUES (gen_random_uuid(), 'club', 'feeFen', ${region}, 'fen', '1', '2026-01-01', 's', ${proposedBy}, now())`
  const liId = '00000000-0000-4000-8000-000000000001'
  const wangId = '00000000-0000-4000-8000-000000000002'

  it.each([
    ['changing a proposal', sql`UPDATE law.value_proposal SET value = '1'`, /permission denied/],
    ['changing an approval', sql`UPDATE law.value_approval SET published_on = '2020-01-01'`, /permission denied/],
    ['deleting', sql`DELETE FROM law.value_approval`, /permission denied/],
    ['emptying', sql`TRUNCATE law.value_proposal CASCADE`, /permission denied/],
    ['a proposal in another officer’s name', insertProposal('320000', wangId), /row-level security/],
    ['a proposal for another agency’s region', insertProposal('650000', liId), /row-level security/],
  ])('%s', async (_, statement, message) => {
    await expect(as(li, (work) => statement.execute(work.db))).rejects.toThrow(message)
  })

  it('A2-t4: a value of a city inside Gansu', async () => {
    await expect(
      as({ ...officer(1, '620000') }, (work) => insertProposal('620100', liId).execute(work.db)),
    ).rejects.toThrow(/city_value_in_unified_province/)
  })

  it('knows the same unified provinces as the list that the loader reads', async () => {
    const { rows } = await as(li, (work) =>
      sql<{ province: string; insurance: string; source: string }>`TABLE law.unified_province`.execute(work.db),
    )
    expect(rows).toEqual(unifiedProvinces.map(({ province, insurance, source }) => ({ province, insurance, source })))
  })

  it('an approval by the proposer', async () => {
    const own = await propose(li)
    const statement = sql`INSERT INTO law.value_approval VALUES (${own}, ${liId}, ${liId}, now(), '2026-05-11', 'x')`
    await expect(as(li, (work) => statement.execute(work.db))).rejects.toThrow(/same_officer/)
  })

  it('an approval written around the platform is noticed: it is not signed by the node', async () => {
    const service = 'club-forged'
    const forged = await propose(li, { service })
    const statement = sql`INSERT INTO law.value_approval VALUES (${forged}, ${liId}, ${wangId}, now(), '2026-05-11', 'x')`
    await as(wang, (work) => statement.execute(work.db))
    await expect(as(li, (work) => publishedValues(work, service, work.today))).rejects.toThrow(/signature/)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Work } from '../../ground/door.ts'
import { type TestNation, testNation } from './nation.testing.ts'
import { findSettlement, keepSettlement, settlementsOfStay } from './settlements.ts'

let nation: TestNation
beforeAll(async () => {
  nation = await testNation({ regions: ['320000'] })
})
afterAll(() => nation.close())

/** How many settlements this transaction has read. */
async function readCount(work: Work): Promise<number> {
  const count = sql<{ count: number }>`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS count FROM pg_stat_xact_user_tables
    WHERE schemaname = 'svc_work_injury_settlement' AND relname = 'settlement'`
  return (await count.execute(work.db)).rows[0]?.count ?? 0
}

function settlementOf(work: Work, number: string) {
  return {
    ...{
      number,
      side: 'home' as const,
      revision: 1,
      case_id: work.newId(),
      agency: '320100',
      insured_region: '320000',
    },
    ...{ treatment_region: '650000', institution_id: null, person_id: null, cost_type: 'inpatient' },
    ...{ state: 'settled' as const, total_fen: 100, fund_fen: 90, person_fen: 10, deducted_fen: 0 },
    ...{ admitted_on: '2026-05-01', discharged_on: '2026-05-10', settled_on: '2026-05-10', undone_on: null },
    ...{ reconciled_on: null, audited_on: null, paid_on: null, cleared_fen: 0, cleared_in: null },
    ...{ changed_on: '2026-05-10', disputed_in: null },
  }
}

describe('settlements', () => {
  it('are found by their number and their stay without reading the others, though the table was never analysed', async () => {
    const home = nation.region('320000')
    await home.run(async (work) => {
      for (let stay = 10; stay < 60; stay++) await keepSettlement(work, settlementOf(work, `stay-${stay}-1`))
    })
    await home.run(async (work) => {
      expect(await findSettlement(work, 'home', 'stay-30-1')).toMatchObject({ number: 'stay-30-1' })
      expect((await settlementsOfStay(work, 'home', 'stay-31')).map(({ number }) => number)).toEqual(['stay-31-1'])
      expect(await readCount(work)).toBeLessThanOrEqual(2)
    })
  })
})

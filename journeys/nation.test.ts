import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningNation, startNation } from './nation.ts'
import {
  admit,
  bothSides,
  fileElsewhere,
  liNaInUrumqi,
  openSettlementDesks,
  readBill,
  type SettlementDesks,
  scanCode,
  settleStay,
  untilStatus,
} from './settlement-desks.ts'

// The hub and three regions, each a process; a NATS cluster and PostgreSQL. One case across two of them, and what is killed in its middle.

let nation: RunningNation
let desks: SettlementDesks
let before: Awaited<ReturnType<typeof bothSides>>
let stayId = ''
beforeAll(async () => {
  nation = await startNation()
  desks = await openSettlementDesks(nation, liNaInUrumqi)
  before = await bothSides(desks)
}, 400_000)
afterAll(() => nation?.stop())

describe('a nation on one machine', () => {
  it('shows every process and region, all well', async () => {
    const { processes, regions } = await nation.status()
    expect(processes.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual(
      ['000000', '320000', '620000', '650000', 'NATS n1', 'NATS n2', 'NATS n3', 'PostgreSQL'].map(
        (name) => `${name} running`,
      ),
    )
    expect(regions.map(({ isWell }) => isWell)).toEqual([true, true, true, true])
  })

  it('files in one process; the other has heard of it', async () => {
    await fileElsewhere(desks)
    await nation.untilQuiet(60_000)
  })

  it('admits though the insured region was killed a moment ago: the hospital goes on, and has its answer when the region is back', async () => {
    const code = await scanCode(desks)
    await nation.kill('320000')
    stayId = await admit(desks, code, '2026-05-11')
    await untilStatus(desks.hospital, stayId, 'in_hospital')
  })

  it('settles while a NATS server is lost and the treatment region is killed; both sides agree, to the fen', async () => {
    await nation.moveTo('2026-05-31')
    await nation.kill('NATS n1')
    const fundFen = await settleStay(desks, stayId, await readBill(), '2026-05-31')
    expect(fundFen).toBe(3_600_000)
    await nation.kill('650000')
    await nation.untilQuiet(120_000)
    const { home, host } = await bothSides(desks)
    expect(host.settlements).toEqual(expect.arrayContaining(home.settlements))
    expect(home.settlements.length).toBe(before.home.settlements.length + 1)
    expect(home.settlements.length).toBe(host.settlements.length)
    expect(home.owedFen - before.home.owedFen).toBe(fundFen)
    expect(host.owedFen - before.host.owedFen).toBe(fundFen)
    expect(home.bookedFen).toBe(host.bookedFen)
    expect([home.isBalanced, host.isBalanced]).toEqual([true, true])
  })

  it('has started again whatever ended, and stops all of it when told, leaving nothing behind', async () => {
    const { processes } = await nation.status()
    const restarted = processes.filter(({ restarts }) => restarts > 0).map(({ name }) => name)
    expect(restarted.toSorted()).toEqual(['320000', '650000', 'NATS n1'])
    expect(await nation.stop()).toEqual({ code: 0, left: [] })
  })
})

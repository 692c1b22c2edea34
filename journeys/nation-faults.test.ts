import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { randomBelow, randomPick, seededRandom, standingClock } from '../ground/door.ts'
import { judgeBooks } from '../simulation/judges/books.ts'
import { judgeMail } from '../simulation/judges/mail.ts'
import { type RunningNation, startNation } from './nation.ts'
import {
  admit,
  bothSides,
  fileElsewhere,
  liNaInUrumqi,
  maJunInNanjing,
  openSettlementDesks,
  readBill,
  type SettlementDesks,
  scanCode,
  settleStay,
  untilStatus,
} from './settlement-desks.ts'

// Whatever can end is ended without warning or frozen, one after the other at random, while two people are treated again and again. What must
// hold afterwards is asked of both sides and of the tables. The network is cut by freezing servers and regions, so that their connections stand and
// are silent; exchange/network.test.ts cuts it between the hosts.

const seed = process.env.TONGBAN_FAULTS_SEED ?? '20260511'
const loadMilliseconds = Number(process.env.TONGBAN_FAULTS_SECONDS ?? 60) * 1000
const regions = ['000000', '320000', '620000', '650000']
const servers = ['NATS n1', 'NATS n2', 'NATS n3']

let nation: RunningNation
let desks: SettlementDesks[]
let before: Awaited<ReturnType<typeof bothSides>>[]
beforeAll(async () => {
  nation = await startNation()
  desks = [await openSettlementDesks(nation, liNaInUrumqi), await openSettlementDesks(nation, maJunInNanjing)]
  before = await Promise.all(desks.map(bothSides))
  for (const each of desks) await fileElsewhere(each)
  await nation.moveTo('2026-05-31')
}, 400_000)
afterAll(() => nation?.stop())

describe(`faults at random, seed ${seed}`, () => {
  const settledFen: number[][] = [[], []]
  const told: string[] = []

  it('while everything is killed and frozen in turn, every stay comes to its settlement', async () => {
    const load = new AbortController()
    const treated = desks.map(async (each, index) => {
      while (!load.signal.aborted) settledFen[index]?.push(await treat(each))
    })
    await wreakHavoc(AbortSignal.timeout(loadMilliseconds))
    load.abort()
    await Promise.all(treated)
    console.log(`seed ${seed}: ${told.join(', ')}; settled: ${settledFen.map((fens) => fens.length).join(' and ')}`)
    for (const fens of settledFen) expect(fens.length).toBeGreaterThan(0)
  }, 300_000)

  it('all that was said is heard when it is over', () => nation.untilQuiet(150_000), 160_000)

  it('both sides have each settlement once, with the same amount, and their books agree', async () => {
    for (const [index, each] of desks.entries()) {
      const { home, host } = await bothSides(each)
      const added = settledFen[index] ?? []
      const addedFen = added.reduce((sum, fundFen) => sum + fundFen, 0)
      const byNumber = ({ number }: { number: string }) => number
      expect(home.settlements.toSorted(compareBy(byNumber))).toEqual(host.settlements.toSorted(compareBy(byNumber)))
      expect(new Set(host.settlements.map(byNumber)).size).toBe(host.settlements.length)
      expect(host.settlements.length - (before[index]?.host.settlements.length ?? 0)).toBe(added.length)
      expect(host.owedFen - (before[index]?.host.owedFen ?? 0)).toBe(addedFen)
      expect(home.owedFen).toBe(host.owedFen)
      expect(home.bookedFen).toBe(host.bookedFen)
      expect([home.isBalanced, host.isBalanced]).toEqual([true, true])
    }
  })

  it('the judges of the simulator find nothing: books balanced and sealed, every message arrived and evidenced', async () => {
    // What is due at the end of a day is done, sealing the books among it.
    await nation.moveTo('2026-06-02')
    await nation.untilQuiet(60_000)
    await nation.moveTo('2026-06-03')
    const judged = await Promise.all(regions.map(openForJudges))
    const findings = [await judgeMail({ regions: judged }), ...(await Promise.all(judged.map(judgeBooks)))]
    await Promise.all(judged.map(({ close }) => close()))
    expect(findings.flat()).toEqual([])
  }, 120_000)

  /** One stay from the admission to the settlement, on one day; answers what the fund pays. */
  async function treat(each: SettlementDesks): Promise<number> {
    const stayId = await admit(each, await scanCode(each), '2026-05-31')
    await untilStatus(each.hospital, stayId, 'in_hospital')
    const lines = (await readBill()).slice(0, 3).map((line) => ({ ...line, chargedOn: '2026-05-31' }))
    return settleStay(each, stayId, lines, '2026-05-31')
  }

  async function wreakHavoc(over: AbortSignal): Promise<void> {
    const random = seededRandom(`faults ${seed}`)
    const notYet = new Set([...regions, ...servers, 'PostgreSQL'])
    while (!over.aborted) {
      await sleep(1000 + randomBelow(random, 4000))
      // First everything is killed once, then whatever the dice say.
      const isFrozen = notYet.size === 0 && randomBelow(random, 2) === 0
      const victim = randomPick(random, notYet.size > 0 ? [...notYet] : [...regions, ...servers])
      notYet.delete(victim)
      told.push(`${victim} ${isFrozen ? 'frozen' : 'killed'}`)
      if (isFrozen) await nation.freeze(victim, 4000)
      else await nation.kill(victim)
    }
  }
})

function compareBy<Row>(keyOf: (row: Row) => string) {
  return (one: Row, other: Row) => keyOf(one).localeCompare(keyOf(other))
}

const schemaNodes = z.object({ now: z.string() })

/** A region's tables for judges, who read them as the administrator. */
async function openForJudges(region: string) {
  const client = new Client({ connectionString: `${await nation.databaseUrl()}/tongban_${region}` })
  await client.connect()
  const { now } = schemaNodes.parse(await (await fetch(`${nation.urlOf(region)}/api/v1/nodes`)).json())
  return {
    region,
    node: { clock: standingClock(now) },
    database: {
      look: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(sql, [...values])).rows,
    },
    close: () => client.end(),
  }
}

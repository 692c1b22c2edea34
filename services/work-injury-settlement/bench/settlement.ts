/**
 * `node services/work-injury-settlement/bench/settlement.ts [--settlements N] [--only a,b] [--full]`: settlements between two regions beside bare rows on the
 * same PostgreSQL (fsync on), in one run. Settlements a second, from the step at the hospital to the booking at home and its receipt, against
 * `pgbench` with as many bare writes in as many commits; transfers against multi-row inserts of the same rows; time per settlement as
 * the books grow; how a backlog drains; memory as settlements go by (with `node --expose-gc`).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { createInProcessTransport } from '../../../exchange/door.ts'
import { type Actor, inTransaction, must, systemActor, type Work } from '../../../ground/door.ts'
import { postTransfer, postTransfers, type TransferSpec } from '../../../ledger/door.ts'
import { asAdministrator, drillFolder, drillPrograms, startDrillServer } from '../backup-server.testing.ts'
import { admittedStay, bill, discharge, nanjingInUrumqi, type Treatment, take } from '../journey.testing.ts'
import { fundRegion, type TestRegion, testNation } from '../nation.testing.ts'
import { fundBooks } from '../postings.ts'

const { values: options } = parseArgs({
  options: {
    settlements: { type: 'string', default: '200' },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const settlementCount = Number(options.settlements)
const sizes = options.full ? [10_000, 100_000, 1_000_000, 10_000_000] : [10_000, 100_000, 1_000_000]
/** Settlements in a row while memory is watched, and after how many it is looked at. */
const memoryCount = options.full ? 1_000_000 : 4_000
const memoryRound = options.full ? 10_000 : 400
/** How many hospital offices work at the same time. */
const deskCount = 4
/** The next number of a bare row, which no identity column gives. */
let bareSeq = 1
/** In how many turns settlements are measured. */
const roundCount = 2
/** How many people are treated; each stay is of the next of them. */
const personCount = 200

type PreviewedStay = { caseId: string; seq: number; office: Actor }

const programs = must(drillPrograms().at(-1), 'a PostgreSQL')
const folder = drillFolder()
const server = await startDrillServer(programs.bin, join(folder, 'data'), { durable: true })
const transport = createInProcessTransport()
const regions = ['000000', '320000', '650000']
const nation = await testNation({
  regions,
  transport,
  now: '2026-05-31T01:00:00.000Z',
  adminUrls: Object.fromEntries(regions.map((region) => [region, server.adminUrl])),
})
const [home, host] = [nation.region('320000'), nation.region('650000')]
try {
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${programs.name}, fsync on`)
  for (const region of [home, host]) await fundRegion(region)
  const treatments: Treatment[] = []
  for (let count = 0; count < personCount; count++) treatments.push(await nanjingInUrumqi(nation))
  const parts = { settlements, transfers, backlog, growth, memory }
  for (const [name, part] of Object.entries(parts)) {
    if ((options.only ?? name).split(',').includes(name)) await part()
  }

  /** Stays that are previewed and wait to be settled. */
  async function previewed(count: number): Promise<PreviewedStay[]> {
    const stays: PreviewedStay[] = []
    for (let number = 0; number < count; number++) {
      const treatment = must(treatments[number % personCount], 'a person')
      const { office } = treatment.hospital
      const { caseId } = await admittedStay(nation, treatment)
      await take(host, office, caseId, 'importBill', { sourceName: 'bill.csv', lines: bill })
      const { seq } = await take(host, office, caseId, 'previewBill')
      stays.push({ caseId, seq, office })
    }
    await nation.settleMessages()
    return stays
  }

  /** As the hospital's page does: it was shown the preview, and settles the stay as it stood then. */
  async function settleAll(stays: readonly PreviewedStay[]): Promise<void> {
    let next = 0
    const desk = async () => {
      for (let stay = stays[next++]; stay !== undefined; stay = stays[next++]) {
        const { caseId, seq: expectedSeq, office } = stay
        const request = { caseId, expectedSeq, step: 'settle', body: discharge(400_000), idempotencyKey: caseId }
        await host.run((work) => host.cases.take(work, request), office)
      }
    }
    await Promise.all(Array.from({ length: deskCount }, desk))
  }

  /** By turns with `pgbench`, so that whatever else the machine does meets both alike. */
  async function settlements(): Promise<void> {
    // Each person was treated once before, so that what is opened for them and their hospitals is not counted.
    const [first, counted, again] = [await previewed(personCount), await previewed(200), await previewed(100)]
    const rounds: PreviewedStay[][] = []
    for (let round = 0; round < roundCount; round++)
      rounds.push(await previewed(Math.ceil(settlementCount / roundCount)))
    await settled(first)
    // As autovacuum does within a minute of any real day.
    for (const region of nation.regions) await asOwner(region, 'ANALYZE')
    const before = await rowsSoFar()
    await settled(counted)
    const rows = ((await rowsSoFar()) - before) / counted.length
    // Connections that were idle meanwhile are closed, and what they had planned with them.
    await settled(again)
    const seconds = { atHost: 0, withHome: 0, bare: 0 }
    let [count, commits] = [0, 0]
    for (const stays of rounds) {
      const committedBefore = await commitsSoFar()
      const atHost = await secondsOf(() => settleAll(stays))
      seconds.atHost += atHost
      seconds.withHome += atHost + (await secondsOf(deliverAll))
      const committed = (await commitsSoFar()) - committedBefore
      const bare = pgbench((rows * stays.length) / committed)
      if (bare === undefined) return console.log('pgbench is not installed: no ratio')
      seconds.bare += committed / bare
      count += stays.length
      commits += committed
    }
    const perSecond = (taken: number) => `${(count / taken).toFixed(1)} a second`
    console.log(
      `a settlement is ${(commits / count).toFixed(2)} commits and ${rows.toFixed(1)} rows written in two regions`,
    )
    console.log(`settled at the hospital                        ${perSecond(seconds.atHost)}`)
    console.log(`signed, booked at home, claimed, acknowledged  ${perSecond(seconds.withHome)}`)
    console.log(`pgbench, the same commits and rows             ${perSecond(seconds.bare)}`)
    report('settlements with signatures', seconds.bare / seconds.withHome, 0.25)
  }

  /** All regions side by side, as each does by itself in operation. */
  async function deliverAll(): Promise<void> {
    let delivered: readonly number[]
    do {
      delivered = await Promise.all(nation.regions.map(({ exchange }) => exchange.pump()))
    } while (delivered.some((count) => count > 0))
    await nation.settleMessages()
  }

  async function settled(stays: readonly PreviewedStay[]): Promise<void> {
    await settleAll(stays)
    await nation.settleMessages()
  }

  /** Ledger transfers, a hundred to a commit, beside the same rows sent by two multi-row inserts into tables with the same indexes and no guards. */
  async function transfers(): Promise<void> {
    const [batches, size] = [50, 100]
    await asOwner(
      host,
      'CREATE TABLE IF NOT EXISTS ledger.bare_transfer (LIKE ledger.transfer INCLUDING INDEXES)',
      'CREATE TABLE IF NOT EXISTS ledger.bare_entry (LIKE ledger.entry INCLUDING INDEXES)',
      'GRANT INSERT ON ledger.bare_transfer, ledger.bare_entry TO tongban_app',
    )
    const ways: Record<'ours' | 'singly' | 'bare', (work: Work, batch: string) => Promise<unknown>> = {
      ours: (work, batch) => postTransfers(work, transferSpecs(batch, size)),
      async singly(work, batch) {
        for (const spec of transferSpecs(batch, size)) await postTransfer(work, spec)
      },
      bare: (work, batch) => insertBare(work, transferSpecs(batch, size)),
    }
    const seconds = { ours: 0, singly: 0, bare: 0 }
    // By turns, so that whatever else the machine does meets all alike; the first turns warm up.
    for (let batch = -5; batch < batches; batch++) {
      for (const way of ['ours', 'singly', 'bare'] as const) {
        const taken = await secondsOf(() => host.run((work) => ways[way](work, `${way} ${batch}`)))
        if (batch >= 0) seconds[way] += taken
      }
    }
    const perSecond = (taken: number) => `${Math.round((batches * size) / taken)} a second`
    console.log(`transfers, ${size} in one statement and commit    ${perSecond(seconds.ours)}`)
    console.log(`transfers, ${size} one by one to a commit         ${perSecond(seconds.singly)}`)
    console.log(`the same rows by multi-row insert              ${perSecond(seconds.bare)}`)
    report('transfers against inserts', seconds.bare / seconds.ours, 0.5)
  }

  function transferSpecs(name: string, count: number): TransferSpec[] {
    return Array.from({ length: count }, (_, number) => ({
      ...{ key: `${name} ${number}`, kind: 'opening', on: '2026-05-31', books: fundBooks(host.region) },
      memo: { code: 'posting.opening', params: {} },
      entries: [
        { account: { name: 'fiscal_special_account' }, debitFen: 100 },
        { account: { name: 'contribution_income' }, creditFen: 100 },
      ],
    }))
  }

  async function insertBare(work: Work, specs: readonly TransferSpec[]): Promise<void> {
    const account = host.region.padEnd(32, '0')
    const rows = specs.map((spec, number) => ({ ...spec, id: work.newId(), number }))
    const transfers = rows.map(
      ({
        id,
        key,
        kind,
        on,
        books,
        memo,
        number,
      }) => sql`(${id}, ${bareSeq + number}, ${key}, ${kind}, ${books.fund}, ${books.agency}, ${on},
        ${work.now}, ${JSON.stringify(memo)}, ${key.padEnd(64, '0')}, 2, 100)`,
    )
    const entries = rows.flatMap(({ id, books }) =>
      ['debit', 'credit'].map(
        (side, at) => sql`(${id}, ${at + 1}, ${account}, ${books.fund}, ${books.agency}, ${side}, 100)`,
      ),
    )
    bareSeq += rows.length
    await sql`INSERT INTO ledger.bare_transfer (id, seq, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count,
      total_fen) VALUES ${sql.join(transfers)}`.execute(work.db)
    await sql`INSERT INTO ledger.bare_entry VALUES ${sql.join(entries)}`.execute(work.db)
  }

  /** Home is away while hospitals settle, and then comes back: alone, and while hospitals go on as fast as they can. */
  async function backlog(): Promise<void> {
    const [first, second, live] = [
      await previewed(settlementCount),
      await previewed(settlementCount),
      await previewed(settlementCount),
    ]
    const arriving = await settleWhileAway(first)
    const draining = await secondsOf(() => nation.settleMessages())
    console.log(
      `arriving ${(settlementCount / arriving).toFixed(1)}, draining ${(settlementCount / draining).toFixed(1)} a second`,
    )
    report('drains alone against arrives alone', arriving / draining, 1)

    await settleWhileAway(second)
    const before = await bookedCount()
    let isLive = true
    const drained = (async () => {
      while (isLive) await nation.settleMessages()
    })()
    const meanwhile = await secondsOf(() => settleAll(live))
    const booked = (await bookedCount()) - before
    isLive = false
    await drained
    const perSecond = (settlementCount / meanwhile).toFixed(1)
    console.log(`while hospitals settled ${settlementCount} more, ${perSecond} a second, home booked ${booked}`)
    report('drains against what arrives meanwhile', booked / settlementCount, 1)
  }

  /** The seconds that hospitals took; afterwards home is there again, and what waits for it is due. */
  async function settleWhileAway(stays: readonly PreviewedStay[]): Promise<number> {
    await nation.settleMessages()
    transport.setReachable('320000', false)
    const seconds = await secondsOf(() => settleAll(stays))
    await nation.settleMessages()
    transport.setReachable('320000', true)
    for (const { clock } of nation.regions) clock.advance(600_000)
    return seconds
  }

  async function bookedCount(): Promise<number> {
    const count = sql<{ count: number }>`SELECT count(*)::int AS count FROM svc_work_injury_settlement.settlement`
    return must((await home.run((work) => count.execute(work.db))).rows[0], 'a count').count
  }

  /** The same settlements on books of more and more transfers, and what this process keeps in memory. */
  async function growth(): Promise<void> {
    let first: number | undefined
    for (const size of sizes) {
      await fillBooks(size)
      const stays = await previewed(30)
      const seconds = await secondsOf(async () => {
        await settleAll(stays)
        await nation.settleMessages()
      })
      const milliseconds = (seconds * 1000) / stays.length
      first ??= milliseconds
      const grown = (milliseconds / first).toFixed(2)
      console.log(
        `${size} transfers in the books: ${milliseconds.toFixed(1)} ms a settlement (${grown} of the first), ${heapMiB()} MiB of heap`,
      )
    }
  }

  /** Settlements round by round, and what this process keeps in memory after each. */
  async function memory(): Promise<void> {
    for (let settled = 0; settled < memoryCount; settled += memoryRound) {
      const stays = await previewed(memoryRound)
      await settleAll(stays)
      await nation.settleMessages()
      console.log(`${settled + memoryRound} settlements: ${heapMiB()} MiB of heap`)
    }
  }
} finally {
  await nation.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** What is still in use once what is not was thrown away, where Node lets it be (`--expose-gc`). */
function heapMiB(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20)
}

function report(what: string, ratio: number, target: number): void {
  console.log(`  ${what}: ratio ${ratio.toFixed(2)}, target ${target}: ${ratio >= target ? 'reached' : 'missed'}`)
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Rows written so far on the server. */
async function rowsSoFar(): Promise<number> {
  // What a connection did is told to the statistics when it has been idle for ten seconds.
  await setTimeout(11_000)
  return counted('sum(tup_inserted + tup_updated)::bigint AS count FROM pg_stat_database')
}

/** Transactions that wrote so far on the server. */
function commitsSoFar(): Promise<number> {
  return counted('txid_snapshot_xmax(txid_current_snapshot()) AS count')
}

async function counted(what: string): Promise<number> {
  const count = sql<{ count: number }>`SELECT ${sql.raw(what)}`
  return must((await host.run((work) => count.execute(work.db))).rows[0], 'a count').count
}

/** Transactions a second of so many bare inserts each; undefined where pgbench is not there. */
function pgbench(rows: number): number | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort() : []
  const program = versions.map((version) => `${debian}/${version}/bin/pgbench`).find((path) => existsSync(path))
  if (!program) return undefined
  const script = join(folder, 'bare.sql')
  const table =
    'CREATE TABLE IF NOT EXISTS bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, b text, c bigint)'
  const insert = `INSERT INTO bare (a, b, c) VALUES ('${'x'.repeat(36)}', '${'y'.repeat(120)}', 1);\n`
  writeFileSync(script, `BEGIN;\n${insert.repeat(Math.max(1, Math.round(rows)))}COMMIT;\n`, { mode: 0o644 })
  const { port } = new URL(server.adminUrl)
  const place = ['-h', '127.0.0.1', '-p', port, '-U', 'postgres']
  execFileSync(program.replace(/pgbench$/, 'psql'), [...place, '-q', '-c', table, 'postgres'], { stdio: 'ignore' })
  // Some seconds, since a short run says little.
  const transactions = Math.max(50, Math.round((4 * settlementCount) / roundCount / deskCount))
  const run = ['-n', '-c', String(deskCount), '-j', '2', '-t', String(transactions), '-f', script, 'postgres']
  const output = execFileSync(program, [...place, ...run], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return Number(/tps = ([\d.]+)/.exec(output)?.[1])
}

/** Books of a number of transfers, written past the guards: they are looked at, not believed. */
async function fillBooks(size: number): Promise<void> {
  for (const region of [home, host]) {
    const account = sql<{ id: string; fund: string; agency: string }>`
      SELECT id, fund, agency FROM ledger.account WHERE name IN ('fiscal_special_account', 'contribution_income') ORDER BY name`
    const [credit, debit] = (await inTransaction(region, systemActor, (work) => account.execute(work.db))).rows
    const { fund, agency } = fundBooks(region.region)
    const from = "coalesce((SELECT count(*) FROM ledger.transfer WHERE kind = 'filled'), 0)"
    await asOwner(
      region,
      'SET session_replication_role = replica',
      `INSERT INTO ledger.transfer (id, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen)
       SELECT gen_random_uuid(), 'filled ' || n, 'filled', '${fund}', '${agency}', '2026-05-01', now(), '{"code":"posting.opening","params":{}}', '-', 2, 100
       FROM generate_series(${from} + 1, ${size}) n`,
      `INSERT INTO ledger.entry (transfer_id, no, fund, agency, account_id, side, amount_fen)
       SELECT t.id, side.no, t.fund, t.agency, side.account_id::uuid, side.name, 100 FROM ledger.transfer t
       CROSS JOIN (VALUES (1, '${debit?.id}', 'debit'), (2, '${credit?.id}', 'credit')) AS side (no, account_id, name)
       WHERE t.kind = 'filled' AND NOT EXISTS (SELECT 1 FROM ledger.entry e WHERE e.transfer_id = t.id)`,
      'ANALYZE ledger.transfer, ledger.entry',
    )
  }
}

function asOwner(region: TestRegion, ...statements: string[]): Promise<void> {
  return asAdministrator(server.adminUrl, new URL(region.ownerUrl).pathname.slice(1), ...statements)
}

/**
 * `node bench/exchange.ts [--messages N] [--senders N]`: signed messages a second from one region to another, from the commit of the sender's change to the receiver's
 * effect and the sender's acknowledgement, beside the bare rows: the same tables written by hand, one commit each on either side, without signatures.
 * One process, one PostgreSQL that keeps what it commits (fsync); both in one run, one after the other.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import {
  createExchange,
  createInProcessTransport,
  defineHandler,
  exchangeMigrations,
  sendMessage,
} from '../exchange/door.ts'
import {
  type EmbeddedServer,
  groundMigrations,
  inTransaction,
  type MigrationSet,
  makeNodeKeys,
  migrate,
  type Node,
  openDatabase,
  provisionDatabase,
  startEmbeddedPostgres,
  systemActor,
  systemClock,
  systemRandom,
  type Work,
} from '../ground/door.ts'

const { values: options } = parseArgs({
  options: { messages: { type: 'string', default: '5000' }, senders: { type: 'string', default: '16' } },
})
const messageCount = Number(options.messages)
/** How many works send at the same time, as a server with some officers at work; each commits by itself, and PostgreSQL writes what commits together. */
const senders = Number(options.senders)

const noteTable: MigrationSet = {
  schema: 'note',
  files: [
    {
      name: '0001_note.sql',
      sql: 'CREATE TABLE note.taken (number integer, text text); GRANT SELECT, INSERT ON note.taken TO tongban_app',
    },
  ],
}

/** A body of the size of a settlement's state. */
const text = '示例'.repeat(150)

const noteHandler = defineHandler({
  kind: 'bench.note',
  version: 1,
  schema: z.strictObject({ number: z.int(), text: z.string() }),
  async handle(work, { body }) {
    await sql`INSERT INTO note.taken VALUES (${body.number}, ${body.text})`.execute(work.db)
  },
})

const folder = mkdtempSync(join(tmpdir(), 'tongban-bench-exchange-'))
const server = await startEmbeddedPostgres(folder, { durable: true })
try {
  const nodes = [await openNode(server, '320000'), await openNode(server, '650000')] as const
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${messageCount} messages of ${text.length} characters, ${senders} senders`,
  )
  const signed = await signedMessages(...nodes)
  const bare = await bareRows(...nodes)
  console.log(`signed, sent, taken, done and acknowledged   ${Math.round(signed)} a second`)
  console.log(`bare rows, a commit on either side           ${Math.round(bare)} a second`)
  console.log(`ratio ${(signed / bare).toFixed(2)}; target 1000 a second: ${signed >= 1000 ? 'reached' : 'missed'}`)
  for (const { database } of nodes) await database.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function openNode(on: EmbeddedServer, region: string): Promise<Node> {
  const place = await provisionDatabase(on.adminUrl, `bench_${region}`, {
    owner: 'bench-owner',
    application: 'bench-app',
  })
  await migrate(place.ownerUrl, [await groundMigrations(), await exchangeMigrations(), noteTable])
  const database = openDatabase(place.applicationUrl, { connections: senders + 2 })
  return {
    region,
    database,
    clock: systemClock,
    random: systemRandom,
    keys: makeNodeKeys(systemRandom),
    faults: () => {},
  }
}

/** The product's own way; the clock stops when the receiver has every note and the sender every acknowledgement. */
async function signedMessages(sender: Node, receiver: Node): Promise<number> {
  const transport = createInProcessTransport()
  const keyOf = (region: string) => [sender, receiver].find((node) => node.region === region)?.keys.signingPublicKey
  const exchanges = [sender, receiver].map((node) =>
    createExchange({ node, transport, keyOf, hub: receiver.region, handlers: [noteHandler], onFailure: console.error }),
  )
  const send = (number: number) => (work: Work) =>
    sendMessage(work, { to: receiver.region, kind: 'bench.note', version: 1, body: { number, text } })
  for (const exchange of exchanges) exchange.start()
  const perSecond = await ratePerSecond(async () => {
    await byMany(async (number) => {
      await inTransaction(sender, systemActor, send(number))
      exchanges[0]?.wake()
    })
    while ((await countOf(sender, "SELECT count(*) FROM exchange.delivery WHERE state = 'waiting'")) > 0) {
      await exchanges[0]?.pump()
    }
  })
  const taken = await countOf(receiver, 'SELECT count(*) FROM note.taken')
  if (taken !== messageCount) throw new Error(`${taken} notes were taken of ${messageCount}`)
  for (const exchange of exchanges) await exchange.stop()
  return perSecond
}

/** What must be written at the least: the message at the sender, the message and its effect at the receiver, one commit each. */
async function bareRows(sender: Node, receiver: Node): Promise<number> {
  const bytes = Buffer.alloc(1500, 7)
  return ratePerSecond(() =>
    byMany(async (number) => {
      const id = sender.random.bytes(16)
      const key = `${hex(id, 0, 4)}-${hex(id, 4, 6)}-${hex(id, 6, 8)}-${hex(id, 8, 10)}-${hex(id, 10, 16)}`
      await inTransaction(sender, systemActor, async ({ db, now }) => {
        await sql`INSERT INTO exchange.outbox (message_id, to_region, kind, version, sent_at)
          VALUES (${key}, ${receiver.region}, 'bench.bare', 1, ${now})`.execute(db)
        await sql`INSERT INTO exchange.evidence VALUES (${sender.region}, ${key}, ${bytes})`.execute(db)
      })
      await inTransaction(receiver, systemActor, async ({ db, now }) => {
        await sql`INSERT INTO exchange.inbox (from_region, message_id, kind, version, sent_at, taken_at)
          VALUES (${sender.region}, ${key}, 'bench.bare', 1, ${now}, ${now})`.execute(db)
        await sql`INSERT INTO exchange.evidence VALUES (${sender.region}, ${key}, ${bytes})`.execute(db)
        await sql`INSERT INTO note.taken VALUES (${number}, ${text})`.execute(db)
      })
    }),
  )
}

function hex(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('hex')
}

async function byMany(action: (number: number) => Promise<void>): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < messageCount) await action(next++)
  }
  await Promise.all(Array.from({ length: senders }, one))
}

async function ratePerSecond(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return messageCount / ((performance.now() - began) / 1000)
}

async function countOf(node: Node, query: string): Promise<number> {
  const { rows } = await inTransaction(node, systemActor, (work) =>
    sql<{ count: number }>`${sql.raw(query)}`.execute(work.db),
  )
  return rows[0]?.count ?? 0
}

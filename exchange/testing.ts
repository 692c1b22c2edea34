import { sql } from 'kysely'
import { z } from 'zod'
import { type Faults, type Id, inTransaction, type MigrationSet, must, Refusal, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import {
  createExchange,
  defineHandler,
  type Envelope,
  type Exchange,
  type ExchangeParts,
  exchangeMigrations,
  findEvidence,
  sendMessage,
  type Transport,
} from './door.ts'
import { envelopeText } from './envelope.ts'
import { pairOfNode } from './key.ts'
import { signBatch } from './wire.ts'

/** A node of an invented chain of tennis clubs that notes every score it is told, with its exchange. */
export type ClubNode = TestNode & { exchange: Exchange; trouble: { refuse: boolean; fail: boolean } }

/** What the clubs tell each other: the score of a match. */
export const scoreSchema = z.strictObject({ match: z.string(), points: z.int().min(0) })

const clubTables: MigrationSet = {
  schema: 'club',
  files: [
    {
      name: '0001_score.sql',
      sql: `CREATE TABLE club.score (match text, points integer, told_by text);
        GRANT SELECT, INSERT ON club.score TO tongban_app`,
    },
  ],
}

/** Nodes that know each other's keys (unless `parts` says otherwise), all on one transport. Nothing is listening yet. */
export async function clubNodes(
  regions: readonly string[],
  transport: Transport,
  faults: Faults = () => {},
  parts: (node: TestNode, nodes: readonly TestNode[]) => Partial<ExchangeParts> = () => ({}),
): Promise<ClubNode[]> {
  const migrations = [await exchangeMigrations(), clubTables]
  const nodes = await Promise.all(regions.map((region) => testNode({ region, migrations, faults })))
  const keyOf = (region: string) => nodes.find((node) => node.region === region)?.keys.signingPublicKey
  return nodes.map((node) => {
    const trouble = { refuse: false, fail: false }
    const handlers = [scoreHandler(trouble)]
    const exchange = createExchange({ node, transport, keyOf, handlers, ...parts(node, nodes) })
    return { ...node, exchange, trouble }
  })
}

function scoreHandler(trouble: ClubNode['trouble']) {
  return defineHandler({
    kind: 'club.score',
    version: 1,
    schema: scoreSchema,
    async handle(work, { from, body }) {
      if (trouble.refuse) throw new Refusal('club_closed', { params: { match: body.match } })
      await sql`INSERT INTO club.score VALUES (${body.match}, ${body.points}, ${from})`.execute(work.db)
      if (trouble.fail) throw new Error('the club house burns')
    },
  })
}

/** Does one thing in a transaction of its own, as the system. */
export function once<T>(node: TestNode, action: (work: Work) => Promise<T>): Promise<T> {
  return inTransaction(node, { kind: 'system' }, action)
}

/** Tells another club a score; returns the message's id. */
export function tellScore(node: TestNode, to: string, match: string, points = 1): Promise<Id> {
  return once(node, (work) =>
    sendMessage(work, { to, kind: 'club.score', version: 1, body: { match, points }, about: match }),
  )
}

/** The wire bytes of an envelope as a club signs it now, in a batch of its own. */
export function signed(node: TestNode, envelope: Envelope): Uint8Array {
  const made = { from: envelope.from, signedAt: node.clock.now(), directoryVersion: 0 }
  return must(signBatch(pairOfNode(node.keys), [envelopeText(envelope, 2)], made)[0], 'one message')
}

/** How often each match stands in a club's notes: the effects of messages. */
export async function scoresOf(node: TestNode): Promise<Record<string, number>> {
  const noted = sql<{
    match: string
    count: number
  }>`SELECT match, count(*) FROM club.score GROUP BY match ORDER BY match`
  const { rows } = await once(node, (work) => noted.execute(work.db))
  return Object.fromEntries(rows.map(({ match, count }) => [match, count]))
}

/** The signed bytes of a message that a club has delivered once, or tried to. */
export async function bytesOf(node: TestNode, id: Id): Promise<Uint8Array> {
  return must(await once(node, (work) => findEvidence(work, { from: node.region, id })), `evidence of ${id}`)
}

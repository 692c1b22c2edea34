import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely'
import { actorSettings } from './actor.ts'
import type { DatabaseTransaction, NoTables } from './database.ts'
import { BrokenInvariant } from './errors.ts'
import { mergeAlike } from './merging.ts'
import { isAhead, isSettings, type Statement } from './sparing-pool.ts'
import type { Work } from './work.ts'

/**
 * Goes through a part of a transaction for each item, all side by side: what they ask the database for at the same moment goes out together, and the
 * same statement with other values as one. So the parts must bear any order among them, and all act as whoever `work` acts as; each asks by the work
 * that it is given, and by that alone. Where one fails, the transaction is of no use any more:
 * the others come to their end in it, and what failed first is thrown.
 */
export async function sideBySide<Item>(
  work: Work,
  items: readonly Item[],
  part: (work: Work, item: Item) => Promise<void>,
): Promise<void> {
  const [first] = items
  if (first === undefined) return
  if (items.length === 1) return part(work, first)
  // Kysely lets a transaction ask for one thing at a time; PostgreSQL's connection takes what comes, and answers in its order.
  const connection = await work.db.getExecutor().provideConnection(async (same) => same)
  const conductor = createConductor(work.db, connection, Object.entries(actorSettings(work.actor)).flat())
  try {
    await allToTheirEnd(items.map((item) => part({ ...work, db: conductor.openLane() }, item)))
  } catch (error) {
    conductor.drop()
    throw error
  }
  conductor.conduct()
}

async function allToTheirEnd(parts: readonly Promise<void>[]): Promise<void> {
  let failed: { error: unknown } | undefined
  await Promise.all(
    parts.map((part) =>
      part.catch((error: unknown) => {
        failed ??= { error }
      }),
    ),
  )
  if (failed) throw failed.error
}

type Answer = QueryResult<object>

/** A statement that a lane has asked for; `no` counts over all lanes. `answer` is left out where nobody needs it. */
type Asked = Statement & { no: number; answer?: PromiseWithResolvers<Answer> }

type Conductor = {
  /** A database for one part, whose statements keep their order. */
  openLane(): DatabaseTransaction
  /** Sends what has been asked for. */
  conduct(): void
  /** Forgets what has been asked for: the transaction has failed, and what goes out after it would stand outside. */
  drop(): void
}

function createConductor(
  db: DatabaseTransaction,
  connection: DatabaseConnection,
  settings: readonly unknown[],
): Conductor {
  const lanes: Asked[][] = []
  let asked = 0
  let isPlanned = false
  let told: Promise<unknown> = Promise.resolve()
  let failed: { error: unknown } | undefined

  function conduct(): void {
    isPlanned = false
    for (;;) {
      const next = Math.min(...lanes.map(([front]) => front?.no ?? Number.POSITIVE_INFINITY))
      const text = lanes.find(([front]) => front?.no === next)?.[0]?.text
      if (text === undefined) return
      send(lanes.flatMap((lane) => (lane[0]?.text === text ? lane.splice(0, 1) : [])))
    }
  }

  function send(alike: readonly Asked[]): void {
    for (const { of, text, values, partsOf } of mergeAlike(alike)) {
      const before = told
      told = connection.executeQuery<object>(CompiledQuery.raw(text, [...values])).then(
        (result) => {
          const parts = partsOf(result.rows)
          for (const [place, { answer }] of of.entries())
            answer?.resolve({ ...result, rows: [...(parts[place] ?? [])] })
        },
        async (error: unknown) => {
          // What comes after a failure fails too, for another reason: everybody hears of the first.
          await before
          failed ??= { error }
          for (const { answer } of of) answer?.reject(failed.error)
        },
      )
    }
  }

  async function ask(lane: Asked[], { text, values }: Statement): Promise<Answer> {
    if (isSettings(text)) {
      const isSame = values.every((value, place) => value === settings[place])
      if (!isSame) throw new BrokenInvariant('parts that go on side by side all act as one')
      return { rows: [] }
    }
    const answer = isAhead(text) ? undefined : Promise.withResolvers<Answer>()
    lane.push({ text, values, no: ++asked, ...(answer && { answer }) })
    // Once nobody can go on without an answer.
    if (!isPlanned) process.nextTick(conduct)
    isPlanned = true
    return answer ? answer.promise : { rows: [] }
  }

  return {
    openLane() {
      const lane: Asked[] = []
      lanes.push(lane)
      return laneDatabase(db, (statement) => ask(lane, statement))
    },
    conduct,
    drop() {
      for (const lane of lanes) lane.length = 0
    },
  }
}

/** The same transaction, its every statement asked by `ask`. */
function laneDatabase(db: DatabaseTransaction, ask: (statement: Statement) => Promise<Answer>): DatabaseTransaction {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql: text, parameters: values }: CompiledQuery) {
      return (await ask({ text, values })) as QueryResult<Row>
    },
    streamQuery() {
      throw new BrokenInvariant('nothing is streamed side by side')
    },
  }
  const executor = db.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) })
  return new Transaction<NoTables>({ config: { dialect }, dialect, driver: new DummyDriver(), executor })
}

/** A transaction that is there already needs none of it but the form. */
const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

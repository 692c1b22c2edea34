import {
  CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  DummyDriver,
  type QueryResult,
  Transaction,
} from 'kysely'
import { DatabaseError } from 'pg'
import type { DatabaseTransaction, NoTables } from './database.ts'
import { BrokenInvariant } from './errors.ts'
import { formDialect } from './form-dialect.ts'
import type { Statement } from './sparing-pool.ts'

/** What PostgreSQL answers to a statement. */
export type Answer = QueryResult<object>

/**
 * The same transaction, its statements sent as soon as they are asked for: Kysely lets a transaction ask for one thing at a time; PostgreSQL's connection
 * takes what comes, and answers in its order. So what is asked at the same moment (`Promise.all`) is one round trip. Where one fails, those after it
 * fail as it did. After `end` nothing can be asked any more: the connection is somebody else's.
 */
export async function askingAtOnce(
  transaction: DatabaseTransaction,
): Promise<{ db: DatabaseTransaction; end(): void }> {
  const connection = await connectionOf(transaction)
  let isEnded = false
  /** How what was asked for last has failed, once that has been heard of; undefined where it has not. */
  let failed: Promise<unknown> = Promise.resolve()

  async function send({ text, values }: Statement, failedBefore: Promise<unknown>): Promise<Answer> {
    try {
      return await connection.executeQuery<object>(CompiledQuery.raw(text, [...values]))
    } catch (error) {
      // Answers that come in together may be heard of in another order.
      throw isAfterFailure(error) ? ((await failedBefore) ?? error) : error
    }
  }

  async function ask(statement: Statement): Promise<Answer> {
    if (isEnded) throw new BrokenInvariant('a statement was asked for after its transaction had ended')
    const answer = send(statement, failed)
    failed = answer.then(
      () => undefined,
      (error: unknown) => error,
    )
    return answer
  }

  const end = () => {
    isEnded = true
  }
  return { db: askingBy(ask, connection), end }
}

/** The connection of a transaction. */
export function connectionOf(db: DatabaseTransaction): Promise<DatabaseConnection> {
  return db.getExecutor().provideConnection(async (same) => same)
}

/** PostgreSQL takes nothing more in a transaction in which something failed. */
function isAfterFailure(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25P02'
}

/** A transaction whose every statement is asked by `ask`. `connection`: its own; left out where it asks by nothing else. */
export function askingBy(
  ask: (statement: Statement) => Promise<Answer>,
  connection: DatabaseConnection = noConnection,
): DatabaseTransaction {
  const executor = new AskingExecutor(ask, connection)
  return new Transaction<NoTables>({
    config: { dialect: formDialect },
    dialect: formDialect,
    driver: new DummyDriver(),
    executor,
  })
}

/** Asks at once: what the query builder does for connections that have to be got first would cost more than the asking. */
class AskingExecutor extends DefaultQueryExecutor {
  readonly #ask: (statement: Statement) => Promise<Answer>

  constructor(ask: (statement: Statement) => Promise<Answer>, connection: DatabaseConnection) {
    super(compiler, adapter, { provideConnection: (consumer) => consumer(connection) })
    this.#ask = ask
  }

  override async executeQuery<Row>({ sql: text, parameters: values }: CompiledQuery): Promise<QueryResult<Row>> {
    return (await this.#ask({ text, values })) as QueryResult<Row>
  }
}

const compiler = formDialect.createQueryCompiler()
const adapter = formDialect.createAdapter()

const noConnection: DatabaseConnection = {
  executeQuery() {
    throw new BrokenInvariant('a part asks by its executor')
  },
  streamQuery() {
    throw new BrokenInvariant('nothing is streamed side by side')
  },
}

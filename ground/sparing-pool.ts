import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'

/**
 * A pool that spares its users the round trips that have no answer: `begin` and the transaction's settings go out together with the first statement
 * that needs them, and settings that are changed again before any statement ran are never sent. A transaction in which nothing was asked never
 * begins. A statement marked by `aheadText` is sent and not waited for; should it fail, the next one fails as it did. What a statement finds in the
 * database is the same as without all this.
 */
export function sparingPool(pool: PostgresPool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => sparingClient(await pool.connect()),
    end: () => pool.end(),
  }
}

/** Marks a statement as one whose answer nobody needs. */
export function aheadText(text: string): string {
  return `${text} ${aheadMark}`
}

const aheadMark = '/* ahead */'

/** Is this a statement whose answer nobody needs? */
export function isAhead(text: string): boolean {
  return text.endsWith(aheadMark)
}

/** Makes settings of the transaction, given as names and values by turns. A sparing client knows it by how it begins, and holds it back. */
export function settingsText(count: number): string {
  const settings = Array.from({ length: count }, (_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, true)`)
  return `${settingsStart} ${settings.join(', ')}`
}

const settingsStart = 'select /* settings */'

/** Does this make settings of the transaction? */
export function isSettings(text: string): boolean {
  return text.startsWith(settingsStart)
}

/** A statement with its values. */
export type Statement = { text: string; values: readonly unknown[] }
type Answer = PostgresQueryResult<unknown>

const begin: Statement = { text: 'begin', values: [] }
const nothing: Answer = { command: 'SELECT', rowCount: 0, rows: [] }

function sparingClient(client: PostgresPoolClient): PostgresPoolClient {
  let unanswered: Promise<Answer>[] = []
  let isToBegin = false
  let wanted: Statement | undefined
  let applied: Statement | undefined

  const send = ({ text, values }: Statement): Promise<Answer> => client.query(text, values)

  /** The last answer, once all before it are there; the failure of the first that failed. */
  async function answered(sent: readonly Promise<Answer>[]): Promise<Answer> {
    const all = [...unanswered, ...sent]
    unanswered = []
    // What comes after a failure fails too, for another reason; which of them is heard of first is left to chance.
    const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    return (await Promise.all(all)).at(-1) ?? nothing
  }

  async function end(statement: Statement): Promise<Answer> {
    wanted = undefined
    applied = undefined
    if (!isToBegin) return statement.text === 'commit' ? answered([send(statement)]) : rollBack(statement)
    isToBegin = false
    return nothing
  }

  async function rollBack(statement: Statement): Promise<Answer> {
    await Promise.allSettled(unanswered.splice(0))
    return send(statement)
  }

  async function sendAll(statement: Statement): Promise<Answer> {
    const before = isToBegin ? [begin] : []
    // Settings made since a savepoint are taken back with it; before that, a transaction in which something failed takes none.
    const isTakenBack = /^rollback to/i.test(statement.text)
    if (wanted && !isTakenBack && !isSame(wanted, applied)) before.push(wanted)
    isToBegin = false
    applied = isTakenBack ? undefined : wanted
    const sent = [...before, statement].map(send)
    if (!isAhead(statement.text)) return answered(sent)
    for (const each of sent) each.catch(() => {})
    unanswered.push(...sent)
    return nothing
  }

  async function query(text: string, values: readonly unknown[]): Promise<Answer> {
    if (text === 'commit' || text === 'rollback') return end({ text, values })
    if (text === begin.text) isToBegin = true
    else if (isSettings(text)) wanted = { text, values }
    else return sendAll({ text, values })
    return nothing
  }

  const own: Record<string | symbol, unknown> = { query }
  return new Proxy(client, { get: (target, name) => own[name] ?? bound(target, name) })
}

function isSame(one: Statement, other: Statement | undefined): boolean {
  return other?.text === one.text && one.values.every((value, at) => value === other.values[at])
}

function bound(client: PostgresPoolClient, name: string | symbol): unknown {
  const member: unknown = Reflect.get(client, name)
  return typeof member === 'function' ? member.bind(client) : member
}

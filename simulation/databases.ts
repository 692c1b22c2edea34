import { Client, type QueryResult } from 'pg'
import { type MigrationSet, migrate, type NodeDatabase, provisionDatabase } from '../ground/door.ts'

/** The databases of a simulated nation: one per region, each with a connection of its owner's server for judges and for starting anew. */
export type SimulatedDatabase = NodeDatabase & {
  /** Reads as the administrator of the server, who sees every row: for judges. */
  look<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Something may have been committed: what is looked at from now on is read again. */
  change(): void
  /** How often something may have been committed. */
  readonly changes: number
  /** What is there now is what stories of this chapter (0, 1, ...) begin with; one chapter goes on from the one before. */
  keepChapter(chapter: number): Promise<void>
  /** Brings back what was there at the end of a chapter. */
  reset(chapter: number): Promise<void>
  close(): Promise<void>
}

/** The same statements come again with each seed: each is planned once, and none is worth compiling. */
const sessionSettings = { plan_cache_mode: 'force_generic_plan', jit: 'off' }

const passwords = { owner: 'simulation-owner', application: 'simulation-app' }

/** Makes one database per region on a server that is thrown away afterwards; all copied from one that was migrated once. */
export async function makeDatabases(
  adminUrl: string,
  name: string,
  regions: readonly string[],
  migrations: MigrationSet[],
): Promise<Map<string, SimulatedDatabase>> {
  const template = await provisionDatabase(adminUrl, `${name}_template`, passwords)
  await migrate(template.ownerUrl, migrations)
  const databases = new Map<string, SimulatedDatabase>()
  for (const region of regions) {
    const place = await provisionDatabase(adminUrl, `${name}_${region}`, passwords, template.name)
    databases.set(region, await openSimulated(adminUrl, place))
  }
  return databases
}

const names = new Map<string, string>()

/** PostgreSQL knows a prepared statement by a short name. */
function nameOf(text: string): string {
  const known = names.get(text) ?? `look${names.size + 1}`
  names.set(text, known)
  return known
}

async function openSimulated(adminUrl: string, place: NodeDatabase): Promise<SimulatedDatabase> {
  const url = new URL(adminUrl)
  url.pathname = `/${place.name}`
  const client = new Client({ connectionString: url.toString() })
  // A server that ends first is no failure of its databases.
  client.on('error', () => {})
  await client.connect()
  for (const [name, value] of Object.entries(sessionSettings)) {
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(place.name)} SET ${name} = ${value}`)
    await client.query(`SET ${name} = ${value}`)
  }
  // Past the triggers that refuse to remove what was written: only here, and only on databases of the simulator's own.
  await client.query(`SET session_replication_role = replica; SET timezone = 'UTC'; CREATE SCHEMA simulation_base`)
  const chapters: KeptTable[][] = []
  // Judges look side by side, and a connection reads one statement after the other.
  let last: Promise<unknown> = Promise.resolve()
  const looks = new Map<string, Promise<QueryResult>>()
  let resets = 0
  let changes = 0
  /** With which chapter the database stood after the last reset, and that reset's transaction. */
  let standing: { chapter: number; xid: string } | undefined
  return {
    ...place,
    async look<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
      const key = JSON.stringify([sql, values])
      const looked =
        looks.get(key) ?? last.then(() => client.query({ name: nameOf(sql), text: sql, values: [...values] }))
      looks.set(key, looked)
      last = looked.catch(() => {})
      return (await looked).rows
    },
    change() {
      looks.clear()
      changes += 1
    },
    get changes() {
      return changes
    },
    async keepChapter(chapter) {
      chapters.push(await keepTables(client, chapter))
      for (const [index, tables] of chapters.entries()) {
        await client.query(resetFunction(index, tables, chapters[0] ?? []))
        await client.query(againFunction(index, tables))
      }
      standing = undefined
    },
    async reset(chapter) {
      const isAgain = standing?.chapter === chapter
      const call = isAgain ? `again_${chapter}($1)` : `reset_${chapter}()`
      const values = standing && isAgain ? [standing.xid] : []
      const text = `SELECT simulation_base.${call}::text AS xid`
      const { rows } = await client.query<{ xid: string }>({ name: call, text, values })
      standing = rows[0] && { chapter, xid: rows[0].xid }
      looks.clear()
      resets += 1
      if (resets % resetsUntilVacuum === 0) await vacuum(client)
    },
    close: () => client.end(),
  }
}

/** What stories have left is not looked through again and again. Nobody does so by itself here (`server.ts`). */
const resetsUntilVacuum = 80

async function vacuum(client: Client): Promise<void> {
  const { rows } = await client.query<{ names: string | null }>(
    `SELECT string_agg(oid::regclass::text, ', ') AS names FROM pg_class
     WHERE relkind = 'r' AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN (${untouched})) AND pg_relation_size(oid) > 0`,
  )
  if (rows[0]?.names) await client.query(`VACUUM ${rows[0].names}`)
}

/** A table at the end of a chapter: its rows, and their digest, by which it is seen whether a chapter changed it. */
type KeptTable = { name: string; rows: number; digest: string; copy: string; newest: string; columns: string }

/** Rules are kept for ever, and by their hashes; they may stay from seed to seed, as in a nation that is older than the story. */
const untouched = `'pg_catalog', 'information_schema', 'ground', 'law', 'simulation_base'`

async function keepTables(client: Client, chapter: number): Promise<KeptTable[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN (${untouched}) ORDER BY 1`,
  )
  const tables: KeptTable[] = []
  for (const { name } of names) {
    const copy = `simulation_base."${chapter} ${name.replaceAll('"', '')}"`
    const { rows } = await client.query<Pick<KeptTable, 'rows' | 'digest' | 'newest'>>(
      `SELECT count(*)::int AS rows, coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') AS digest,
        pg_current_xact_id()::text AS newest FROM ${name} t`,
    )
    const [found] = rows
    if (!found) continue
    const columns = await writableColumns(client, name)
    if (found.rows > 0) await client.query(`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${name}`)
    tables.push({ name, copy, columns, ...found })
  }
  return tables
}

async function writableColumns(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

/**
 * One function that empties each table which was empty, and puts the rows of the others back: of those that no chapter changed, only where a
 * story did. Removing rows is quicker here than TRUNCATE or a copy of the whole database (README).
 */
function resetFunction(chapter: number, tables: readonly KeptTable[], first: readonly KeptTable[]): string {
  const statements = tables.map((table, index) =>
    table.rows === 0 || first[index]?.digest !== table.digest
      ? putBack(table)
      : putBackChanged(table, first[index].newest),
  )
  return functionText(`reset_${chapter}()`, statements)
}

/** The same where the story before began with this chapter too, and what was put back then is no newer than `since`: only what that story changed. */
function againFunction(chapter: number, tables: readonly KeptTable[]): string {
  return functionText(
    `again_${chapter}(since bigint)`,
    tables.map((table) => putBackChanged(table, 'since')),
  )
}

function putBack({ name, rows, copy, columns }: KeptTable): string {
  const back = `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${copy};`
  return `DELETE FROM ${name}; ${rows > 0 ? back : ''}`
}

/** What was added is removed; where something was changed too, everything is put back. */
function putBackChanged(table: KeptTable, since: string): string {
  const { name, rows } = table
  if (rows === 0) return putBack(table)
  return `DELETE FROM ${name} WHERE xmin::text::bigint > ${since};
    IF (SELECT count(*) FROM ${name}) <> ${rows} THEN ${putBack(table)} END IF;`
}

/** Returns the transaction that put things back: what is newer was not there. */
function functionText(name: string, statements: readonly string[]): string {
  return `CREATE OR REPLACE FUNCTION simulation_base.${name} RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE sequence record;
    BEGIN
      ${statements.join('\n')}
      -- Numbers go on from where every chapter has left them.
      FOR sequence IN SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences LOOP
        PERFORM setval(sequence.name, 1000);
      END LOOP;
      RETURN pg_current_xact_id()::text::bigint;
    END $$`
}

import { Client } from 'pg'

/** Where a node's database is reached: as its owner (migrations only) and as the application role, which owns nothing. */
export type NodeDatabase = { name: string; ownerUrl: string; applicationUrl: string }

// Roles belong to the whole server, and PostgreSQL fails when two sessions alter one at a time. The lock is of the database that `adminUrl` names,
// so all that provision one server name the same; it is released when the client ends.
const provisioningLock = 7_460_204

/**
 * Creates, if missing, one database with two login roles of its own: `<name>_owner`, which runs the migrations, and `<name>_app`, which
 * the node uses and which may connect to no other node's database. Idempotent. `adminUrl` must be allowed to create databases and roles.
 * `template` copies an existing database (tests).
 */
export async function provisionDatabase(
  adminUrl: string,
  name: string,
  passwords: { owner: string; application: string },
  template?: string,
): Promise<NodeDatabase> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [provisioningLock])
    await ensureRole(client, 'tongban_app', 'NOLOGIN')
    await ensureRole(client, `${name}_owner`, `LOGIN PASSWORD ${client.escapeLiteral(passwords.owner)}`)
    await ensureRole(client, `${name}_app`, `LOGIN PASSWORD ${client.escapeLiteral(passwords.application)}`)
    await client.query(`GRANT tongban_app TO ${client.escapeIdentifier(`${name}_app`)}`)
    await ensureDatabase(client, name, template)
    await compressQuickly(client, name)
    return {
      name,
      ownerUrl: urlFor(adminUrl, name, `${name}_owner`, passwords.owner),
      applicationUrl: urlFor(adminUrl, name, `${name}_app`, passwords.application),
    }
  } finally {
    await client.end()
  }
}

async function ensureRole(client: Client, role: string, attributes: string): Promise<void> {
  const name = client.escapeIdentifier(role)
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${name} ${attributes}`)
}

async function ensureDatabase(client: Client, name: string, template?: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rowCount) return
  const owner = client.escapeIdentifier(`${name}_owner`)
  const database = client.escapeIdentifier(name)
  const source = client.escapeIdentifier(template ?? 'template0')
  // A role that is not a superuser must be a member of the owner to hand a database to it.
  await client.query(`GRANT ${owner} TO CURRENT_USER`)
  const locale = template ? '' : `ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`
  await client.query(`CREATE DATABASE ${database} OWNER ${owner} TEMPLATE ${source} ${locale}`)
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`)
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${client.escapeIdentifier(`${name}_app`)}`)
}

/** Decisions and messages are long texts: LZ4 takes a fraction of the time of PostgreSQL's own way, where the server was built with it. */
async function compressQuickly(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
  )
  if (!rowCount) return
  await client.query(`ALTER DATABASE ${client.escapeIdentifier(name)} SET default_toast_compression = 'lz4'`)
}

function urlFor(adminUrl: string, database: string, user: string, password: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  url.username = user
  url.password = password
  return url.toString()
}

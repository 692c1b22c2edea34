import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestNode, testNode } from '../ground/testing.ts'
import { openServices } from '../server/services.ts'
import { allMigrations } from '../server/world.ts'

/** Every table of every room and service, with what the application role may do to it. */
const tablesWithRights = `
  SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS has_row_security,
    has_table_privilege('tongban_app', c.oid, 'DELETE') AS may_delete,
    has_table_privilege('tongban_app', c.oid, 'TRUNCATE') AS may_truncate,
    has_any_column_privilege('tongban_app', c.oid, 'UPDATE') AS may_update,
    pg_get_userbyid(c.relowner) AS owner,
    EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname IN ('person_id', 'agency', 'institution_id', 'employer_id')) AS is_of_someone,
    refused.on_update, refused.on_delete, refused.on_truncate
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT
    coalesce(bool_or(t.tgtype & 16 > 0), false) AS on_update,
    coalesce(bool_or(t.tgtype & 8 > 0), false) AS on_delete,
    coalesce(bool_or(t.tgtype & 32 > 0), false) AS on_truncate
    FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = 'ground.refuse_change'::regproc) AS refused
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_%'
  ORDER BY name`

type Table = {
  name: string
  has_row_security: boolean
  may_delete: boolean
  may_truncate: boolean
  may_update: boolean
  owner: string
  is_of_someone: boolean
  on_update: boolean
  on_delete: boolean
  on_truncate: boolean
}

describe('the database of a node', () => {
  let node: TestNode
  let admin: Client
  let tables: Table[]

  beforeAll(async () => {
    node = await testNode({ migrations: await allMigrations(await openServices()) })
    admin = new Client({ connectionString: onDatabase(node.adminUrl, node.database.url) })
    await admin.connect()
    tables = (await admin.query<Table>(tablesWithRights)).rows
  })
  afterAll(async () => {
    await admin.end()
    await node.close()
  })

  const namesWhere = (holds: (table: Table) => boolean) => tables.filter(holds).map(({ name }) => name)

  it('holds the tables of every room', () => {
    expect(new Set(tables.map(({ name }) => name.split('.')[0]))).toContain('cases')
    expect(tables.length).toBeGreaterThan(40)
  })

  it('the application role owns nothing, removes nothing and empties nothing', () => {
    expect(namesWhere(({ owner }) => owner === 'tongban_app' || owner.endsWith('_app'))).toEqual([])
    expect(namesWhere(({ may_delete }) => may_delete)).toEqual([])
    expect(namesWhere(({ may_truncate }) => may_truncate)).toEqual([])
  })

  it('the application role is no superuser, sees through no row security and makes no roles or databases', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT rolname AS name FROM pg_roles WHERE (rolname = 'tongban_app' OR rolname = $1)
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
      [new URL(node.database.url).username],
    )
    expect(rows).toEqual([])
  })

  it('nobody else was given anything', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT DISTINCT table_schema || '.' || table_name || ': ' || privilege_type AS name FROM information_schema.role_table_grants
       WHERE grantee = 'PUBLIC' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    )
    expect(rows).toEqual([])
  })

  it('what is only added to can be neither changed nor removed nor emptied, even by its owner', () => {
    const isKept = ({ on_update, on_delete }: Table) => on_update && on_delete
    expect(namesWhere(isKept).length).toBeGreaterThan(15)
    expect(namesWhere((table) => isKept(table) && table.may_update)).toEqual([])
    expect(namesWhere((table) => isKept(table) && !table.on_truncate)).toEqual([])
  })

  it('rows of a person, a body or an agency are seen by those concerned: row-level security is on', () => {
    expect(namesWhere(({ is_of_someone, has_row_security }) => is_of_someone && !has_row_security)).toEqual([])
  })

  it('every table with row-level security has a policy, or nobody could read it', async () => {
    const { rows } = await admin.query<{ name: string }>(
      "SELECT DISTINCT schemaname || '.' || tablename AS name FROM pg_policies",
    )
    const withPolicy = new Set(rows.map(({ name }) => name))
    expect(namesWhere(({ name, has_row_security }) => has_row_security && !withPolicy.has(name))).toEqual([])
  })

  it('a function that runs with its owner’s rights says where it looks for names', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
       WHERE p.prosecdef AND p.pronamespace::regnamespace::text NOT LIKE 'pg_%'
         AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) AS setting WHERE setting LIKE 'search_path=%')`,
    )
    expect(rows).toEqual([])
  })

  it('catches a table that anybody may empty and read', async () => {
    await admin.query('BEGIN')
    await admin.query('CREATE TABLE ground.careless (person_id uuid); GRANT ALL ON ground.careless TO tongban_app')
    const { rows } = await admin.query<Table>(tablesWithRights)
    await admin.query('ROLLBACK')
    expect(rows.find(({ name }) => name === 'ground.careless')).toMatchObject({
      may_delete: true,
      may_truncate: true,
      is_of_someone: true,
      has_row_security: false,
    })
  })
})

/** The administrator's address of the database that another address names. */
function onDatabase(adminUrl: string, url: string): string {
  const address = new URL(adminUrl)
  address.pathname = new URL(url).pathname
  return address.toString()
}

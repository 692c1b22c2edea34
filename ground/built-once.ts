import { type CompiledQuery, Kysely, type RawBuilder, sql } from 'kysely'
import type { NoTables } from './database.ts'
import { formDialect } from './form-dialect.ts'

/** Where a value of a query that is built once will stand. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** The place of a value, by its name. */
export type Given<Values> = <Name extends string & keyof Values>(name: Name) => RawBuilder<Values[Name]>

/**
 * A query that is asked so often that building it would cost as much as asking it: its text is made once, and each time only its values are new. `build`
 * must look at nothing that changes. Ask it by `db.executeQuery(query(values))`, or send it ahead.
 */
export function builtOnce<Values extends Readonly<Record<string, unknown>>, Row>(
  build: (query: Kysely<NoTables>, given: Given<Values>) => { compile(by: Kysely<NoTables>): CompiledQuery<Row> },
): (values: Values) => CompiledQuery<Row> {
  let built: CompiledQuery<Row> | undefined
  return (values) => {
    built ??= build(builder, (name) => sql`${new Place(name)}`).compile(builder)
    const parameters = built.parameters.map((value) => (value instanceof Place ? values[value.name] : value))
    return { ...built, parameters }
  }
}

const builder = new Kysely<NoTables>({ dialect: formDialect })

import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The server's own tables: sessions, stored answers, the demo world's clock. */
export function serverMigrations(): Promise<MigrationSet> {
  return readMigrations('server', new URL('./migrations/', import.meta.url))
}

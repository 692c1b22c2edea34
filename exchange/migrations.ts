import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The exchange's tables and row-level security (schema `exchange`). */
export function exchangeMigrations(): Promise<MigrationSet> {
  return readMigrations('exchange', new URL('./migrations/', import.meta.url))
}

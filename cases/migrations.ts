import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The migrations of schema `cases`. */
export function casesMigrations(): Promise<MigrationSet> {
  return readMigrations('cases', new URL('./migrations/', import.meta.url))
}

import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The migrations of schema `benefits`. */
export function benefitsMigrations(): Promise<MigrationSet> {
  return readMigrations('benefits', new URL('./migrations/', import.meta.url))
}

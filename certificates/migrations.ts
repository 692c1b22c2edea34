import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The migrations of schema `certificates`. */
export function certificatesMigrations(): Promise<MigrationSet> {
  return readMigrations('certificates', new URL('./migrations/', import.meta.url))
}

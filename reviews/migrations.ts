import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The migrations of schema `reviews`. */
export function reviewsMigrations(): Promise<MigrationSet> {
  return readMigrations('reviews', new URL('./migrations/', import.meta.url))
}

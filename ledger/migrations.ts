import { type MigrationSet, readMigrations } from '../ground/door.ts'

/** The ledger's tables, guards and row-level security (schema `ledger`). */
export function ledgerMigrations(): Promise<MigrationSet> {
  return readMigrations('ledger', new URL('./migrations/', import.meta.url))
}

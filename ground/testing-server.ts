import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

/** One PostgreSQL for the whole test run: the server of `DATABASE_URL` where it is set, else an embedded one in a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL
  if (given) {
    project.provide('adminUrl', given)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'tongban-test-'))
  const server = await startEmbeddedPostgres(folder, { durable: false })
  project.provide('adminUrl', server.adminUrl)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

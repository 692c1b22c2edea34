import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('a program that started the embedded server ends with its own exit code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-exit-code-'))
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url))}
    const server = await startEmbeddedPostgres(${JSON.stringify(folder)}, { durable: false })
    await server.stop()
    process.exitCode = 3`
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  expect([ended.status, ended.stderr]).toEqual([3, ''])
})

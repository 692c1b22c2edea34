import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of a demo world as it is on its first morning; every test file goes on from a copy. */
    demoWorld: string
    /** A folder in which stories mark the kinds of pages that were looked at. */
    looked: string
  }
}

/** The regions that a journey runs unless it names its own: not all of the demo world, which takes longer to start. */
export const journeyRegions = process.env.TONGBAN_REGIONS ?? '000000,130000,230000,320000,620000,650000'

const productFolder = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the pages and makes the demo world once for all journeys; both take longer than most journeys. `TONGBAN_JOURNEYS_WORLD` names a data
 * folder that `tongban seed` has made already, for people who write journeys.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const build = ['build', '--config', 'portals/vite.config.ts', '--logLevel', 'warn']
  // As people get them: vitest's own mode would build in the checks of libraries for developers, at twice the weight.
  await run('node_modules/vite/bin/vite.js', build, { NODE_ENV: 'production' })
  const looked = await mkdtemp(join(tmpdir(), 'tongban-looked-'))
  project.provide('looked', looked)
  const made = process.env.TONGBAN_JOURNEYS_WORLD
  if (made !== undefined && existsSync(join(made, 'postgres'))) {
    project.provide('demoWorld', made)
    return () => rm(looked, { recursive: true, force: true })
  }
  const folder = await mkdtemp(join(tmpdir(), 'tongban-journeys-'))
  await run('bin/tongban.js', ['seed'], { TONGBAN_DATA: folder })
  project.provide('demoWorld', folder)
  return async () => {
    for (const each of [folder, looked]) await rm(each, { recursive: true, force: true })
  }
}

async function run(script: string, parameters: string[], environment: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [join(productFolder, script), ...parameters], {
    cwd: productFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${script} ${parameters.join(' ')} ended with ${String(code)}`)
}

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { roomMutants } from './mutants.ts'
import { writeMutant } from './mutation.ts'
import type { Mutant } from './play.ts'
import { openPlays } from './plays.ts'

/** In which story a mutant was caught, by which judges, and what the first of them said; `seed` null: in the past that every story begins with. */
export type Caught = { seed: string | null; judges: string[]; what: string }

const caughtSchema = z.object({ seed: z.string().nullable(), judges: z.array(z.string()), what: z.string() })

/** How a process that runs a mutant tells its parent that a judge found something. */
export function caughtLine(caught: Caught): string {
  return `caught ${JSON.stringify(caught)}`
}

/** Every mutant of the rooms and of the services that have a play. */
export async function allMutants(): Promise<Mutant[]> {
  return [...roomMutants, ...(await openPlays()).flatMap(({ play }) => play.mutants)]
}

/** Tells stories of a product with one change in it, in a process of its own, until a judge finds something; undefined where none does. */
export async function runMutant(mutant: Mutant, adminUrl: string, seeds: number): Promise<Caught | undefined> {
  const place = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', '--import', place('mutate.ts'), place('simulate.ts')],
      ...['--until-caught', '--seeds', String(seeds)],
    ],
    {
      env: { ...process.env, DATABASE_URL: adminUrl, TONGBAN_MUTANT: writeMutant(mutant) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const said = await text(child.stdout)
  const [, found] = /^caught (.*)$/m.exec(said) ?? []
  if (found !== undefined) return caughtSchema.parse(JSON.parse(found))
  if (!/ passed, 0 failed$/m.test(said)) throw new Error(`mutant ${mutant.name} did not run: ${said}`)
  return undefined
}

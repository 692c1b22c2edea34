import { readFile } from 'node:fs/promises'
import { BadInput, OperatingFailure } from '../../ground/door.ts'
import type { RegionNode } from '../node.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { openConfiguredWorld } from './open-configured-world.ts'

/** Does something on every node of the world that the environment describes, or on one of them; then stops it. Throws `BadInput` for another. */
export async function inConfiguredWorld(
  region: string | undefined,
  action: (nodes: RegionNode[]) => Promise<number>,
): Promise<number> {
  const world = await openConfiguredWorld(readSettings(process.env))
  try {
    return await action(chosenNodes(world, region))
  } finally {
    await world.stop()
  }
}

function chosenNodes(world: World, region: string | undefined): RegionNode[] {
  const chosen = world.nodes.filter((node) => region === undefined || node.region === region)
  if (chosen.length > 0) return chosen
  throw new BadInput([{ path: 'region', expected: world.regions.join(', '), found: region ?? 'nothing' }])
}

/** A file as it was named. */
export type NamedBytes = { file: string; bytes: Uint8Array }

/** Reads a file that a command names. Throws `OperatingFailure` `file_unreadable`. */
export async function readNamed(file: string): Promise<NamedBytes> {
  try {
    return { file, bytes: await readFile(file) }
  } catch (error) {
    throw new OperatingFailure('file_unreadable', { file }, { cause: error })
  }
}

/** Does something with a file; what is wrong with it is told with its name. */
export async function importNamed<Done>(
  { file, bytes }: NamedBytes,
  action: (bytes: Uint8Array) => Promise<Done>,
): Promise<Done> {
  try {
    return await action(bytes)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    throw new BadInput(
      error.problems.map((problem) => ({ ...problem, path: `${file}: ${problem.path}` })),
      error.code,
    )
  }
}

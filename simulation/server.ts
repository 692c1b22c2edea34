import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../ground/door.ts'
import { openNation, type SimulatedNation } from './nation.ts'
import type { OpenedPlay } from './plays.ts'
import { makePast, type PreparedPlay } from './story.ts'

/** A database server for simulations: that of `DATABASE_URL` where it is set, else one of its own that is thrown away. */
export type SimulationServer = { adminUrl: string; stop(): Promise<void> }

/** Whoever goes back to the past cleans up after it too (`databases.ts`), nobody copies this server, and nobody watches it. */
const settings = {
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_writer_delay: '10s',
  bgwriter_lru_maxpages: '0',
  track_activities: 'off',
  track_counts: 'off',
  checkpoint_timeout: '1d',
  max_wal_size: '8GB',
}

/** Starts the server. Nothing on it is durable. */
export async function startServer(given: string | undefined): Promise<SimulationServer> {
  if (given) return { adminUrl: given, stop: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'tongban-simulation-'))
  const { adminUrl, stop } = await startEmbeddedPostgres(folder, { durable: false, bySocket: true, settings })
  return {
    adminUrl,
    async stop() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A play on its nation, with its past made: ready to tell stories. */
export type Theatre = { nation: SimulatedNation; play: PreparedPlay; close(): Promise<void> }

/** Opens a play on databases whose names begin with `name`. */
export async function openTheatre(adminUrl: string, name: string, { play, service }: OpenedPlay): Promise<Theatre> {
  const { regions, begins } = play
  const nation = await openNation({ adminUrl, name, regions, services: [service], begins })
  try {
    return { nation, play: await makePast(nation, play), close: nation.close }
  } catch (error) {
    // Its connections would keep the process from ending.
    await nation.close()
    throw error
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { type DataFolderServer, openDataFolder } from '../data-folder.ts'
import type { KeptProcess } from './keeper.ts'
import type { NationPlan } from './plan.ts'

/** The nation's PostgreSQL: one server, a database for each region; started again on the same port whenever it ends. */
export type KeptDatabase = KeptProcess & { readonly adminUrl: string }

/** Starts the database and keeps it. Refuses `data_folder_in_use`. */
export async function keepDatabase({ folder, databasePort }: NationPlan): Promise<KeptDatabase> {
  let server: DataFolderServer | undefined = await openDataFolder(folder, databasePort)
  const { adminUrl } = server
  let restarts = 0
  let isStopping = false

  async function keep(): Promise<void> {
    while (!isStopping) {
      await server?.lost
      server = undefined
      if (isStopping) return
      await sleep(500)
      // Its last sessions may still be ending; then it does not start yet.
      server = await openDataFolder(folder, databasePort).catch(() => undefined)
      if (server) restarts += 1
    }
  }

  void keep()
  return {
    adminUrl,
    view: () => ({
      name: 'PostgreSQL',
      state: isStopping ? 'stopped' : server ? 'running' : 'coming_back',
      processId: null,
      restarts,
    }),
    async stop() {
      isStopping = true
      await server?.stop()
    },
  }
}

import { resolve } from 'node:path'
import { z } from 'zod'
import { parseInput } from '../ground/door.ts'
import { nationCode } from '../law/door.ts'

/** The hub, Hebei, Heilongjiang, Jiangsu, Gansu and Xinjiang. */
export const demoRegions = [nationCode, '130000', '230000', '320000', '620000', '650000']

const schemaEnvironment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  TONGBAN_DATA: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  TONGBAN_PROXY: z.string().min(1).optional(),
  TONGBAN_MODE: z.enum(['demo', 'operation']).default('demo'),
  TONGBAN_REGIONS: z
    .string()
    .regex(/^\d{6}(,\d{6})*$/, { error: 'region codes joined by commas' })
    .optional(),
})

/** How a process is set up, by its environment. */
export type Settings = {
  port: number
  host: string
  /** Addresses of the proxies in front, joined by commas; what they say of the caller's address and protocol is believed. */
  proxy: string | undefined
  /** Keys, and the embedded database where no other is named. */
  dataFolder: string
  /** A PostgreSQL server to use instead of the embedded one, as a role that may create databases and roles. */
  databaseUrl: string | undefined
  /** A synthetic world with a clock of its own and sign-in by a click; or the real thing. */
  demo: boolean
  /** The nodes that this process runs. */
  regions: string[]
}

/** Reads the environment. Throws `BadInput` with every variable that does not parse. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = parseInput(schemaEnvironment, environment, 'environment')
  return {
    port: read.PORT,
    host: read.HOST,
    proxy: read.TONGBAN_PROXY,
    dataFolder: resolve(read.TONGBAN_DATA),
    databaseUrl: read.DATABASE_URL,
    demo: read.TONGBAN_MODE === 'demo',
    regions: read.TONGBAN_REGIONS?.split(',') ?? demoRegions,
  }
}

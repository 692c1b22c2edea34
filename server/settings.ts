import { resolve } from 'node:path'
import { z } from 'zod'
import { parseInput } from '../ground/door.ts'
import { nationCode } from '../law/door.ts'

/** The hub and the provinces of the demo world (`demo/plan.ts`). */
export const demoRegions = [
  nationCode,
  ...[
    '130000',
    '150000',
    '230000',
    '320000',
    '340000',
    '360000',
    '420000',
    '430000',
    '510000',
    '620000',
    '640000',
    '650000',
  ],
]

const schemaEnvironment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  TONGBAN_DATA: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  EXCHANGE_URL: z
    .string()
    .regex(/^(nats|tls):\/\/[^,\s]+(,(nats|tls):\/\/[^,\s]+)*$/, { error: 'nats:// addresses joined by commas' })
    .optional(),
  TONGBAN_PARTNERS: z.string().min(1).optional(),
  TONGBAN_PROXY: z.string().min(1).optional(),
  TONGBAN_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .refine(isPasskeyOrigin, { error: 'https://, or http://localhost, a name and no path' })
    .optional(),
  TONGBAN_METRICS_TOKEN: z.string().min(16).optional(),
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
  /**
   * The address under which people open the pages (`https://tongban.example`): passkeys are bound to its host. Without it a demo world takes
   * `http://localhost` with its port, and the real thing has no passkeys.
   */
  origin: string | undefined
  /** NATS servers through which the nodes speak to all others; where there are none, all nodes are in this process. */
  exchangeServers: string[] | undefined
  /** A file with the public keys of regions that run elsewhere. */
  partnersFile: string | undefined
  /** What whoever reads `/metrics` must show; where there is none, there are no metrics. */
  metricsToken: string | undefined
  /** A synthetic world with a clock of its own and sign-in by a click; or the real thing. */
  demo: boolean
  /** The nodes that this process runs. */
  regions: string[]
}

/**
 * Reads the environment; `regions`, where given, stand before those of `TONGBAN_REGIONS`. Throws `BadInput` with every variable that does not
 * parse.
 */
export function readSettings(environment: NodeJS.ProcessEnv, regions: readonly string[] = []): Settings {
  const read = parseInput(schemaEnvironment, environment, 'environment')
  return {
    port: read.PORT,
    host: read.HOST,
    proxy: read.TONGBAN_PROXY,
    dataFolder: resolve(read.TONGBAN_DATA),
    databaseUrl: read.DATABASE_URL,
    origin: read.TONGBAN_ORIGIN ?? originOfDemo(read),
    exchangeServers: read.EXCHANGE_URL?.split(','),
    partnersFile: read.TONGBAN_PARTNERS && resolve(read.TONGBAN_PARTNERS),
    metricsToken: read.TONGBAN_METRICS_TOKEN,
    demo: read.TONGBAN_MODE === 'demo',
    regions: regions.length > 0 ? [...regions] : (read.TONGBAN_REGIONS?.split(',') ?? demoRegions),
  }
}

/** Browsers make passkeys for names only, and only where nobody can listen: over TLS, or on the machine itself. */
function isPasskeyOrigin(address: string): boolean {
  const { protocol, hostname, origin } = new URL(address)
  const isName = /[a-z]/i.test(hostname) && !hostname.startsWith('[')
  return origin === address && isName && (protocol === 'https:' || hostname === 'localhost')
}

function originOfDemo({ TONGBAN_MODE, PORT }: z.infer<typeof schemaEnvironment>): string | undefined {
  return TONGBAN_MODE === 'demo' && PORT !== 0 ? `http://localhost:${PORT}` : undefined
}

import { type Cases, createCases } from '../cases/door.ts'
import { createExchange, type Exchange, type Transport } from '../exchange/door.ts'
import { inTransaction, must, type Node, systemActor } from '../ground/door.ts'
import { keepBooks } from '../ledger/door.ts'
import type { ServiceParts } from '../services/contract.ts'
import { findOffers } from './offers.ts'
import { isOffered, type OpenedService } from './services.ts'

/** A public service at work on a node. */
export type InstalledService = OpenedService & {
  parts: ServiceParts
  /** False where it is a matter of other regions: it works for cases that there are, and pages leave it out. */
  isOffered: boolean
}

/** A region's node with everything that runs on it. */
export type RegionNode = {
  readonly region: string
  readonly node: Node
  readonly cases: Cases
  readonly exchange: Exchange
  readonly services: readonly InstalledService[]
  /** Starts delivering messages and, every minute, what is due. */
  start(): void
  /** Stops both and waits for what is under way. The database is closed by whoever opened it. */
  stop(): Promise<void>
  /** Does now what is due: automatic steps of cases, the services' clockwork, waiting messages. */
  runDue(): Promise<void>
}

/** What a node is made of. Nothing of it is global: many nodes may live in one process. */
export type NodeParts = {
  node: Node
  transport: Transport
  /** The public signing keys of all nodes. */
  publicKeyOf(region: string): string | undefined
  services: readonly OpenedService[]
  /** Told what the clockwork could not do; it tries again at its next turn. */
  onFailure?(error: unknown): void
}

const clockworkMilliseconds = 60_000

/** Puts a node together: the flows, messages and routes of every service on one case machine, ledger and exchange. */
export function createNode(parts: NodeParts): RegionNode {
  const { node, transport, publicKeyOf } = parts
  let cases: Cases | undefined
  const services = parts.services.map((opened) => {
    const tools = {
      rulebook: opened.rulebook,
      cases: () => must(cases, 'the case machine, which is made after the services'),
    }
    return { ...opened, parts: opened.service.create(tools), isOffered: isOffered(opened.service, node.region) }
  })
  cases = createCases({ flows: services.flatMap((installed) => installed.parts.flows) })
  const exchange = createExchange({
    node,
    transport,
    keyOf: publicKeyOf,
    handlers: services.flatMap((installed) => installed.parts.messages),
    ...(parts.onFailure && { onFailure: parts.onFailure }),
  })
  const clockwork = startableClockwork(() => runDue(node, cases, services, exchange), parts.onFailure)
  return {
    region: node.region,
    node,
    cases,
    exchange,
    services,
    start: () => {
      exchange.start()
      clockwork.start()
    },
    stop: async () => {
      await clockwork.stop()
      await exchange.stop()
    },
    runDue: clockwork.runNow,
  }
}

async function runDue(
  node: Node,
  cases: Cases,
  services: readonly InstalledService[],
  exchange: Exchange,
): Promise<void> {
  await cases.runDue(node)
  for (const { parts } of services) {
    for (const item of parts.clockwork ?? []) {
      await inTransaction(node, systemActor, (work) => item.run(work), `clockwork.${item.name}`)
    }
  }
  await findOffers(
    node,
    services.filter((service) => service.isOffered),
  )
  await keepBooks(node)
  await exchange.pump()
}

/** A round that runs every minute and on demand, never twice at once. */
function startableClockwork(round: () => Promise<void>, onFailure: (error: unknown) => void = () => {}) {
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()
  const runNow = (): Promise<void> => {
    const next = last.then(round)
    last = next.catch(() => {})
    return next
  }
  return {
    runNow,
    start: () => {
      timer = setInterval(() => runNow().catch(onFailure), clockworkMilliseconds)
    },
    stop: async () => {
      clearInterval(timer)
      await last
    },
  }
}

import { setImmediate } from 'node:timers/promises'
import { type Instant, inTransaction, type Node, systemActor, type Work } from '../ground/door.ts'
import { nationCode } from '../law/door.ts'
import { againHandlers } from './again.ts'
import { deliverDue } from './delivery.ts'
import { findDirectoryRegion } from './directory.ts'
import { directoryHandler } from './directory-news.ts'
import { type EnvelopeVersion, envelopeVersions } from './envelope.ts'
import type { MessageKey } from './evidence.ts'
import type { MessageHandler } from './handler.ts'
import { receivingMessages, retryMessage } from './inbox.ts'
import { introduce, introductionKind } from './introduction.ts'
import { pemOf } from './key.ts'
import { type Enrolment, introduceHub, introductionHandler } from './key-change.ts'
import type { KeyOf } from './key-ring.ts'
import { createKeyStore, type KeyStore } from './key-store.ts'
import { sendMessage } from './outbox.ts'
import { receiptHandler } from './receipts.ts'
import type { Receipt, Receive, Transport } from './transport.ts'

/** What a node's exchange is made of. */
export type ExchangeParts = {
  node: Node
  transport: Transport
  /** The public keys that are configured: that of the hub where `hubFingerprint` is not given; of others, whoever needs no introduction. */
  keyOf: KeyOf
  handlers: readonly MessageHandler[]
  /** The region that publishes who is who; the nation's unless given. */
  hub?: string
  /** The fingerprint of the hub's key, where the key itself is not configured. */
  hubFingerprint?: string | undefined
  /** At the hub: who comes into the directory by itself. */
  enrolment?: Enrolment
  /** The envelope versions that this node reads and writes; all unless an older release is played. */
  reads?: readonly EnvelopeVersion[]
  /** Told when a background delivery broke off, e.g. while the database restarts; the next one tries again. */
  onFailure?: (error: unknown) => void
}

/** A node's part in the exchange: delivers its outbox and takes what others say to it. */
export type Exchange = {
  /** The node's keys and the directory, for the functions that take them. */
  readonly keys: KeyStore
  /** Listens for others, introduces itself and delivers in the background, once a second and whenever woken. */
  start(): void
  /** Tells the hub who this node is, where its directory does not say so yet. */
  introduce(): Promise<void>
  /** The public key (PEM) with which a region signs, or signed at a moment; undefined where it is not known. */
  publicKeyOf(region: string, at?: Instant): Promise<string | undefined>
  /** Ends listening and waits for the delivery under way. */
  stop(): Promise<void>
  /** Delivers soon instead of within the second; for `work.afterCommit` of a work that sent something. */
  wake(): void
  /** Delivers what is due now and returns how many messages were acknowledged. */
  pump(): Promise<number>
  /** Takes wire bytes that came in by whatever way. */
  receive(bytes: Uint8Array): Promise<Receipt>
  /** Handles a failed message again; see `MessageHandler`. */
  retryFailed(work: Work, key: MessageKey): Promise<void>
}

const tickMilliseconds = 1000

/** Puts a node's exchange together. Nothing runs until `start`. */
export function createExchange(parts: ExchangeParts): Exchange {
  const { node, transport, keyOf, hub = nationCode, hubFingerprint, onFailure = () => {} } = parts
  const keys = createKeyStore({ node, keyOf, hub, hubFingerprint, reads: parts.reads ?? envelopeVersions })
  const handlers = [
    ...parts.handlers,
    ...againHandlers(node, keys, parts.handlers),
    ...ownHandlers(node, keys, parts.enrolment),
  ]
  const inbox = { node, keys, handlers }
  const take = receivingMessages(inbox)
  const pump = () => deliverDue(node, transport, keys)
  const background = backgroundLoop(() => deliverDue(node, transport, keys, tickMilliseconds), onFailure)
  const introduceSelf = () =>
    inTransaction(node, systemActor, (work) => introduceNode(work, keys), 'exchange.introduce')
  const receive: Receive = async (bytes) => {
    const receipt = await take(bytes)
    // What it was answered goes out now, not with the next tick.
    if (receipt === 'taken') background.wake()
    return receipt
  }
  let stopListening = () => {}
  return {
    keys,
    start() {
      stopListening = transport.listen(node.region, receive)
      introduceSelf().then(background.wake, onFailure)
      background.start()
    },
    async stop() {
      stopListening()
      await background.stop()
    },
    wake: background.wake,
    pump,
    receive,
    introduce: introduceSelf,
    async publicKeyOf(region, at) {
      const ring = await inTransaction(node, systemActor, keys.refresh, 'exchange.keys')
      const key = ring.findKeyAt(region, at ?? node.clock.now())
      return key && pemOf(key)
    },
    retryFailed: (work, key) => retryMessage(work, inbox, key),
  }
}

/** What every node understands of the exchange itself. A node of the first release knows none of it. */
function ownHandlers(node: Node, keys: KeyStore, enrolment: Enrolment = 'officers'): MessageHandler[] {
  if (!keys.reads.includes(2)) return []
  if (node.region === keys.hub) return [receiptHandler, introductionHandler(keys, enrolment)]
  return [receiptHandler, directoryHandler(keys)]
}

async function introduceNode(work: Work, keys: KeyStore): Promise<void> {
  const ring = await keys.refresh(work)
  const { region } = work.node
  const pair = ring.signingPair(work.now)
  const introduction = introduce(region, pair, { reads: keys.reads, directoryVersion: ring.directoryVersion })
  if (region === keys.hub) return introduceHub(work, keys, introduction)
  const entry = ring.directory && findDirectoryRegion(ring.directory, region)
  const isListed = entry?.keys.some(({ publicKey }) => publicKey === introduction.publicKey)
  if (isListed && String(entry?.reads) === String(keys.reads)) return
  await sendMessage(work, { to: keys.hub, kind: introductionKind, version: 1, body: introduction })
}

/** Runs `action` every second and whenever woken, never twice at once; woken while it runs, it runs once more. */
function backgroundLoop(action: () => Promise<unknown>, onFailure: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let wanted = false

  async function run(): Promise<void> {
    while (wanted && timer) {
      // What wakes it at the same moment comes along.
      await setImmediate()
      wanted = false
      await action().catch(onFailure)
    }
    running = undefined
  }

  function wake(): void {
    wanted = true
    if (timer) running ??= run()
  }

  return {
    start() {
      timer ??= setInterval(wake, tickMilliseconds)
      wake()
    },
    wake,
    async stop() {
      clearInterval(timer)
      timer = undefined
      await running
    },
  }
}

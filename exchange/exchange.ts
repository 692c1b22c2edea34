import type { Node, Work } from '../ground/door.ts'
import { deliverDue } from './delivery.ts'
import type { KeyOf } from './envelope.ts'
import type { MessageKey } from './evidence.ts'
import type { MessageHandler } from './handler.ts'
import { receiveMessage, retryMessage } from './inbox.ts'
import type { Receipt, Transport } from './transport.ts'

/** What a node's exchange is made of. */
export type ExchangeParts = {
  node: Node
  transport: Transport
  /** The public key by which a region is known to this node. */
  keyOf: KeyOf
  handlers: readonly MessageHandler[]
  /** Told when a background delivery broke off, e.g. while the database restarts; the next one tries again. */
  onFailure?: (error: unknown) => void
}

/** A node's part in the exchange: delivers its outbox and takes what others say to it. */
export type Exchange = {
  /** Listens for others and delivers in the background, once a second and whenever woken. */
  start(): void
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
export function createExchange({ node, transport, keyOf, handlers, onFailure = () => {} }: ExchangeParts): Exchange {
  const inbox = { node, keyOf, handlers }
  const receive = (bytes: Uint8Array) => receiveMessage(inbox, bytes)
  const pump = () => deliverDue(node, transport)
  const background = backgroundLoop(pump, onFailure)
  let stopListening = () => {}
  return {
    start() {
      stopListening = transport.listen(node.region, receive)
      background.start()
    },
    async stop() {
      stopListening()
      await background.stop()
    },
    wake: background.wake,
    pump,
    receive,
    retryFailed: (work, key) => retryMessage(work, inbox, key),
  }
}

/** Runs `action` every second and whenever woken, never twice at once; woken while it runs, it runs once more. */
function backgroundLoop(action: () => Promise<unknown>, onFailure: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let wanted = false

  async function run(): Promise<void> {
    while (wanted && timer) {
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

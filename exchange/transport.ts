import { setImmediate, setTimeout } from 'node:timers/promises'
import { OperatingFailure } from '../ground/door.ts'

/** The receiver's answer: `taken` is the sender's acknowledgement, `refused` is final. No answer means: send again. */
export type Receipt = 'taken' | 'refused'

/** Takes wire bytes that arrived and answers. Rejects where it could not take them now. */
export type Receive = (bytes: Uint8Array) => Promise<Receipt>

/**
 * How bytes come from one region to another, at least once, in no promised order. `send` rejects with `OperatingFailure` where no answer came,
 * though the bytes may have arrived. `listen` returns what ends listening.
 */
export type Transport = {
  send(to: string, bytes: Uint8Array): Promise<Receipt>
  listen(region: string, receive: Receive): () => void
}

/** A transport between nodes of one process, whose partners can be made unreachable by hand. */
export type InProcessTransport = Transport & { setReachable(region: string, reachable: boolean): void }

/** Passes copies of bytes, never objects, and never within the sender's turn. `delay` gives the milliseconds each way. */
export function createInProcessTransport(options: { delay?: () => number } = {}): InProcessTransport {
  const receivers = new Map<string, Receive>()
  const unreachable = new Set<string>()

  async function travel(): Promise<void> {
    const milliseconds = options.delay?.() ?? 0
    await (milliseconds > 0 ? setTimeout(milliseconds) : setImmediate())
  }

  function receiverOf(region: string): Receive {
    const receive = receivers.get(region)
    if (!receive || unreachable.has(region)) throw new OperatingFailure('partner_unreachable', { region })
    return receive
  }

  return {
    async send(to, bytes) {
      const copy = Uint8Array.from(bytes)
      await travel()
      const receipt = await receiverOf(to)(copy).catch((error: unknown) => {
        throw new OperatingFailure('partner_failed', { region: to }, { cause: error })
      })
      await travel()
      return receipt
    },
    listen(region, receive) {
      receivers.set(region, receive)
      return () => {
        if (receivers.get(region) === receive) receivers.delete(region)
      }
    },
    setReachable(region, reachable) {
      if (reachable) unreachable.delete(region)
      else unreachable.add(region)
    },
  }
}

import type { z } from 'zod'
import type { Id, Instant, Work } from '../ground/door.ts'

/** A message as its handler gets it: from a known region that signed it (with the key of fingerprint `signer`), its body parsed. */
export type ReceivedMessage<Body> = {
  id: Id
  from: string
  signer: string
  sentAt: Instant
  about: string | null
  /** The message of this node's that it answers. */
  replyTo: Id | null
  body: Body
}

/** A message of this node's own that it had forgotten, given back by the region it was said to. */
export type RememberedMessage<Body> = Pick<ReceivedMessage<Body>, 'id' | 'sentAt' | 'about' | 'body'> & { to: string }

/**
 * What a node does with one kind of message. `handle` runs as the system in the transaction that takes the message, so its effect happens
 * exactly once. It must bear any order: a later message may come before an earlier one. Throwing `Refusal` or `BadInput` takes the
 * message as failed, to be seen and retried by people; any other error leaves it to the sender to send again.
 */
export type MessageHandler<Body = unknown> = {
  readonly kind: string
  readonly version: number
  readonly schema: z.ZodType<Body>
  /**
   * Messages of such kinds that are `about` different things touch no row in common but by sums and by inserts that bear each other. Those taken in
   * one transaction go on side by side in it and wait for the database together; those of the next are handled before it has been committed. Those about
   * the same thing are taken one after the other.
   */
  readonly apart?: boolean
  handle(work: Work, message: ReceivedMessage<Body>): Promise<void>
  /** What follows where this node was restored to a moment before it said such a message itself; nothing unless given. */
  recover?(work: Work, message: RememberedMessage<Body>): Promise<void>
}

/** A handler whose kind, version and body fit together by type; a node's handlers are a list of these. */
export function defineHandler<Body>(handler: MessageHandler<Body>): MessageHandler {
  return handler
}

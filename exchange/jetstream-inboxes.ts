import {
  AckPolicy,
  type ConsumerInfo,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import { connect, nanos, nkeyAuthenticator, TimeoutError } from '@nats-io/transport-node'
import { securityFor } from './jetstream-connection.ts'
import { inboxConsumer, inboxStream, messageSubject } from './jetstream-names.ts'

const dayMilliseconds = 24 * 3_600_000

/**
 * Limits of an inbox. What they cut off is not lost: the sender's outbox has it, and sends until it is told `taken`. They only keep the servers'
 * disks from a region that does not come back. A region works on `inHand` messages at once; what it has not acknowledged in the time of
 * `ackWaitMilliseconds`, since its process ended, it is given again.
 */
export const inboxLimits = { days: 14, bytes: 2 * 1024 ** 3, inHand: 16, ackWaitMilliseconds: 10_000 } as const

/**
 * Makes the inbox of every region on the servers, or brings it to what it should be; run by whoever runs the servers, as often as wanted. What was taken
 * and a server that had been lost still keeps is removed.
 * With three servers or more each message is kept by three of them, and one may be lost at any moment.
 */
export async function prepareInboxes(options: {
  servers: readonly string[]
  operatorSeed: string
  regions: readonly string[]
}): Promise<void> {
  const { servers, operatorSeed, regions } = options
  const authenticator = nkeyAuthenticator(new TextEncoder().encode(operatorSeed))
  const security = securityFor(servers)
  const connection = await connect({
    servers: [...servers],
    ...security,
    authenticator,
    name: 'operator',
    timeout: 5000,
  })
  try {
    const manager = await untilAnswered(() => jetstreamManager(connection, { timeout: answerMilliseconds }))
    for (const region of regions) {
      const stream = { ...inboxConfiguration(region), num_replicas: servers.length >= 3 ? 3 : 1 }
      const exists = await untilAnswered(() => isThere(manager, stream.name))
      await untilAnswered(() => (exists ? manager.streams.update(stream.name, stream) : manager.streams.add(stream)))
      const consumer = await untilAnswered(() => manager.consumers.add(stream.name, consumerConfiguration))
      await untilAnswered(() => removeTaken(manager, consumer))
    }
  } finally {
    await connection.close()
  }
}

/** Removes what has been acknowledged: servers forget to where one of them was lost, and then it rests for the whole `days`. */
async function removeTaken(manager: JetStreamManager, consumer: ConsumerInfo): Promise<void> {
  const { stream_name: stream, ack_floor: acknowledged } = consumer
  await manager.streams.purge(stream, { seq: acknowledged.stream_seq + 1 })
}

function isThere(manager: JetStreamManager, name: string): Promise<boolean> {
  return manager.streams.info(name).then(
    () => true,
    (error) => {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return false
      throw error
    },
  )
}

const answerMilliseconds = 5_000
const askedTimesMax = 12

/**
 * Asks again where nobody answers: what is asked while a cluster chooses a leader is lost. Everything that is asked here may be asked twice. Whoever
 * runs the servers waits for a minute at most.
 */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof TimeoutError) || times === askedTimesMax) throw error
    }
  }
}

/** A queue: a message is removed when it was acknowledged. Of each message at most the last copy rests. */
function inboxConfiguration(region: string) {
  return {
    name: inboxStream(region),
    description: `what others have said to region ${region} and it has not taken yet`,
    subjects: [messageSubject({ to: region, from: '*', id: '*' })],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    max_age: nanos(inboxLimits.days * dayMilliseconds),
    max_bytes: inboxLimits.bytes,
  }
}

const consumerConfiguration = {
  durable_name: inboxConsumer,
  deliver_policy: DeliverPolicy.All,
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(inboxLimits.ackWaitMilliseconds),
  max_ack_pending: inboxLimits.inHand,
  max_deliver: -1,
}

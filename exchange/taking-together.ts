import { setImmediate } from 'node:timers/promises'
import { must } from '../ground/door.ts'
import type { Message, Pace } from './taking.ts'
import type { Receipt } from './transport.ts'
import type { Wire } from './wire.ts'

/** How many messages are taken in one transaction at most. */
const togetherMax = 64

/** How many transactions are under way at most: while one is being written and committed, the next one thinks. */
const underWayMax = 2

type Waiting = { message: Message; resolve(receipt: Receipt): void; reject(error: unknown): void }

/** Messages of one transaction. `about` what they are; undefined where nothing goes on beside them. */
type Batch = { about: ReadonlySet<string> | undefined; isRecorded: boolean }

/**
 * Takes by `take` what comes in meanwhile together, and begins with the next before the last has been committed, where they are about different
 * things and of kinds that are apart (`MessageHandler.apart`). What is about the same thing is taken in the order in which it came in. Where several
 * fail together, each is taken by itself.
 */
export function takingTogether(
  take: (messages: readonly Message[], pace: Pace) => Promise<Receipt[]>,
  isApart: (wire: Wire) => boolean,
): (message: Message) => Promise<Receipt> {
  let waiting: Waiting[] = []
  const underWay = new Set<Batch>()
  let isGathering = false
  /** Once the batch that was begun last has been handled. */
  let handledBefore = Promise.resolve()

  async function gather(): Promise<void> {
    isGathering = true
    // What comes in at the same moment comes along.
    await setImmediate()
    isGathering = false
    goOn()
  }

  function goOn(): void {
    if (underWay.size === underWayMax || [...underWay].some(({ isRecorded }) => !isRecorded)) return
    const these = underWay.size === 0 ? waiting.splice(0, togetherMax) : takeApart()
    if (these.length > 0) void begin(these)
  }

  /** Those in front that bear to be taken beside what is under way. */
  function takeApart(): Waiting[] {
    const busy = new Set<string>()
    for (const { about } of underWay) {
      if (about === undefined) return []
      for (const thing of about) busy.add(thing)
    }
    const these: Waiting[] = []
    const left: Waiting[] = []
    for (const [place, one] of waiting.entries()) {
      const thing = thingOf(one.message.wire)
      if (thing === undefined || these.length === togetherMax) {
        left.push(...waiting.slice(place))
        break
      }
      if (busy.has(thing)) left.push(one)
      else these.push(one)
    }
    waiting = left
    return these
  }

  /** What a message is about that may go on beside others. */
  function thingOf(wire: Wire): string | undefined {
    return isApart(wire) ? wire.envelope.about : undefined
  }

  async function begin(these: readonly Waiting[]): Promise<void> {
    const things = these.map(({ message }) => thingOf(message.wire)).filter((thing) => thing !== undefined)
    const batch: Batch = { about: things.length === these.length ? new Set(things) : undefined, isRecorded: false }
    underWay.add(batch)
    const handled = Promise.withResolvers<void>()
    const before = handledBefore
    handledBefore = handled.promise
    const recorded = () => {
      batch.isRecorded = true
      goOn()
    }
    await takeThese(these, { before, recorded, handled: handled.resolve })
    handled.resolve()
    underWay.delete(batch)
    goOn()
  }

  async function takeThese(these: readonly Waiting[], pace: Pace): Promise<void> {
    try {
      const receipts = await take(
        these.map(({ message }) => message),
        pace,
      )
      for (const [place, { resolve }] of these.entries()) resolve(must(receipts[place], 'a receipt'))
    } catch (error) {
      // Nobody waits for what has failed.
      pace.handled()
      if (these.length === 1) these[0]?.reject(error)
      else for (const one of these) await takeThese([one], pace)
    }
  }

  return (message) =>
    new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject })
      if (!isGathering) void gather()
    })
}

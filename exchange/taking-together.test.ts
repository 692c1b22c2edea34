import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must, newId } from '../ground/door.ts'
import { createInProcessTransport, defineHandler, type Receipt } from './door.ts'
import type { Message, Pace } from './taking.ts'
import { takingTogether } from './taking-together.ts'
import { type ClubNode, clubNodes, scoreSchema, scoresOf, signed } from './testing.ts'
import { getWire } from './wire.ts'

const beforeCommit = 'exchange.receive.before-commit'

let held = async (_point: string): Promise<void> => {}
let nanjing: ClubNode
let urumqi: ClubNode
beforeAll(async () => {
  const faults = (point: string) => held(point)
  const handlers = [
    defineHandler({
      ...{ kind: 'club.score', version: 1, schema: scoreSchema, apart: true },
      async handle(work, { from, body }) {
        await sql`INSERT INTO club.score VALUES (${body.match}, ${body.points}, ${from})`.execute(work.db)
      },
    }),
  ]
  const nodes = await clubNodes(['320000', '650000'], createInProcessTransport(), faults, () => ({ handlers }))
  nanjing = must(nodes[0], 'a node')
  urumqi = must(nodes[1], 'a node')
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close()]))

function messageAbout(about: string | undefined, match = about ?? 'nothing'): Message {
  const bytes = signed(nanjing, {
    ...{ id: newId(nanjing.clock, nanjing.random), from: '320000', to: '650000', kind: 'club.score', bodyVersion: 1 },
    ...{ sentAt: nanjing.clock.now(), body: { match, points: 1 }, ...(about !== undefined && { about }) },
  })
  return { bytes, wire: getWire(bytes) }
}

/** Lets everybody go on who can. */
async function untilStill(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate()
}

type Begun = { of: (string | undefined)[]; pace: Pace; end(error?: Error): void }

/** Transactions that end when they are told to. */
function watched(isApart = true) {
  const begun: Begun[] = []
  const take = takingTogether(
    (messages, pace) =>
      new Promise<Receipt[]>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(messages.map(() => 'taken')))
        begun.push({ of: messages.map(({ wire }) => wire.envelope.about), pace, end })
      }),
    () => isApart,
  )
  const takeAbout = (...things: (string | undefined)[]) => Promise.all(things.map((thing) => take(messageAbout(thing))))
  const told = () => begun.map(({ of }) => of.join()).join(' | ')
  return { begun, takeAbout, told, nth: (place: number) => must(begun[place], 'a transaction') }
}

describe('messages that come in while others are taken', () => {
  it('are recorded once those are recorded, handled once those are handled, two transactions at a time', async () => {
    const { takeAbout, told, nth } = watched()
    const first = takeAbout('one', 'other')
    await untilStill()
    void takeAbout('third', 'fourth')
    await untilStill()
    expect(told()).toBe('one,other')
    nth(0).pace.recorded()
    await untilStill()
    expect(told()).toBe('one,other | third,fourth')
    let mayHandle = false
    void nth(1).pace.before.then(() => {
      mayHandle = true
    })
    nth(1).pace.recorded()
    void takeAbout('fifth')
    await untilStill()
    expect(mayHandle).toBe(false)
    nth(0).pace.handled()
    await untilStill()
    expect(mayHandle).toBe(true)
    expect(told()).toBe('one,other | third,fourth')
    nth(0).end()
    expect(await first).toEqual(['taken', 'taken'])
    await untilStill()
    expect(told()).toBe('one,other | third,fourth | fifth')
  })

  it('wait where they are about the same thing, and keep their order', async () => {
    const { takeAbout, told, nth } = watched()
    void takeAbout('one')
    await untilStill()
    void takeAbout('one', 'other', 'one')
    nth(0).pace.recorded()
    await untilStill()
    expect(told()).toBe('one | other')
    nth(1).pace.recorded()
    nth(0).end()
    await untilStill()
    expect(told()).toBe('one | other | one,one')
  })

  it.each([
    ['of a kind that is not apart', false, 'second'],
    ['about nothing', true, undefined],
  ])('%s wait for those before and are waited for', async (_, isApart, about) => {
    const { takeAbout, told, nth } = watched(isApart)
    void takeAbout('one')
    await untilStill()
    void takeAbout(about, 'third')
    nth(0).pace.recorded()
    await untilStill()
    expect(told()).toBe('one')
    nth(0).end()
    await untilStill()
    expect(told()).toBe(`one | ${about ?? ''},third`)
    void takeAbout('fourth')
    nth(1).pace.recorded()
    await untilStill()
    expect(told()).toBe(`one | ${about ?? ''},third`)
  })

  it('go on where several that were taken together fail, and are then taken each by itself', async () => {
    const { takeAbout, told, nth } = watched()
    const failing = takeAbout('one', 'other').catch((error: Error) => error.message)
    await untilStill()
    nth(0).pace.recorded()
    void takeAbout('third')
    await untilStill()
    nth(0).end(new Error('one of them'))
    await nth(1).pace.before
    await untilStill()
    expect(told()).toBe('one,other | third | one')
    nth(2).end(new Error('this one'))
    await untilStill()
    expect(told()).toBe('one,other | third | one | other')
    nth(3).end()
    expect(await failing).toBe('this one')
  })

  it('are there before those have been committed', async () => {
    const [first, second, same] = [messageAbout('first'), messageAbout('second'), messageAbout('first', 'same')]
    const committing = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    let isFirst = true
    held = async (point) => {
      if (point !== beforeCommit || !isFirst) return
      isFirst = false
      reached.resolve()
      await committing.promise
    }
    const { receive } = urumqi.exchange
    const taking = receive(first.bytes)
    await reached.promise
    const later = receive(same.bytes)
    expect(await receive(second.bytes)).toBe('taken')
    expect(await scoresOf(urumqi)).toEqual({ second: 1 })
    committing.resolve()
    expect(await Promise.all([taking, later])).toEqual(['taken', 'taken'])
    expect(await scoresOf(urumqi)).toEqual({ first: 1, same: 1, second: 1 })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, newId, systemActor } from '../ground/door.ts'
import { createInProcessTransport, findEvidence } from './door.ts'
import { takeMessages } from './taking.ts'
import { type ClubNode, clubNodes, once, signed } from './testing.ts'
import { getWire } from './wire.ts'

let nanjing: ClubNode
let urumqi: ClubNode
beforeAll(async () => {
  const [first, second] = await clubNodes(['320000', '650000'], createInProcessTransport())
  if (!first || !second) throw new Error('two nodes expected')
  nanjing = first
  urumqi = second
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close()]))

/** Messages about these things, each with its place as its body. */
function messagesAbout(...things: (string | undefined)[]) {
  return things.map((about, points) => {
    const bytes = signed(nanjing, {
      ...{ id: newId(nanjing.clock, nanjing.random), from: '320000', to: '650000', kind: 'club.score', bodyVersion: 1 },
      ...{ sentAt: nanjing.clock.now(), body: { match: 'apart', points }, ...(about !== undefined && { about }) },
    })
    return { bytes, wire: getWire(bytes) }
  })
}

/** Takes messages whose handling takes some turns, and tells what began (+) and ended (-) when. */
async function toldBy(messages: ReturnType<typeof messagesAbout>, apart: (place: number) => boolean) {
  const told: string[] = []
  const placeOf = new Map(messages.map(({ wire }, place) => [wire, place]))
  await once(urumqi, (work) =>
    takeMessages(work, messages, {
      isApart: (wire) => apart(placeOf.get(wire) ?? -1),
      async handle(part, wire) {
        told.push(`+${placeOf.get(wire)}`)
        for (let turn = 0; turn < 3; turn++) await part.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
        told.push(`-${placeOf.get(wire)}`)
        return undefined
      },
    }),
  )
  return told.join(' ')
}

describe('messages taken in one transaction', () => {
  it('of kinds that are apart go on side by side, those about the same thing one after the other', async () => {
    const messages = messagesAbout('one', 'other', 'one')
    expect(await toldBy(messages, () => true)).toBe('+0 +1 -0 -1 +2 -2')
  })

  it('of other kinds, or about nothing, wait for those before and are waited for', async () => {
    const inTurn = '+0 -0 +1 -1 +2 -2'
    expect(await toldBy(messagesAbout('one', 'other', 'third'), () => false)).toBe(inTurn)
    expect(await toldBy(messagesAbout(undefined, undefined, undefined), () => true)).toBe(inTurn)
    expect(await toldBy(messagesAbout('one', 'other', 'third', 'fourth'), (place) => place !== 2)).toBe(
      '+0 +1 -0 -1 +2 -2 +3 -3',
    )
  })

  it('are all given up where one fails, with what failed first, once the others have come to their end', async () => {
    const messages = messagesAbout('one', 'other', 'third')
    let running = 0
    const taken = inTransaction(urumqi, systemActor, (work) =>
      takeMessages(work, messages, {
        isApart: () => true,
        async handle(part, wire) {
          running += 1
          try {
            if (wire === messages[1]?.wire) throw new Error('the second')
            await part.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
            throw new Error('another')
          } finally {
            running -= 1
          }
        },
      }),
    )
    await expect(taken).rejects.toThrow('the second')
    expect(running).toBe(0)
    for (const { wire } of messages) {
      const key = { from: '320000', id: wire.envelope.id }
      expect(await once(urumqi, (work) => findEvidence(work, key))).toBeUndefined()
    }
  })
})

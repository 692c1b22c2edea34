import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportCardLost } from '../../people/door.ts'
import { owedToMerchantFen, purseFen } from './books.ts'
import { loadPurse } from './purse.ts'
import { cardUseRoutes } from './routes.ts'
import { getOwnTerminal, registerTerminal } from './terminals.ts'
import { type TestHolder, type TestTerminal, type Town, testTown } from './town.testing.ts'
import { refundUse } from './uses.ts'

let town: Town
beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

const balance = ({ personId }: TestHolder) => town.run((work) => purseFen(work, personId))
const owed = ({ merchantId }: TestTerminal) => town.run((work) => owedToMerchantFen(work, merchantId ?? ''))
const withCard = ({ number }: TestHolder) => ({ medium: 'card', token: number })
const at = (instant: string) => town.node.clock.moveTo(instant)

function call(terminal: TestTerminal, path: string, body: object) {
  const route = cardUseRoutes(town.tools).find((each) => each.path === path && each.method === 'POST')
  const params = { terminalId: terminal.terminalId }
  return town.run(async (work) => route?.handle(work, { params, query: {}, body }), terminal.actor)
}

const upload = (terminal: TestTerminal, taps: object[]) => call(terminal, '/terminals/:terminalId/taps', { taps })

describe('two at once', () => {
  it('cards that two merchants read at the same moment take no more than the purse holds', async () => {
    const tills = await Promise.all(Array.from({ length: 6 }, () => town.terminal('consumption')))
    const holder = await town.holder(10_000)
    const pay = { kind: 'purchase', amountFen: 4_000, ...withCard(holder) }
    const results = await Promise.all(tills.map((till) => town.tap(till, pay)))
    expect(results.map(({ reason }) => reason).sort()).toEqual([
      ...Array(4).fill('balance_too_low'),
      ...Array(2).fill(null),
    ])
    expect(await balance(holder)).toBe(2_000)
    expect((await Promise.all(tills.map(owed))).reduce((sum, fen) => sum + fen, 0)).toBe(8_000)
  })

  it('the same tap that arrives twice at once counts once', async () => {
    const bus = await town.terminal('transport')
    const holder = await town.holder()
    const tap = { serial: 'twice-1', kind: 'fare', amountFen: 200, ...withCard(holder) }
    const [one, other] = await Promise.all([town.tap(bus, tap), town.tap(bus, tap)])
    expect(one).toEqual(other)
    expect(await balance(holder)).toBe(49_800)
  })

  it('two refunds at once give back no more than was paid', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder()
    const { useId } = await town.tap(till, { kind: 'purchase', amountFen: 5_000, ...withCard(holder) })
    const back = (serial: string) =>
      town.run(
        async (work) =>
          refundUse(work, await getOwnTerminal(work, till.terminalId), { useId, amountFen: 3_000, serial }),
        till.actor,
      )
    const results = await Promise.allSettled([back('b-1'), back('b-2')])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await balance(holder)).toBe(48_000)
    expect(await owed(till)).toBe(2_000)
  })

  it('two loads at once leave no more in a purse than it may hold', async () => {
    const holder = await town.holder(90_000)
    const load = (reference: string) =>
      town.run((work) => loadPurse(work, town.tools, { ...holder, amountFen: 6_000, reference }))
    const results = await Promise.allSettled([load('two-1'), load('two-2')])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await balance(holder)).toBe(96_000)
  })

  it('a load that arrives twice is loaded once', async () => {
    const holder = await town.holder(10_000)
    const load = { ...holder, amountFen: 6_000, reference: 'again-load' }
    const send = () => town.run((work) => loadPurse(work, town.tools, load))
    expect(await Promise.all([send(), send()])).toEqual([16_000, 16_000])
    expect(await balance(holder)).toBe(16_000)
  })

  it('one ticket lets in once, at two gates of the place at the same moment', async () => {
    const gate = await town.terminal('tourism')
    const second = {
      ...gate,
      terminalId: await town.run((work) =>
        registerTerminal(work, {
          ...{ name: '示例二号门', field: 'tourism', agency: '421300' },
          employerId: gate.merchantId ?? '',
        }),
      ),
    }
    const holder = await town.holder()
    await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...withCard(holder) })
    const entry = { kind: 'entry', ...withCard(holder) }
    const results = await Promise.all([town.tap(gate, entry), town.tap(second, entry)])
    expect(results.map(({ reason }) => reason).sort()).toEqual(['no_ticket', null])
  })

  it('two buses upload the same passengers in opposite orders', async () => {
    const buses = [await town.terminal('transport'), await town.terminal('transport')] as const
    const holders = [await town.holder(), await town.holder(), await town.holder()]
    const tappedAt = town.node.clock.now()
    const fares = holders.map((holder) => ({ kind: 'fare', amountFen: 200, tappedAt, ...withCard(holder) }))
    const numbered = (prefix: string, taps: object[]) =>
      taps.map((tap, nth) => ({ serial: `${prefix}-${nth}`, ...tap }))
    await Promise.all([upload(buses[0], numbered('up', fares)), upload(buses[1], numbered('down', fares.toReversed()))])
    expect(await Promise.all(holders.map(balance))).toEqual([49_600, 49_600, 49_600])
  })
})

describe('what a terminal sends', () => {
  it.each([
    ['of somebody', {}],
    ['of nobody', { token: 'NOBODY1' }],
  ])('more than a million yuan %s is bad input', async (_, shown) => {
    const till = await town.terminal('consumption')
    const tap = { kind: 'purchase', amountFen: 100_000_001, ...withCard(await town.holder()), ...shown }
    await expect(town.tap(till, tap)).rejects.toMatchObject({ problems: [{ path: 'amountFen' }] })
  })

  it('a terminal belongs to a body that is registered', async () => {
    const terminal = { name: '示例', field: 'transport' as const, agency: '421300' }
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const [owner, code] of [
      [{ employerId: nobody }, 'employer_unknown'],
      [{ institutionId: nobody }, 'institution_unknown'],
    ] as const) {
      await expect(town.run((work) => registerTerminal(work, { ...terminal, ...owner }))).rejects.toMatchObject({
        code,
      })
    }
  })

  it('benefits are shown in answer to the PIN, and not to whoever sends the number of that look-up again', async () => {
    const machine = await town.terminal('benefits')
    const holder = await town.holder(0)
    const tap = { serial: 'again-1', kind: 'benefit_lookup', authentication: 'pin', ...withCard(holder) }
    const first = await upload(machine, [{ ...tap, pin: '246810' }])
    expect(first).toMatchObject({ results: [{ outcome: 'accepted' }], shown: { benefits: [] } })
    town.node.clock.advance(1)
    expect(await upload(machine, [tap])).toMatchObject({ results: [{ outcome: 'accepted' }], shown: null })
  })
})

describe('B1-o3 what was done before a loss counts, whenever word of it comes', () => {
  it.each(['card', 'e_card'])('read from the %s', async (medium) => {
    const bus = await town.terminal('transport')
    at('2026-05-12T01:00:00.000Z')
    const holder = await town.holder()
    const codes = [await town.qr(holder), await town.qr(holder)]
    at('2026-05-12T01:00:30.000Z')
    await town.run((work) => reportCardLost(work, holder.cardId))
    at('2026-05-12T02:00:00.000Z')
    const fare = (tappedAt: string) =>
      town.tap(bus, {
        ...{ kind: 'fare', amountFen: 200, tappedAt, medium },
        token: medium === 'card' ? holder.number : codes.pop(),
      })
    expect(await fare('2026-05-12T01:00:29.999Z')).toMatchObject({ outcome: 'accepted', offline: true })
    expect(await fare('2026-05-12T01:00:30.000Z')).toMatchObject({ outcome: 'refused' })
    expect(await balance(holder)).toBe(49_800)
  })

  it('a ticket lets nobody in who came before it was bought', async () => {
    const gate = await town.terminal('tourism')
    at('2026-05-12T02:00:00.000Z')
    const holder = await town.holder()
    at('2026-05-12T03:00:00.000Z')
    await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...withCard(holder) })
    at('2026-05-12T04:00:00.000Z')
    const enter = (tappedAt: string) => town.tap(gate, { kind: 'entry', tappedAt, ...withCard(holder) })
    expect(await enter('2026-05-12T02:59:59.999Z')).toMatchObject({ reason: 'no_ticket' })
    expect(await enter('2026-05-12T03:00:00.000Z')).toMatchObject({ outcome: 'accepted' })
  })
})

describe('the settlement, again', () => {
  it('what was settled is not settled twice, and what comes back later is taken off the next', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder()
    const pay = () => town.tap(till, { kind: 'purchase', amountFen: 5_000, ...withCard(holder) })
    const settle = async () => {
      const { caseId } = await town.open(await town.officer('pay'), { flow: 'card-settlement', body: {} })
      const approval = { outcome: 'approved', opinion: '同意' }
      const approver = await town.officer('approve')
      // Both as the case stood when the page was opened.
      const { seq: expectedSeq } = (await town.view(caseId)).file
      const request = { caseId, step: 'approve', body: approval, expectedSeq, idempotencyKey: `approve ${caseId}` }
      const approve = () => town.run((work) => town.cases.take(work, request), approver)
      const [once, again] = await Promise.all([approve(), approve()])
      expect(again).toEqual(once)
      const { settled } = (await town.view(caseId)).file.state as { settled: Array<Record<string, unknown>> }
      return settled.find(({ merchantId }) => merchantId === till.merchantId)?.amountFen
    }
    const { useId } = await pay()
    expect(await settle()).toBe(5_000)
    expect(await owed(till)).toBe(0)
    const spec = { useId, amountFen: 2_000, serial: 'after-1' }
    await town.run(async (work) => refundUse(work, await getOwnTerminal(work, till.terminalId), spec), till.actor)
    expect(await owed(till)).toBe(-2_000)
    await pay()
    expect(await settle()).toBe(3_000)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../ground/door.ts'
import { accessLogOf, reportCardFound, reportCardLost } from '../../people/door.ts'
import { owedToMerchantFen, purseFen } from './books.ts'
import { loadPurse, pinState, setPin, unloadPurse } from './purse.ts'
import { cardUseRoutes } from './routes.ts'
import { getOwnTerminal } from './terminals.ts'
import { type TestHolder, type TestTerminal, type Town, testTown } from './town.testing.ts'
import { refundUse, usesOf } from './uses.ts'

let town: Town
beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

const balance = ({ personId }: TestHolder) => town.run((work) => purseFen(work, personId))
const owed = ({ merchantId }: TestTerminal) => town.run((work) => owedToMerchantFen(work, merchantId ?? ''))
const withCard = ({ number }: TestHolder) => ({ medium: 'card', token: number })
const withQr = async (holder: TestHolder) => ({ medium: 'e_card', token: await town.qr(holder) })
const at = (instant: string) => town.node.clock.moveTo(instant)

function refund({ terminalId, actor }: TestTerminal, spec: { useId: string; amountFen: number; serial: string }) {
  return town.run(async (work) => refundUse(work, await getOwnTerminal(work, terminalId), spec), actor)
}

describe('B4-t2 B4.02 tickets and entry, the same with card and e-card', () => {
  it.each([
    ['the physical card', async (holder: TestHolder) => withCard(holder)],
    ['the QR code of the e-card', withQr],
  ])('%s: no entry without a ticket, one entry with it', async (_, shown) => {
    const gate = await town.terminal('tourism')
    const holder = await town.holder()
    const without = await town.tap(gate, { kind: 'entry', ...(await shown(holder)) })
    expect(without).toMatchObject({ outcome: 'refused', reason: 'no_ticket', clause: 'B4.02' })
    const ticket = await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...(await shown(holder)) })
    expect(ticket).toMatchObject({ outcome: 'accepted', amountFen: 6_000 })
    expect(await town.tap(gate, { kind: 'entry', ...(await shown(holder)) })).toMatchObject({
      outcome: 'accepted',
      ofUseId: ticket.useId,
    })
    expect(await town.tap(gate, { kind: 'entry', ...(await shown(holder)) })).toMatchObject({ reason: 'no_ticket' })
    expect(await balance(holder)).toBe(44_000)
  })

  it('a ticket bought with the card lets in with the e-card; one of another place does not', async () => {
    const [gate, elsewhere] = [await town.terminal('tourism'), await town.terminal('tourism')]
    const holder = await town.holder()
    await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...withCard(holder) })
    const foreign = await town.tap(elsewhere, { kind: 'entry', ...(await withQr(holder)) })
    expect(foreign).toMatchObject({ reason: 'no_ticket' })
    expect(await town.tap(gate, { kind: 'entry', ...(await withQr(holder)) })).toMatchObject({ outcome: 'accepted' })
  })

  it('a ticket given back lets nobody in, and one used is not given back', async () => {
    const gate = await town.terminal('tourism')
    const holder = await town.holder()
    const first = await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...withCard(holder) })
    await refund(gate, { useId: first.useId, amountFen: 6_000, serial: 'r-1' })
    expect(await town.tap(gate, { kind: 'entry', ...withCard(holder) })).toMatchObject({ reason: 'no_ticket' })
    const second = await town.tap(gate, { kind: 'ticket', amountFen: 6_000, ...withCard(holder) })
    await town.tap(gate, { kind: 'entry', ...withCard(holder) })
    await expect(refund(gate, { useId: second.useId, amountFen: 6_000, serial: 'r-2' })).rejects.toMatchObject({
      code: 'ticket_used',
    })
    expect(await balance(holder)).toBe(44_000)
  })
})

describe('B4.01 six fields of use', () => {
  it('B4.04 registration, seeing the doctor and medicine, with card and e-card', async () => {
    const window = await town.terminal('medical')
    const holder = await town.holder()
    await town.tap(window, { kind: 'registration', amountFen: 1_500, ...withCard(holder) })
    await town.tap(window, { kind: 'visit', ...(await withQr(holder)) })
    await town.tap(window, { kind: 'medicine', amountFen: 8_000, ...(await withQr(holder)) })
    const uses = await town.run((work) => usesOf(work, holder.personId), holder.actor)
    expect(uses.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(uses.map(({ kind }) => kind).sort()).toEqual(['medicine', 'registration', 'visit'])
    expect(await owed(window)).toBe(9_500)
  })

  it('government services: who stands there is known by the card, and it is in their access log', async () => {
    const hall = await town.terminal('government')
    const holder = await town.holder(0)
    expect(await town.tap(hall, { kind: 'identification', ...withCard(holder) })).toMatchObject({ outcome: 'accepted' })
    const [entry] = await town.run((work) => accessLogOf(work, holder.personId))
    expect(entry).toMatchObject({ action: 'check_card', purpose: '读卡终端：示例终端government' })
  })

  it('benefit payment: shown to whoever proves who they are, to nobody else', async () => {
    const machine = await town.terminal('benefits')
    const holder = await town.holder(0)
    const route = cardUseRoutes(town.tools).find(({ path }) => path === '/terminals/:terminalId/taps')
    const look = (tap: object) =>
      town.run(
        async (work) =>
          route?.handle(work, {
            params: { terminalId: machine.terminalId },
            query: {},
            body: { taps: [{ kind: 'benefit_lookup', ...withCard(holder), ...tap }] },
          }),
        machine.actor,
      )
    expect(await look({ serial: 'b-1' })).toMatchObject({ results: [{ reason: 'authentication_needed' }], shown: null })
    const wrong = { serial: 'b-2', authentication: 'pin', pin: '000000' }
    expect(await look(wrong)).toMatchObject({ results: [{ reason: 'pin_wrong' }], shown: null })
    const right = await look({ serial: 'b-3', authentication: 'pin', pin: '246810' })
    expect(right).toMatchObject({ shown: { accountMasked: expect.stringMatching(/^\*{4}/), benefits: [] } })
  })

  it('B1.06 shopping and bills within limits, by stronger authentication for more', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder(90_000)
    const pay = (tap: object) => town.tap(till, { kind: 'bill', ...withCard(holder), ...tap })
    expect(await pay({ amountFen: 20_001 })).toMatchObject({ reason: 'over_transaction_limit', clause: 'B1.06' })
    expect(await pay({ amountFen: 20_001, authentication: 'pin', pin: '246810' })).toMatchObject({
      outcome: 'accepted',
    })
    const shopping = { kind: 'purchase', amountFen: 70_000, authentication: 'face' }
    expect(await pay(shopping)).toMatchObject({ reason: 'balance_too_low' })
    expect(await balance(holder)).toBe(69_999)
  })

  it('a terminal does what its field is for, and is used by its own body only', async () => {
    const bus = await town.terminal('transport')
    const other = await town.terminal('consumption')
    const holder = await town.holder()
    await expect(town.tap(bus, { kind: 'purchase', amountFen: 100, ...withCard(holder) })).rejects.toMatchObject({
      problems: [{ path: 'kind' }],
    })
    const foreign = town.tap({ ...bus, actor: other.actor }, { kind: 'fare', amountFen: 200, ...withCard(holder) })
    await expect(foreign).rejects.toMatchObject({ code: 'terminal_unknown' })
  })

  it('an unknown card and a used QR code are refused and told', async () => {
    const bus = await town.terminal('transport')
    const holder = await town.holder()
    const fare = { kind: 'fare', amountFen: 200 }
    expect(await town.tap(bus, { ...fare, medium: 'card', token: 'NOBODY1' })).toMatchObject({ reason: 'card_unknown' })
    const code = await withQr(holder)
    expect(await town.tap(bus, { ...fare, ...code })).toMatchObject({ outcome: 'accepted' })
    expect(await town.tap(bus, { ...fare, ...code })).toMatchObject({ reason: 'qr_used' })
  })
})

describe('B1-o3 what a loss stops', () => {
  it('stops card and e-card at once, and what was paid stays paid; the money can be taken out', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder()
    const pay = (shown: object) => town.tap(till, { kind: 'purchase', amountFen: 1_000, ...shown })
    expect(await pay(withCard(holder))).toMatchObject({ outcome: 'accepted' })
    const code = await withQr(holder)
    await town.run((work) => reportCardLost(work, holder.cardId))
    expect(await pay(withCard(holder))).toMatchObject({ reason: 'card_lost_then', clause: 'B1.01' })
    expect(await pay(code)).toMatchObject({ reason: 'card_not_active' })
    const load = town.run((work) => loadPurse(work, town.tools, { ...holder, amountFen: 100, reference: 'x-1' }))
    await expect(load).rejects.toMatchObject({ code: 'card_not_good' })
    const out = { personId: holder.personId, amountFen: 49_000, reference: 'out-1' }
    expect(await town.run((work) => unloadPurse(work, out))).toBe(0)
  })

  it('three wrong PINs lock it, and another one that is set counts again', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder()
    const pay = (pin: string) =>
      town.tap(till, { kind: 'purchase', amountFen: 30_000, authentication: 'pin', pin, ...withCard(holder) })
    for (const _ of [1, 2, 3]) expect(await pay('111111')).toMatchObject({ reason: 'pin_wrong' })
    expect(await pay('246810')).toMatchObject({ reason: 'pin_locked' })
    expect(await town.run((work) => pinState(work, holder.personId))).toBe('locked')
    await town.run((work) => setPin(work, holder.personId, '975310'))
    expect(await pay('975310')).toMatchObject({ outcome: 'accepted' })
  })

  it('a purse holds no more than it may', async () => {
    const holder = await town.holder(99_999)
    const load = (amountFen: number) =>
      town.run((work) => loadPurse(work, town.tools, { ...holder, amountFen, reference: `l-${amountFen}` }))
    await expect(load(2)).rejects.toMatchObject({ code: 'over_purse_limit' })
    expect(await load(1)).toBe(100_000)
  })
})

describe('B4.03 buses, also without connection', () => {
  it('a tap before the loss counts when it comes later; one while the card was lost does not, and is told', async () => {
    const bus = await town.terminal('transport')
    at('2026-05-12T01:00:00.000Z')
    const holder = await town.holder()
    at('2026-05-12T02:00:00.000Z')
    await town.run((work) => reportCardLost(work, holder.cardId))
    at('2026-05-12T03:00:00.000Z')
    await town.run((work) => reportCardFound(work, holder.cardId))
    at('2026-05-12T04:00:00.000Z')
    const fare = (tappedAt: string) => town.tap(bus, { kind: 'fare', amountFen: 200, tappedAt, ...withCard(holder) })
    expect(await fare('2026-05-12T03:30:00.000Z')).toMatchObject({ outcome: 'accepted', offline: true })
    expect(await fare('2026-05-12T02:30:00.000Z')).toMatchObject({ outcome: 'refused', reason: 'card_lost_then' })
    expect(await fare('2026-05-12T01:30:00.000Z')).toMatchObject({ outcome: 'accepted' })
    expect(await fare('2026-05-12T00:30:00.000Z')).toMatchObject({ reason: 'card_not_good' })
    expect(await balance(holder)).toBe(49_600)
    await expect(fare('2026-05-12T04:00:00.001Z')).rejects.toMatchObject({ problems: [{ path: 'tappedAt' }] })
  })

  it('the same tap uploaded twice counts once; its number used for another is refused', async () => {
    const bus = await town.terminal('transport')
    const holder = await town.holder()
    const tap = { serial: 'bus-1', kind: 'fare', amountFen: 200, ...withCard(holder) }
    const first = await town.tap(bus, tap)
    expect(await town.tap(bus, tap)).toEqual(first)
    await expect(town.tap(bus, { ...tap, amountFen: 300 })).rejects.toMatchObject({ code: 'serial_reused' })
    expect(await balance(holder)).toBe(49_800)
  })
})

describe('the daily settlement', () => {
  it('pays merchants what is owed, less what was given back since, by two officers', async () => {
    const till = await town.terminal('consumption')
    const holder = await town.holder()
    const paid = await town.tap(till, { kind: 'purchase', amountFen: 5_000, ...withCard(holder) })
    const draw = async () => town.open(await town.officer('pay'), { flow: 'card-settlement', body: {} })
    const { caseId } = await draw()
    await expect(draw()).rejects.toMatchObject({ code: 'settlement_open' })
    await refund(till, { useId: paid.useId, amountFen: 1_000, serial: 'back-1' })
    const tooMuch = refund(till, { useId: paid.useId, amountFen: 4_001, serial: 'back-2' })
    await expect(tooMuch).rejects.toMatchObject({ code: 'refund_exceeds', params: { leftFen: 4_000 } })
    const approval = { outcome: 'approved', opinion: '同意' }
    await town.take(await town.officer('approve'), caseId, 'approve', approval)
    expect(await owed(till)).toBe(0)
    const { file } = await town.view(caseId)
    expect(file.state).toMatchObject({
      settled: expect.arrayContaining([{ merchantId: till.merchantId, amountFen: 4_000 }]),
    })
    await expect(draw()).rejects.toMatchObject({ code: 'nothing_to_settle' })
  })
})

describe('whatever comes in whatever order', () => {
  it.each(['one', 'two', 'three'])(
    'the purse is loads less payments plus refunds, never below nothing (%s)',
    async (seed) => {
      const random = seededRandom(`card-use ${seed}`)
      const pick = (count: number) => (random.bytes(1)[0] ?? 0) % count
      const bus = await town.terminal('transport')
      const till = await town.terminal('consumption')
      const holder = await town.holder(0)
      let [loadedFen, backFen] = [0, 0]
      const accepted = new Map<string, number>()
      const sent: Array<{ terminal: TestTerminal; tap: { serial: string } }> = []
      for (let round = 0; round < 40; round++) {
        const amountFen = 100 + 100 * pick(15)
        const action = pick(5)
        if (action === 0) {
          const load = { personId: holder.personId, amountFen, reference: `${seed}-${round}` }
          await town.run((work) => loadPurse(work, town.tools, load))
          loadedFen += amountFen
        } else if (action < 4) {
          const again = action === 3 ? sent[pick(Math.max(sent.length, 1))] : undefined
          const fresh = {
            terminal: action === 1 ? bus : till,
            tap: {
              ...{ serial: `${seed}-${round}`, kind: action === 1 ? 'fare' : 'purchase', amountFen },
              ...withCard(holder),
              ...(action === 1 && { tappedAt: town.node.clock.now() }),
            },
          }
          const { terminal, tap } = again ?? fresh
          if (!again) sent.push(fresh)
          const { useId, outcome, amountFen: takenFen } = await town.tap(terminal, tap)
          if (outcome === 'accepted') accepted.set(useId, takenFen)
        } else {
          const uses = await town.run((work) => usesOf(work, holder.personId))
          const used = uses.find(({ kind, outcome }) => kind === 'purchase' && outcome === 'accepted')
          if (!used) continue
          const spec = { useId: used.useId, amountFen: 100, serial: `back-${seed}-${round}` }
          const back = await refund(till, spec).catch(() => undefined)
          backFen += back?.amountFen ?? 0
        }
        const paidFen = [...accepted.values()].reduce((sum, fen) => sum + fen, 0)
        expect(await balance(holder)).toBe(loadedFen - paidFen + backFen)
        expect(await balance(holder)).toBeGreaterThanOrEqual(0)
      }
      const paidFen = [...accepted.values()].reduce((sum, fen) => sum + fen, 0)
      expect((await owed(bus)) + (await owed(till))).toBe(paidFen - backFen)
      expect(accepted.size).toBeGreaterThan(3)
    },
  )
})

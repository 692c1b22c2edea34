import { z } from 'zod'
import {
  actorPersonId,
  asActor,
  BadInput,
  type Id,
  schemaFen,
  schemaId,
  schemaInstant,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import { benefitSpellsOf, findPayoutAccount } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { purseFen } from './books.ts'
import { loadPurse, pinState, setPin, unloadPurse } from './purse.ts'
import { fields, kindsOfField } from './tables.ts'
import { readCard, schemaTap } from './taps.ts'
import { getOwnTerminal, registerTerminal, schemaNewTerminal, type Terminal, terminalsOf } from './terminals.ts'
import { findUse, type RecordedUse, refundUse, usesOf } from './uses.ts'

const operators = ['employer_officer', 'hospital_office', 'accept']

const recordedUse = z.object({
  useId: schemaId,
  terminalId: schemaId,
  serial: z.string(),
  medium: z.string(),
  kind: z.string(),
  amountFen: z.int(),
  tappedAt: z.string(),
  offline: z.boolean(),
  outcome: z.enum(['accepted', 'refused']),
  reason: z.string().nullable().describe('code of the sentence that tells why it was refused'),
  clause: z.string().nullable(),
  ofUseId: schemaId.nullable(),
})

const benefits = z.object({
  accountMasked: z.string().nullable(),
  benefits: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string().nullable() })),
})

/** Terminals and what they read; the purse of a holder. */
export function cardUseRoutes(tools: ServiceTools): ServiceRoute[] {
  return [...terminalRoutes(tools), ...purseRoutes(tools)]
}

function terminalRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/terminals',
      title: { zh: '用卡终端', en: 'Terminals of the caller, with what each does' },
      callers: [...operators, 'supervisor', 'audit', 'catalogue_admin'],
      answer: z.object({
        now: schemaInstant.describe('the clock of the node, by which a simulated terminal goes'),
        terminals: z.array(
          z.object({
            terminalId: schemaId,
            name: z.string(),
            field: z.enum(fields),
            paid: z.array(z.string()).readonly(),
            free: z.array(z.string()).readonly(),
            merchantId: schemaId.nullable(),
          }),
        ),
      }),
      handle: async (work) => ({
        now: work.now,
        terminals: (await terminalsOf(work)).map((terminal) => ({ ...terminal, ...kindsOfField[terminal.field] })),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/terminals',
      title: { zh: '登记终端', en: 'Register a terminal' },
      callers: ['catalogue_admin'],
      body: schemaNewTerminal,
      answer: z.object({ terminalId: schemaId }),
      handle: async (work, { body }) => ({ terminalId: await registerTerminal(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/terminals/:terminalId/taps',
      title: {
        zh: '读卡、扫码、上传脱机记录',
        en: 'Cards and QR codes that a terminal read, now or while it had no connection',
      },
      callers: operators,
      params: z.object({ terminalId: schemaId }),
      body: z.strictObject({ taps: z.array(schemaTap).min(1).max(200) }),
      answer: z.object({
        results: z.array(recordedUse),
        shown: benefits.nullable().describe('what a benefit terminal shows the holder who has proved who they are'),
      }),
      async handle(work, { params: { terminalId }, body: { taps } }) {
        const terminal = await getOwnTerminal(work, terminalId)
        // Each takes the purses of many holders in its own order; two at once would wait for each other.
        if (taps.length > 1) await takeTurns(work, 'card-taps-uploaded')
        const results: RecordedUse[] = []
        for (const tap of taps) results.push(await readCard(work, tools, terminal, tap))
        const [only] = results
        return { results, shown: only && results.length === 1 ? await shownBenefits(work, terminal, only) : null }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/terminals/:terminalId/refunds',
      title: { zh: '退款', en: 'Give money back' },
      callers: ['employer_officer', 'hospital_office'],
      params: z.object({ terminalId: schemaId }),
      body: z.strictObject({ useId: schemaId, amountFen: schemaFen.min(1), serial: z.string().trim().min(1).max(60) }),
      answer: recordedUse,
      handle: async (work, { params: { terminalId }, body }) =>
        refundUse(work, await getOwnTerminal(work, terminalId), body),
    }),
  ]
}

function purseRoutes(tools: ServiceTools): ServiceRoute[] {
  const purse = z.object({ balanceFen: z.int() })
  const amount = z.strictObject({ amountFen: schemaFen.min(1) })
  return [
    serviceRoute({
      method: 'GET',
      path: '/purse',
      title: { zh: '卡钱包', en: 'The purse of the caller, and what the card was used for' },
      callers: ['person'],
      answer: purse.extend({
        pin: z.enum(['none', 'set', 'locked']),
        uses: z.array(recordedUse.extend({ terminal: z.string() })),
      }),
      async handle(work) {
        const personId = holderOf(work)
        const balanceFen = await asActor(work, systemActor, (system) => purseFen(system, personId))
        return { balanceFen, pin: await pinState(work, personId), uses: await usesOf(work, personId) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/purse/loads',
      title: { zh: '圈存', en: 'Load the purse from the account behind the card' },
      callers: ['person'],
      body: amount,
      answer: purse,
      handle: async (work, { body: { amountFen } }) => ({
        balanceFen: await loadPurse(work, tools, { personId: holderOf(work), amountFen, reference: work.newId() }),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/purse/unloads',
      title: { zh: '转回银行账户', en: 'Give money of the purse back to the account' },
      callers: ['person'],
      body: amount,
      answer: purse,
      handle: async (work, { body: { amountFen } }) => ({
        balanceFen: await unloadPurse(work, { personId: holderOf(work), amountFen, reference: work.newId() }),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/purse/pin',
      title: { zh: '设置支付密码', en: 'Set the PIN of the purse' },
      callers: ['person'],
      body: z.strictObject({ pin: z.string().regex(/^\d{6}$/, { error: 'six digits' }) }),
      answer: z.object({ pin: z.enum(['none', 'set', 'locked']) }),
      async handle(work, { body: { pin } }) {
        await setPin(work, holderOf(work), pin)
        return { pin: 'set' as const }
      },
    }),
  ]
}

/** Only the holder's own purse; nobody acts for another here. */
function holderOf({ actor }: Work): Id {
  const id = actorPersonId(actor)
  if (id === null || (actor.kind === 'person' && actor.onBehalfOf !== undefined)) {
    throw new BadInput([{ path: 'actor', expected: 'the holder', found: 'somebody else' }])
  }
  return id
}

/** Only in the answer to the presentation itself: whoever sends its number again has not proved once more who they are. */
function shownBenefits(work: Work, terminal: Terminal, used: RecordedUse) {
  if (used.kind !== 'benefit_lookup' || used.outcome === 'refused') return null
  return asActor(work, systemActor, async (system) => {
    const row = await findUse(system, used.terminalId, used.serial)
    if (!row?.person_id || row.recorded_at !== work.now) return null
    const purpose = `benefit terminal ${terminal.name}`
    const account = await findPayoutAccount(system, row.person_id, purpose)
    const spells = await benefitSpellsOf(system, row.person_id, {}, purpose)
    return {
      accountMasked: account?.accountNumberMasked ?? null,
      benefits: spells.map(({ kind, from, to }) => ({ kind, from, to })),
    }
  })
}

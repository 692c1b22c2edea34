import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, must, Refusal, randomBelow, randomPick, seededRandom } from '../ground/door.ts'
import { approveValue, proposeValue } from '../law/door.ts'
import { trialBalance } from '../ledger/door.ts'
import { applicationState, isUnpaid, standingFen } from './application-state.ts'
import { batchState } from './payment-flow.ts'
import { ordersOf } from './payment-order.ts'
import { type PoolSite, poolSite } from './pool.testing.ts'

let site: PoolSite
let officers: Record<'accept' | 'review' | 'approve' | 'second' | 'pay' | 'banker' | 'values' | 'values2', Actor>

beforeAll(async () => {
  site = await poolSite()
  officers = {
    accept: await site.officer('accept'),
    review: await site.officer('review'),
    approve: await site.officer('approve'),
    second: await site.officer('approve', { another: true }),
    pay: await site.officer('pay'),
    banker: await site.officer('pay', { another: true }),
    values: await site.officer('values_admin'),
    values2: await site.officer('values_admin', { another: true }),
  }
  await site.fund('unemployment', 100_000_000_00)
})
afterAll(() => site.close())

type Random = ReturnType<typeof seededRandom>

/** What may happen to a case, and to the values it stands on, in any order. A refusal is an answer like another. */
const happenings: Record<
  string,
  (caseId: Id, person: { personId: Id; actor: Actor }, random: Random) => Promise<unknown>
> = {
  accept: (caseId) => site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' }),
  review: (caseId) => site.take(officers.review, caseId, 'review', { opinion: '属实' }),
  approve: (caseId) => site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' }),
  sendBack: (caseId) => site.take(officers.approve, caseId, 'approve', { outcome: 'returned', opinion: '再看' }),
  object: (caseId, { actor }) => site.take(actor, caseId, 'object', { grounds: '不服' }),
  uphold: (caseId) => site.take(officers.second, caseId, 'decideObjection', { outcome: 'upheld', reasons: '维持' }),
  setAside: (caseId) =>
    site.take(officers.second, caseId, 'decideObjection', { outcome: 'set_aside', reasons: '撤销' }),
  reissue: (caseId) => site.take(officers.pay, caseId, 'reissue', { note: '账户已更正' }),
  swimMore: async (_, { personId }, random) => site.lengths.set(personId, randomBelow(random, 40)),
  decideAgain: (caseId) => site.take(officers.review, caseId, 'recalculate', { because: 'facts', cause: '登记更正' }),
  valueChanges: async (caseId, _, random) => {
    const proposal = {
      service: 'pool-grant',
      name: 'perLengthFen',
      region: '130000',
      source: '示例',
      from: '2024-01-01',
    }
    const value = 500 + 100 * randomBelow(random, 10)
    const id = await site.run(
      (work) => proposeValue(work, site.rulebook.values, { ...proposal, value }),
      officers.values,
    )
    await site.run((work) => approveValue(work, id), officers.values2)
    await site.take({ kind: 'system' }, caseId, 'recalculate', { because: 'value', cause: '示例' })
  },
  repay: async (caseId, _, random) => {
    const { owedFen } = await stateOf(caseId)
    const amountFen = 1 + randomBelow(random, Math.max(1, owedFen))
    return site.take(officers.pay, caseId, 'noteRepayment', { amountFen, bankReference: '回款0001' })
  },
  drawUp: async (_, __, random) => {
    const batch = await site.open(officers.pay, { flow: 'pool-grant-payment', body: {} })
    const outcome = randomBelow(random, 5) === 0 ? 'withdrawn' : 'approved'
    await site.take(officers.approve, batch.caseId, 'approve', { outcome, opinion: '同意' })
    if (outcome === 'approved') atBank.push(batch.caseId)
  },
  bankAnswers: async (_, __, random) => {
    const batchId = atBank.shift()
    if (batchId === undefined) return
    const { lines } = batchState.parse((await site.view(batchId)).file.state)
    const answers = lines.map(({ orderId, amountFen }) => ({
      orderId,
      result: amountFen > 0 && randomBelow(random, 3) === 0 ? ('returned' as const) : ('paid' as const),
    }))
    await site.take(officers.banker, batchId, 'recordResult', { lines: answers })
  },
}

/** Batches that the bank has not answered yet. */
const atBank: Id[] = []

const stateOf = async (caseId: Id) => applicationState.parse((await site.view(caseId)).file.state)

async function balanceOf(name: string, party: Id): Promise<number> {
  const { rows } = await site.run((work) => trialBalance(work, { fund: 'unemployment', agency: '130000' }))
  return Number(rows.find((row) => row.name === name && row.party === party)?.closingFen ?? 0n)
}

/** What must hold of a case and its money after every happening. */
async function requireSound(caseId: Id, personId: Id, story: readonly string[]): Promise<void> {
  const { file } = await site.view(caseId)
  const { orders, owedFen, found } = applicationState.parse(file.state)
  const kept = await site.run((work) => ordersOf(work, { caseId }))
  const told = story.join(' > ')
  const states = { due: 'ordered', waiting: 'ordered', returned: 'returned', paid: 'paid', cancelled: 'cancelled' }
  expect(kept.map(({ state }) => states[state]).sort(), told).toEqual(orders.map(({ state }) => state).sort())
  const unpaidFen = kept
    .filter(({ state }) => state !== 'paid' && state !== 'cancelled')
    .reduce((sum, { amountFen }) => sum + amountFen, 0)
  expect(await balanceOf('payable_to_payee', personId), told).toBe(unpaidFen)
  expect(await balanceOf('receivable_from_payee', personId), told).toBe(owedFen)
  if (['approved', 'returned', 'paid'].includes(file.status)) expect(standingFen(orders), told).toBe(found?.amountFen)
  if (file.status === 'paid') expect(isUnpaid(orders), told).toBe(false)
  if (file.status === 'refused') expect(standingFen(orders), told).toBe(0)
}

describe('whatever happens in whatever order', () => {
  it.each(Array.from({ length: 6 }, (_, seed) => seed))(
    'what was granted, ordered, paid and owed agree, seed %i',
    async (seed) => {
      const random = seededRandom(`benefits ${seed}`)
      const person = await site.person()
      site.lengths.set(person.personId, 20)
      const body = { answers: { extraLengths: randomBelow(random, 5) } }
      const { caseId } = await site.open(person.actor, { flow: 'pool-grant', step: 'apply', body })
      const story: string[] = []
      const begin = ['accept', 'review', 'approve']
      for (let turn = 0; turn < 40; turn++) {
        const name = begin[turn] ?? randomPick(random, Object.keys(happenings))
        try {
          await must(happenings[name], name)(caseId, person, random)
          story.push(name)
        } catch (error) {
          if (!(error instanceof Refusal)) throw new Error(`${story.join(' > ')} > ${name}`, { cause: error })
        }
        await requireSound(caseId, person.personId, story)
      }
    },
  )
})

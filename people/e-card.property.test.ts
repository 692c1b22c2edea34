import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Refusal } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { cancelCard, cardsOf, replaceCard, reportCardFound, reportCardLost } from './card.ts'
import { applyECard } from './e-card.ts'
import { bySystem, giveCard, givePerson, nextCardNumber, peopleNode } from './fixtures.testing.ts'
import type { CardState, ECardState } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

/** What must be true of one person: the cards in order of issue, each with its e-card where that is not cancelled. */
type ModelCard = { state: CardState; eCard: ECardState | null }

type Operation = {
  /** The model after the operation, or undefined where it must be refused. `card` is the latest. */
  expected(cards: ModelCard[], card: ModelCard | undefined): ModelCard[] | undefined
  run(personId: string, cardId: string | undefined): Promise<unknown>
}

const inForce = (card: ModelCard | undefined) => card?.state === 'active' || card?.state === 'lost'
const fresh: ModelCard = { state: 'active', eCard: null }
const missing = '00000000-0000-7000-8000-000000000000'

const operations: Record<string, Operation> = {
  issue: {
    expected: (cards, card) => (inForce(card) ? undefined : [...cards, fresh]),
    run: (personId) => giveCard(node, personId),
  },
  apply: {
    expected: (cards, card) =>
      card?.state === 'active' && card.eCard === null
        ? [...cards.slice(0, -1), { ...card, eCard: 'active' }]
        : undefined,
    run: (personId) => bySystem(node, (work) => applyECard(work, { personId, app: 'app:12333' })),
  },
  lose: {
    expected: (cards, card) =>
      card && inForce(card) ? [...cards.slice(0, -1), { state: 'lost', eCard: card.eCard && 'suspended' }] : undefined,
    run: (_, cardId = missing) => bySystem(node, (work) => reportCardLost(work, cardId)),
  },
  find: {
    expected: (cards, card) =>
      card && inForce(card) ? [...cards.slice(0, -1), { state: 'active', eCard: card.eCard && 'active' }] : undefined,
    run: (_, cardId = missing) => bySystem(node, (work) => reportCardFound(work, cardId)),
  },
  replace: {
    expected: (cards, card) =>
      inForce(card) ? [...cards.slice(0, -1), { state: 'replaced', eCard: null }, fresh] : undefined,
    run: (_, cardId = missing) =>
      bySystem(node, (work) => replaceCard(work, { cardId, number: nextCardNumber(), outlet: '试样网点' })),
  },
  cancel: {
    expected: (cards, card) =>
      inForce(card) ? [...cards.slice(0, -1), { state: 'cancelled', eCard: null }] : undefined,
    run: (_, cardId = missing) => bySystem(node, (work) => cancelCard(work, cardId)),
  },
}

it('card and e-card are one to one under any sequence of operations', async () => {
  const sequences = fc.array(fc.constantFrom(...Object.keys(operations)), { minLength: 1, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(sequences, async (names) => {
      const personId = await givePerson(node)
      let model: ModelCard[] = []
      for (const name of names) model = await step(personId, name, model)
    }),
    { numRuns: 60, seed: 20260511 },
  )
})

/** Takes one operation in the database and in the model, and compares. A millisecond passes, so that cards have an order. */
async function step(personId: string, name: string, model: ModelCard[]): Promise<ModelCard[]> {
  const operation = operations[name]
  if (!operation) throw new RangeError(name)
  node.clock.advance(1)
  const latest = await readCards(personId)
  const expected = operation.expected(model, model.at(-1))
  const outcome = await operation.run(personId, latest.at(-1)?.cardId).then(
    () => 'done',
    (error) => (error instanceof Refusal ? 'refused' : Promise.reject(error)),
  )
  expect([name, outcome]).toEqual([name, expected ? 'done' : 'refused'])
  const next = expected ?? model
  const stored = await readCards(personId)
  expect(stored.map((card) => ({ state: card.state, eCard: card.eCard?.state ?? null }))).toEqual(next)
  expect(stored.filter((card) => card.eCard?.state === 'active').length).toBeLessThanOrEqual(1)
  return next
}

async function readCards(personId: string) {
  return (await bySystem(node, (work) => cardsOf(work, personId, 'test'))).reverse()
}

import { describe, expect, it } from 'vitest'
import {
  certainOf,
  type Entitlement,
  findStages,
  keyOf,
  mergedItems,
  nextQuestion,
  withAnswer,
} from './entitlements.ts'

const field = { name: 'months', kind: 'count' as const, label: { zh: '几个月？', en: 'How many months?' }, help: null }
const unsaid = { amount: null, because: null, meaning: null, advice: null, steps: [] }
const item = (flow: string, question: Entitlement['question']): Entitlement => ({
  ...{ flow, service: flow, path: `/benefits/${flow}`, title: { zh: flow, en: flow }, summary: { zh: flow, en: flow } },
  ...{ ...unsaid, state: question === null ? 'granted' : 'open', question },
})
const other = { ...field, name: 'months', label: { zh: '几岁？', en: 'How old?' } }
const items = [item('a', other), item('b', field), item('c', { ...field, name: 'insuredMonths' }), item('d', null)]

describe('the next question', () => {
  it('is the one that most benefits wait for; the same words under another name are one question', () => {
    const question = nextQuestion({ items, skipped: [] })
    expect(question?.field).toBe(field)
    expect(question?.asking.map(({ flow }) => flow)).toEqual(['b', 'c'])
  })

  it('is not one that was left out, and none when nothing is left', () => {
    expect(nextQuestion({ items, skipped: [keyOf(field)] })?.field).toBe(other)
    expect(nextQuestion({ items, skipped: [keyOf(field), keyOf(other)] })).toBeUndefined()
  })

  it('is another where other answers can be chosen', () => {
    const [one, two] = [['x'], ['y']].map((options) => keyOf({ ...field, kind: 'choice', options }))
    expect(one).not.toBe(two)
  })
})

describe('an answer', () => {
  it('is given to every benefit that asks, each under its own name, beside what it was told before', () => {
    const question = nextQuestion({ items, skipped: [] })
    const answers = question && withAnswer({ b: { before: true } }, question, ({ name }) => ({ [name]: 7 }))
    expect(answers).toEqual({ b: { before: true, months: 7 }, c: { insuredMonths: 7 } })
  })

  it('puts what was read in the place of what was known', () => {
    const read = item('b', null)
    expect(mergedItems(items, [read]).map(({ flow, state }) => `${flow} ${state}`)).toEqual([
      ...['a open', 'b granted', 'c open', 'd granted'],
    ])
  })
})

describe('what is kept over a reload', () => {
  const stages = [{ items, answers: { b: { months: 7 } }, skipped: [] }]

  it('is every stage as it was', () => {
    expect(findStages(JSON.parse(JSON.stringify(stages)), items)).toEqual(stages)
  })

  it.each([
    ['nothing', undefined],
    ['something else', { stages }],
    ['a stage of another shape', [...stages, { answers: {} }]],
    ['other benefits than are offered now', [{ ...stages[0], items: items.slice(1) }]],
  ])('is nothing where %s was kept', (_, kept) => {
    expect(findStages(kept, items)).toEqual([])
  })
})

describe('what is certain', () => {
  it('is what is granted', () => {
    expect(certainOf(items).map(({ flow }) => flow)).toEqual(['d'])
  })
})

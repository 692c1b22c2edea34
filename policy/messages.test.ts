import { expect, it } from 'vitest'
import { describeFacts, policyMessagesNeeded } from './door.ts'
import { EXAMPLE_FILES, exampleIr } from './examples/ir.ts'
import { exampleLabels } from './examples/labels.ts'

const ir = exampleIr('club-membership.ts')

it('a policy needs labels for its facts, values, results, reasons, words, clauses and for counts without words', () => {
  const needed = policyMessagesNeeded(ir)
  expect(needed).toEqual(needed.toSorted())
  for (const key of [
    ...['facts.guests', 'facts.guests.visits', 'values.feeByKind', 'results.tier', 'reasons.suspended'],
    ...['choices.company', 'choices.loyal', 'clauses.S10', 'clauses.S13', 'units.visit', 'units.guest'],
  ]) {
    expect(needed).toContain(key)
  }
  expect(needed).not.toContain('units.month')
})

it('what is decided item by item needs labels too, a table by number those of its count', () => {
  const needed = policyMessagesNeeded(exampleIr('training-grant.ts'))
  for (const key of [
    'items.refundFen',
    'results.amountFen',
    'reasons.others_rank_higher',
    'clauses.S44',
    'units.course',
  ]) {
    expect(needed).toContain(key)
  }
  expect(needed.filter((key) => /^choices\.\d/.test(key))).toEqual([])
})

it.each(EXAMPLE_FILES)('the labels of %s are complete', (file) => {
  for (const language of ['zh', 'en'] as const) {
    const lacking = policyMessagesNeeded(exampleIr(file)).filter((key) => !exampleLabels[language].has(key))
    expect(lacking).toEqual([])
  }
})

it('facts are described for forms', () => {
  expect(describeFacts(ir)).toEqual([
    { name: 'kind', kind: 'choice', unit: 'choice', optional: false, choices: ['adult', 'youth', 'senior', 'company'] },
    { name: 'joinsOn', kind: 'date', unit: 'date', optional: false },
    { name: 'memberSince', kind: 'date', unit: 'date', optional: true },
    { name: 'suspended', kind: 'flag', unit: 'flag', optional: false },
    {
      ...{ name: 'guests', kind: 'list', unit: 'list', optional: false, max: 100 },
      item: [
        { name: 'visitedOn', kind: 'date', unit: 'date', optional: false },
        { name: 'visits', kind: 'count', unit: 'visit', optional: false, min: 0, max: 1_000 },
        { name: 'feePaidFen', kind: 'money', unit: 'fen', optional: false, min: 0, max: 1_000_000 },
      ],
    },
  ])
  expect(describeFacts(ir, '2023-12-31').map(({ name }) => name)).toEqual([
    ...['kind', 'joinsOn', 'memberSince', 'suspended'],
  ])
})

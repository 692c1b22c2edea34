import { describe, expect, it } from 'vitest'
import type { FormField } from './api-types.ts'
import { answerIn, askedFields, bodyOfAnswers, findProblem, isAnswered, lastDayOf } from './form-answers.ts'

const fields: FormField[] = [
  { name: 'sport', kind: 'choice', options: ['tennis', 'chess'], required: true },
  { name: 'since', kind: 'date', required: true, askedWhen: { field: 'sport', is: ['tennis'] } },
  { name: 'rating.points', kind: 'count', required: true, askedWhen: { field: 'sport', is: ['chess'] } },
  { name: 'rating.checked', kind: 'flag', askedWhen: { field: 'sport', is: ['chess'] } },
  { name: 'fee', kind: 'money' },
  { name: 'note', kind: 'text' },
]

const names = (answers: Record<string, string>) => askedFields(fields, answers).map(({ name }) => name)

describe('a form as data', () => {
  it('asks only what the earlier answers call for', () => {
    expect(names({})).toEqual(['sport', 'fee', 'note'])
    expect(names({ sport: 'tennis' })).toEqual(['sport', 'since', 'fee', 'note'])
    expect(names({ sport: 'chess' })).toEqual(['sport', 'rating.points', 'rating.checked', 'fee', 'note'])
  })

  it('sends numbers as numbers, amounts in fen, dotted names inside each other, and nothing that was left empty', () => {
    const answers = { sport: 'chess', 'rating.points': '1500', 'rating.checked': 'true', fee: '1,280.5', note: '' }
    expect(bodyOfAnswers(fields, answers)).toEqual({
      sport: 'chess',
      rating: { points: 1500, checked: true },
      fee: 128_050,
    })
  })

  it('finds an answer in what was sent, by its dotted name', () => {
    const body = { sport: 'chess', rating: { points: 1500 } }
    expect([answerIn(body, 'rating.points'), answerIn(body, 'rating.title'), answerIn(body, 'sport.since')]).toEqual([
      1500,
      undefined,
      undefined,
    ])
  })

  it('does not send the answer to a question that a changed answer took back', () => {
    const answers = { sport: 'tennis', since: '2020-02-29', 'rating.points': '1500' }
    expect(bodyOfAnswers(fields, answers)).toEqual({ sport: 'tennis', since: '2020-02-29' })
  })

  it.each([
    ['a required one left empty', { name: 'x', kind: 'text', required: true }, '', false],
    ['one that need not be answered', { name: 'x', kind: 'text' }, '', true],
    ['a choice that is not offered', { name: 'x', kind: 'choice', options: ['a'] }, 'b', false],
    ['half a date', { name: 'x', kind: 'date' }, '2026-05', false],
    ['a province without its six digits', { name: 'x', kind: 'region' }, '32', false],
    ['a count with a sign', { name: 'x', kind: 'count' }, '-1', false],
    ['an amount with three decimals', { name: 'x', kind: 'money' }, '1.005', false],
    ['an amount', { name: 'x', kind: 'money' }, '128.50', true],
  ] satisfies Array<[string, FormField, string, boolean]>)('%s', (_, field, answer, answered) => {
    expect(isAnswered(field, answer)).toBe(answered)
  })

  it.each([
    ['today', '2026-05-11', undefined],
    ['the day after', '2026-05-12', 'ahead'],
    ['none', '', 'missing'],
  ])('a day that has happened: %s', (_, answer, problem) => {
    expect(findProblem({ name: 'x', kind: 'date', required: true }, answer, '2026-05-11')).toBe(problem)
  })

  it('a day that may lie ahead has no last one', () => {
    const field: FormField = { name: 'x', kind: 'date', required: true, ahead: true }
    expect(lastDayOf(field, '2026-05-11')).toBeUndefined()
    expect(findProblem(field, '2027-01-01', '2026-05-11')).toBeUndefined()
    expect(lastDayOf({ name: 'x', kind: 'date' }, '2026-05-11')).toBe('2026-05-11')
  })
})

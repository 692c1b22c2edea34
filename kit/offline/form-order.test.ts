import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../api.ts'
import { mayChange, meaningOf, nextForm, nextOrder } from './form-order.ts'
import type { StoredForm } from './store.ts'

const me = { userId: 'u1', assignmentId: 'post' }

function form(key: string, order: number, more: Partial<StoredForm> = {}): StoredForm {
  return {
    ...me,
    key,
    order,
    about: key,
    state: 'waiting',
    attempts: 0,
    at: '2026-05-11T01:00:00Z',
    content: null,
    ...more,
  }
}

describe('the next form to send', () => {
  it.each<[string, StoredForm[], string | undefined]>([
    ['none where none waits', [], undefined],
    ['the earliest that was finished, however they lie in the store', [form('b', 2), form('a', 1)], 'a'],
    [
      'no draft, and nothing that was sent',
      [form('a', 0, { state: 'draft' }), form('b', 1, { state: 'sent' })],
      undefined,
    ],
    ['none of another user', [form('a', 1, { userId: 'u2' })], undefined],
    ['none of another post', [form('a', 1, { assignmentId: 'other' }), form('b', 2)], 'b'],
    [
      'a refused one holds back what is about the same',
      [form('a', 1, { about: 'x', state: 'refused' }), form('b', 2, { about: 'x' })],
      undefined,
    ],
    ['and nothing else', [form('a', 1, { about: 'x', state: 'refused' }), form('b', 2, { about: 'y' })], 'b'],
    [
      'one for another post holds back what is about the same',
      [form('a', 1, { about: 'x', assignmentId: 'other' }), form('b', 2, { about: 'x' })],
      undefined,
    ],
    [
      'another user’s holds back nothing',
      [form('a', 1, { about: 'x', userId: 'u2' }), form('b', 2, { about: 'x' })],
      'b',
    ],
  ])('%s', (_, forms, key) => {
    expect(nextForm(forms, me)?.key).toBe(key)
  })

  it('a form that is finished stands behind all others', () => {
    expect([nextOrder([]), nextOrder([form('a', 4), form('b', 2), form('c', 0, { state: 'draft' })])]).toEqual([1, 5])
  })
})

describe('what an answer means', () => {
  const problem = (status: number, code = 'x') => new ApiProblem({ title: '', status, detail: '', code })

  it.each([
    ['no answer', problem(0, 'unreachable'), 'again'],
    ['failed for the moment', problem(503), 'again'],
    ['nobody is signed in', problem(401), 'again'],
    ['too many requests', problem(429), 'again'],
    ['the session changed meanwhile', problem(403, 'csrf_token_wrong'), 'again'],
    ['the page itself failed', new TypeError('x'), 'again'],
    ['not allowed in this post', problem(403, 'caller_not_allowed'), 'refused'],
    ['refused by the rules', problem(422), 'refused'],
    ['does not parse', problem(400), 'refused'],
    ['the node has a defect', problem(500), 'refused'],
  ])('%s', (_, error, meaning) => {
    expect(meaningOf(error)).toBe(meaning)
  })

  it('only a definite refusal may be changed and sent as another form', () => {
    expect([400, 409, 422, 499].map((status) => mayChange({ status }))).toEqual([true, true, true, true])
    expect([500, 502].map((status) => mayChange({ status }))).toEqual([false, false])
  })
})

import { describe, expect, it } from 'vitest'
import { clubFlow } from './club.testing.ts'
import { type CaseFlow, createCases, defineFlow } from './door.ts'

const { submit, review, expire } = clubFlow.steps
const { member } = clubFlow.statuses

describe('a flow that cannot work is refused when it is defined', () => {
  it.each<[string, object, RegExp]>([
    ['a number prefix in small letters', { numberPrefix: 'cl' }, /numberPrefix/],
    ['no opening step', { steps: { review } }, /no step opens it/],
    ['an initial state that is none', { initial: {} }, /initial is not a state/],
    [
      'a status called stay',
      { statuses: { ...clubFlow.statuses, stay: { title: {}, final: true } } },
      /no name for a status/,
    ],
    ['a status without a way out', { statuses: { ...clubFlow.statuses, lost: { title: {} } } }, /no step leads out/],
    [
      'an automatic step that needs a body',
      { statuses: { ...clubFlow.statuses, member: { ...member, automatic: { step: 'review', on: () => null } } } },
      /review is no step that the system can take/,
    ],
    [
      'a task with an undeclared deadline',
      { statuses: { ...clubFlow.statuses, member: { ...member, task: { role: 'x', deadline: 'never' } } } },
      /deadline never is not declared/,
    ],
    [
      'a step to nowhere',
      { steps: { ...clubFlow.steps, expire: { ...expire, to: 'nowhere' } } },
      /unknown status nowhere/,
    ],
    [
      'a step from nowhere',
      { steps: { ...clubFlow.steps, expire: { ...expire, from: ['x'] } } },
      /from unknown status x/,
    ],
    [
      'a matter taken in by a step that opens nothing for the system',
      { takesIn: [{ matter: 'membership', step: 'review' }] },
      /takesIn: review is no step that the system takes/,
    ],
    ['a step for nobody', { steps: { ...clubFlow.steps, submit: { ...submit, by: [] } } }, /nobody may take it/],
    [
      'an opening step that leads back',
      { steps: { ...clubFlow.steps, submit: { ...submit, to: 'back' } } },
      /opening step cannot lead back/,
    ],
    [
      'a step that excludes an unknown one',
      { steps: { ...clubFlow.steps, review: { ...review, notSameUserAs: ['x'] } } },
      /excludes unknown step x/,
    ],
    [
      'a changed record without an upcast',
      { steps: { ...clubFlow.steps, review: { ...review, schemaVersion: 2 } } },
      /no upcast from schema version 1/,
    ],
  ])('%s', (_, change, problem) => {
    expect(() => defineFlow({ ...clubFlow, ...change } as CaseFlow)).toThrow(problem)
  })

  it('the same flow twice, one number prefix for two flows, one matter taken in by two', () => {
    expect(() => createCases({ flows: [clubFlow, clubFlow] })).toThrow(/registered twice/)
    expect(() => createCases({ flows: [clubFlow, { ...clubFlow, id: 'other' }] })).toThrow(/belongs to two flows/)
    const takesIn = [{ matter: 'membership', step: 'submit' }]
    const other = { ...clubFlow, id: 'other', numberPrefix: 'OT', takesIn }
    expect(() => createCases({ flows: [{ ...clubFlow, takesIn }, other] })).toThrow(/taken in by two flows/)
  })
})

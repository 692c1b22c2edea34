import { describe, expect, it } from 'vitest'
import { findCitedClause } from './clause-cited.tsx'

const messages = {
  house: { 'clauses.B3.11': '不相容岗位分离', 'clauses.C9.03': '四个环节' },
  services: {
    one: { 'clauses.A1.13': '变更时限' },
    other: { 'clauses.A1.13': '变更、取消的时限', 'clauses.B3.11': '岗位分离' },
  },
}

describe('a clause that is cited', () => {
  it.each([
    ['by the service that is being read', 'A1.13', 'other', { title: '变更、取消的时限', service: 'other' }],
    ['by another, where that has no words for it', 'A1.13', 'third', { title: '变更时限', service: 'one' }],
    ['by the house', 'B3.11', undefined, { title: '不相容岗位分离', service: 'other' }],
    ['by the house alone', 'C9.03', undefined, { title: '四个环节', service: null }],
    ['by nobody', 'Z9.99', 'one', undefined],
  ])('%s', (_, code, service, found) => {
    expect(findCitedClause(messages, code, service)).toEqual(found)
  })
})

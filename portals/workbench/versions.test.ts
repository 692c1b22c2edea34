import { describe, expect, it } from 'vitest'
import { daysOfChange, linesOnlyIn } from './versions.ts'

describe('the days on which a policy changes', () => {
  it('are those on which a body or a value begins, each once and in order', () => {
    const bodies = [{ from: '2024-01-01', to: '2025-06-19' }, { from: '2025-06-20' }]
    const values = [{ from: '2025-06-20' }, { from: '2025-01-01', to: '2025-12-31' }]
    expect(daysOfChange(bodies, values)).toEqual(['2024-01-01', '2025-01-01', '2025-06-20'])
  })

  it('begin with the first body, however old a value is, and end with the last', () => {
    const bodies = [{ from: '2024-01-01', to: '2024-12-31' }]
    expect(daysOfChange(bodies, [{ from: '2019-01-01' }, { from: '2025-01-01' }])).toEqual(['2024-01-01'])
  })
})

it('lines that only one text has are told', () => {
  expect(linesOnlyIn(['a', 'b'], ['b', 'c'])).toEqual(['a'])
})

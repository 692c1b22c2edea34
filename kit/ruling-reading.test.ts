import { describe, expect, it } from 'vitest'
import { findRuling } from './ruling-reading.ts'

const words = { meaning: null, advice: null, sentences: { zh: ['是'], en: ['yes'] } }
const verdict = { outcome: 'granted', reason: null, because: 'CLUB.1' }

describe('a ruling is read in each form in which it is kept', () => {
  it('as it travels between regions and is previewed', () => {
    expect(findRuling({ ...verdict, ...words, policy: { id: 'club' } })).toMatchObject(verdict)
  })

  it('as a case keeps it, with what was assumed', () => {
    const assumptions = [{ name: 'feeFen', value: 100, unit: 'fen', source: 'CLUB.2' }]
    const kept = { ...words, decision: { ...verdict, assumptions, results: {} }, facts: {}, on: '2026-05-11' }
    expect(findRuling(kept)).toMatchObject({ ...verdict, assumptions, sentences: words.sentences })
  })

  it.each([[null], [{}], [{ ...verdict, outcome: 'perhaps', ...words }]])('%o is none', (value) => {
    expect(findRuling(value)).toBeUndefined()
  })
})

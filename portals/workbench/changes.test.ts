import { describe, expect, it } from 'vitest'
import type { PolicyBody, ResolvedValues } from '../../policy/browser.ts'
import { changeTexts, commandOf, parseChanges, withChanges } from './changes.ts'

const known = { from: '2026-01-01', source: 'S1', region: '000000' }
const values: ResolvedValues = {
  feeFen: { value: 60_000, unit: 'fen', ...known },
  sharePpm: { value: { adult: 500_000, child: 800_000 }, unit: 'ppm', ...known },
  closedOn: { value: '2026-06-30', unit: 'date', ...known },
}
const body: Pick<PolicyBody, 'values'> = {
  values: {
    feeFen: { kind: 'money', min: 0, max: 1_000_000 },
    sharePpm: { kind: 'keyed', by: ['adult', 'child'], unit: { kind: 'rate', min: 0, max: 1_000_000 } },
    closedOn: { kind: 'date' },
  },
}
const parse = (...texts: string[]) => parseChanges(texts, body, values, '2026-05-01')

describe('changes', () => {
  it('stand in an address and in a command as the terminal takes them', () => {
    const changes = parse('feeFen=70000', 'sharePpm.child=0', 'closedOn=2026-07-31')
    expect(changeTexts(changes)).toEqual(['feeFen=70000', 'sharePpm.child=0', 'closedOn=2026-07-31'])
    expect(commandOf({ policy: 'club', on: '2026-05-01', people: 10, seed: 1, changes })).toBe(
      'tongban simulate club --on 2026-05-01 --people 10 --seed 1 --set feeFen=70000 --set sharePpm.child=0 --set closedOn=2026-07-31',
    )
    expect(withChanges(values, changes)).toMatchObject({
      feeFen: { value: 70_000 },
      sharePpm: { value: { adult: 500_000, child: 0 } },
      closedOn: { value: '2026-07-31' },
    })
  })

  it.each([
    ['a value that the rule does not have', 'nothing=1'],
    ['an entry that the table does not have', 'sharePpm.elder=1'],
    ['an amount beyond its range', 'feeFen=1000001'],
    ['a word for an amount', 'feeFen=much'],
    ['what is law anyway', 'feeFen=60000'],
    ['a table in the place of an entry', 'sharePpm=1'],
    ['what is no change', 'feeFen'],
  ])('leave out %s', (_, text) => {
    expect([...parse(text)]).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { randomOrder, seededRandom } from '../ground/door.ts'
import type { Conflict, Expert } from './experts.ts'
import { maskName } from './publicity.ts'
import { drawGroup } from './round-drawing.ts'

const experts: Expert[] = Array.from({ length: 8 }, (_, index) => ({
  expertId: `e${index}`,
  personId: `p${index}`,
  agency: '360000',
  groups: ['county'],
  from: '2020-01-01',
  endedOn: null,
}))
const draw = (conflicts: ReadonlyMap<string, Conflict>, seed: string, reviewers = 5) =>
  drawGroup(experts, conflicts, { group: 'county', seed, terms: { reviewers } })

describe('the draw of a committee', () => {
  it('can be made again by anybody from its seed, and is another for another seed', () => {
    expect(draw(new Map(), 'a')).toEqual(draw(new Map(), 'a'))
    expect(draw(new Map(), 'a').order).not.toEqual(draw(new Map(), 'b').order)
    // What the log keeps is enough: the ids in their order, shuffled by the seed.
    const { order, seed } = draw(new Map([['e3', 'declared']]), 'a')
    expect(randomOrder(seededRandom(seed), order.toSorted())).toEqual(order)
  })

  it('never draws whom a conflict stands against, and says why they were left out', () => {
    const { excluded, order } = draw(new Map([['e3', 'same_employer']]), 'a')
    expect(order).not.toContain('e3')
    expect(excluded).toEqual([{ expertId: 'e3', because: 'same_employer' }])
  })

  it('is refused where fewer can be drawn than are needed: exactly as many are enough', () => {
    const conflicts = (count: number) =>
      new Map(experts.slice(0, count).map(({ expertId }) => [expertId, 'declared'] as const))
    expect(draw(conflicts(3), 'a').seated).toHaveLength(5)
    expect(() => draw(conflicts(4), 'a')).toThrowError('review_experts_too_few')
  })
})

describe('a name before the public', () => {
  it.each([
    ['王明', '王*'],
    ['王小明', '王*明'],
    ['欧阳小明', '欧**明'],
    ['王', '王*'],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})

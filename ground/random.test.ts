import { describe, expect, it } from 'vitest'
import { randomOrder, seededRandom } from './random.ts'

describe('another order of a list', () => {
  it('every order comes about as often as any other', () => {
    const counts = new Map<string, number>()
    const random = seededRandom('orders')
    for (let time = 0; time < 6_000; time += 1) {
      const order = randomOrder(random, ['a', 'b', 'c']).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })
})

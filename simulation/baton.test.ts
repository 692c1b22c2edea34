import { describe, expect, it } from 'vitest'
import { createBaton } from './baton.ts'

describe('the baton', () => {
  it('goes to one at a time, and to whom the dice say', async () => {
    const baton = createBaton((count) => count - 1)
    const order: string[] = []
    const run = async (name: string) => {
      await baton.take()
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 1))
      order.push(`${name} ends`)
      baton.give()
    }
    await Promise.all(['first', 'second', 'third'].map(run))
    expect(order).toEqual(['third', 'second', 'first'].flatMap((name) => [`${name} begins`, `${name} ends`]))
  })
})

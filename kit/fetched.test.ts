import { describe, expect, it } from 'vitest'
import { entryOf, fetchedOnce, forgetFailures } from './fetched.tsx'

describe('what is fetched when it is wanted', () => {
  it('is fetched once', async () => {
    let times = 0
    const once = fetchedOnce(async () => ++times)
    expect([await once(), await once()]).toEqual([1, 1])
  })

  it('fails as often as it is asked for, and is fetched anew once its failure is forgotten', async () => {
    let times = 0
    const once = fetchedOnce(async () => {
      if (++times === 1) throw new Error('gone')
      return times
    })
    await expect(once()).rejects.toThrow('gone')
    await expect(once()).rejects.toThrow('gone')
    forgetFailures()
    expect(await once()).toBe(2)
    forgetFailures()
    expect(await once()).toBe(2)
  })
})

describe('the script that a page begins with', () => {
  it.each([
    ['<script type="module" crossorigin src="/assets/index-Bx1.js"></script>', '/assets/index-Bx1.js'],
    ['<script src="/other.js"></script><script type="module" src="./assets/main-2.js"></script>', './assets/main-2.js'],
    ['<p>Sign in to the network of the hotel</p>', undefined],
  ])('%s', (html, entry) => {
    expect(entryOf(html)).toBe(entry)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Visitor } from './browser.ts'
import { visitProduct } from './story.ts'

// What a page's scripts weigh on the wire when somebody opens it for the first time, by address, with nothing kept from before.

const visit = visitProduct('weight')

type Weighed = { name: string; visitor: Visitor; path: string; ready: RegExp; kilobytesMax: number }

const resident: Visitor = { region: '320000', portal: 'resident', login: '示例·李娜' }
const officer: Visitor = { region: '320000', portal: 'staff', login: 'nanjing-accept' }
const supervisor: Visitor = { region: '650000', portal: 'staff', login: 'xinjiang-supervisor' }

const weighed: Weighed[] = [
  { name: 'resident home', visitor: resident, path: '/320000/resident', ready: /出示电子社保卡/, kilobytesMax: 150 },
  {
    name: 'resident services',
    visitor: resident,
    path: '/320000/resident/services',
    ready: /找事项/,
    kilobytesMax: 160,
  },
  { name: 'staff tasks', visitor: officer, path: '/320000/staff/tasks', ready: /待办/, kilobytesMax: 420 },
  { name: 'staff people', visitor: officer, path: '/320000/staff/people', ready: /人员/, kilobytesMax: 420 },
  { name: 'staff books', visitor: supervisor, path: '/650000/staff/books', ready: /借贷平衡/, kilobytesMax: 420 },
  {
    name: 'staff overview',
    visitor: supervisor,
    path: '/650000/staff/work-injury/overview',
    ready: /出院到拨付/,
    kilobytesMax: 440,
  },
]

describe('the scripts of a page, compressed', () => {
  it.each(weighed)('$name: at most $kilobytesMax kB', async ({ name, visitor, path, ready, kilobytesMax }) => {
    const page = await visit.visits.as(visitor)
    const bytes = await scriptBytes(page, path, ready)
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB of scripts (at most ${kilobytesMax})`)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes / 1000).toBeLessThanOrEqual(kilobytesMax)
  })
})

/** Loads a page with an empty cache and adds up what its scripts took on the wire. */
async function scriptBytes(page: Page, path: string, ready: RegExp): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(path)
  await page.getByText(ready).filter({ visible: true }).first().waitFor()
  await page.waitForLoadState('networkidle')
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming && /\.js(\?|$)/.test(entry.name))
      .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
  )
  await devtools.detach()
  return bytes
}

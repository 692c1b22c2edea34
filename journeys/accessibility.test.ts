import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violationsOf } from './axe.ts'
import type { Visitor } from './browser.ts'
import { screens } from './screens.ts'
import { visitProduct } from './story.ts'

// Every page that a menu or a home leads to, for each role: no violation of WCAG 2.2 AA that axe-core can see, on the phone and on the desk, light and
// (on the desk) dark. A page that two roles share is looked at once.

const visit = visitProduct('accessibility')

type Reader = { name: string; visitor: Visitor | null; start: string }

const staff = (region: string, login: string): Reader => ({
  name: login,
  visitor: { region, portal: 'staff', login },
  start: `/${region}/staff`,
})
const readers: Reader[] = [
  { name: 'nobody in particular', visitor: null, start: '/' },
  { name: 'signing in', visitor: null, start: '/320000/resident' },
  { name: 'staff signing in', visitor: null, start: '/320000/staff' },
  { name: 'the workbench', visitor: null, start: '/320000/workbench?people=100000' },
  {
    name: 'a resident',
    visitor: { region: '320000', portal: 'resident', login: '示例·李娜' },
    start: '/320000/resident',
  },
  staff('320000', 'nanjing-accept'),
  staff('320000', 'nanjing-approve'),
  staff('320000', 'nanjing-control'),
  staff('650000', 'urumqi-hospital-office'),
  staff('650000', 'xinjiang-supervisor'),
  staff('650000', 'xinjiang-permission-admin'),
  staff('650000', 'xinjiang-values-admin'),
  staff('320000', 'nanjing-employer-1-officer'),
]

const seen = new Set<string>()

describe('pages', () => {
  it.each(readers)('$name', { timeout: 300_000 }, async ({ visitor, start }) => {
    const page = await (visitor ? visit.visits.as(visitor) : visit.visits.anonymous('desk'))
    const found: string[] = []
    for (const path of await pagesFrom(page, start, visitor !== null)) {
      const place = path.replace(/^\/\d{6}/, '')
      if (seen.has(place)) continue
      seen.add(place)
      found.push(...(await violationsAt(page, path)))
    }
    expect(found).toEqual([])
  })
})

/** The page itself and, for who is signed in, the pages of its portal that it links to. */
async function pagesFrom(page: Page, start: string, isSignedIn: boolean): Promise<string[]> {
  await page.setViewportSize(screens.desk)
  await page.goto(start)
  await settled(page)
  if (!isSignedIn) return [start]
  const links = await page
    .locator('a[href^="/"]')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href')))
  const own = links.filter((path) => path?.startsWith(`${start}/`)).map(String)
  return [...new Set([start, ...own])]
}

/** Until a page has read what it shows; one that goes on reading or reckoning is looked at as it stands. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => {})
}

async function violationsAt(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  await settled(page)
  return violationsOf(page)
}

import { mkdir, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import type { Visitor } from './browser.ts'
import { visitProduct } from './story.ts'

// What a page's scripts weigh on the wire when somebody opens it for the first time, by address, with nothing kept from before: until it stands with its
// numbers, and then what draws them.

const visit = visitProduct('weight')

type Weighed = { name: string; visitor: Visitor; path: string; ready: RegExp; kilobytesMax: number }

/** The file that draws charts, which a page asks for when it has nothing else to do. */
const charts = /\/charts-[^/]*\.js$/
const chartsKilobytesMax = 200

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

const table: string[] = []

/** Where the weights stand as they were measured last. */
const tableFile = new URL('../.screenshots/weights.csv', import.meta.url)

describe('the scripts of a page, compressed', () => {
  afterAll(async () => {
    await mkdir(new URL('.', tableFile), { recursive: true })
    const head = 'page,address,scripts in kB,at most,charts after it in kB'
    await writeFile(tableFile, `${[head, ...table].join('\n')}\n`)
  })

  it.each(weighed)('$name: at most $kilobytesMax kB', async ({ name, visitor, path, ready, kilobytesMax }) => {
    const page = await visit.visits.as(visitor)
    const scripts = await scriptsOf(page, path, ready)
    const sum = (chosen: typeof scripts) => chosen.reduce((bytes, script) => bytes + script.bytes, 0) / 1000
    const first = sum(scripts.filter(({ address }) => !charts.test(address)))
    const later = sum(scripts.filter(({ address }) => charts.test(address)))
    console.log(
      `${name}: ${first.toFixed(1)} kB of scripts (at most ${kilobytesMax}), ${later.toFixed(1)} kB of charts after it`,
    )
    table.push([name, path, first.toFixed(1), kilobytesMax, later.toFixed(1)].join(','))
    expect(first).toBeGreaterThan(10)
    expect(first).toBeLessThanOrEqual(kilobytesMax)
    expect(later).toBeLessThanOrEqual(chartsKilobytesMax)
  })
})

/** Loads a page with an empty cache; what each of its scripts took on the wire, in bytes. */
async function scriptsOf(page: Page, path: string, ready: RegExp): Promise<Array<{ address: string; bytes: number }>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(path)
  await page.getByText(ready).filter({ visible: true }).first().waitFor()
  await page.waitForLoadState('networkidle')
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .map(({ name, encodedBodySize }) => ({ address: name, bytes: encodedBodySize })),
  )
  await devtools.detach()
  return scripts
}

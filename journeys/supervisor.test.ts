import { readFile } from 'node:fs/promises'
import exceljs from 'exceljs'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { balancedBooks } from './books.ts'
import { button, shoot } from './browser.ts'
import { enter, press, pressMark, supply } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { eightMonthsInUrumqi, file, resident } from './residents.ts'
import { screens } from './screens.ts'
import { tellStory } from './story.ts'

// Whoever supervises: what is handled, settled and paid, as charts beside their numbers; from each number down to what it counts, to a case and to who
// looked at it; what is shown is saved as a file; and pages keep themselves up to date.

const story = tellStory('supervisor', { regions: '000000,320000,650000' })
const [home, host] = ['320000', '650000']
const supervisor = 'xinjiang-supervisor'

const picture = (name: string) => `supervisor/${name}`

const chartOf = (page: Page, title: string) => page.getByRole('img', { name: `${title}（图表` })
const panelOf = (page: Page, title: string) =>
  page.locator('.ant-card').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

const untilDrawn = async (page: Page, ...titles: string[]) => {
  for (const title of titles) await chartOf(page, title).locator('svg').waitFor()
}

/** The widths at which officers read: no table beside a chart hides a column there, and a phone scrolls no page sideways. */
const deskWidths = [834, 1024, 1100, 1280, screens.desk.width]

async function expectNothingCut(page: Page): Promise<void> {
  await page.setViewportSize(screens.phone)
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(screens.phone.width)
  for (const width of deskWidths) {
    await page.setViewportSize({ width, height: screens.desk.height })
    await expect.poll(() => cutTables(page), { message: `cut at ${width}` }).toEqual([])
  }
}

/** The titles of the panels whose table is wider than its place. */
function cutTables(page: Page): Promise<Array<string | null>> {
  return page.locator('.ant-card:has(.staff-chart-panel)').evaluateAll((panels) =>
    panels
      .filter((panel) => {
        const table = panel.querySelector('.ant-table-content')
        return table !== null && table.scrollWidth > table.clientWidth
      })
      .map((panel) => panel.querySelector('h2')?.textContent ?? null),
  )
}

async function saveAs(page: Page, place: Page | Locator, kind: 'Excel' | 'CSV'): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await press(button(place, `导出 ${kind}`))
  return readFile(await (await download).path())
}

/** How many rows stand in the list that is shown, as its file has them. */
async function rowsSaved(page: Page): Promise<number> {
  const lines = String(await saveAs(page, page, 'CSV'))
    .trim()
    .split('\r\n')
  return lines.length - 1
}

/** Follows a number to the list of cases behind it, which must be as long, and comes back. */
async function expectListed(page: Page, number: Locator): Promise<number> {
  const count = Number(await number.innerText())
  await press(number)
  await page.getByRole('heading', { level: 1, name: '办件查询' }).waitFor()
  const more = button(page, '再看 50 件')
  await expect
    .poll(
      async () => {
        if (await more.isVisible()) await press(more)
        return rowsSaved(page)
      },
      { timeout: 10_000 },
    )
    .toBe(count)
  await page.goBack()
  return count
}

/** What stands in the cells of a row, once it is there. */
async function cellsOf(row: Locator): Promise<string[]> {
  await row.waitFor()
  return row.getByRole('cell').allInnerTexts()
}

const totals = ['新增办件', '办结', '未办结', '已超期']

describe('supervision, from the figures down to a case', () => {
  it('sees what every service handles, by month and by matter, as charts beside tables that show all their columns', async () => {
    const page = await officer(story, host, supervisor)
    await page.getByRole('heading', { level: 1, name: '监管总览' }).waitFor()
    await untilDrawn(page, '每月办件', '各事项办件')
    await page.getByText('借贷平衡').waitFor()
    await expectNothingCut(page)
    await shoot(page, picture('01-overview'))
  })

  it('each number leads to exactly the cases that it counts', async () => {
    const page = await officer(story, host, supervisor, '/overview')
    const counts = new Map<string, number>()
    for (const total of totals) {
      const number = page
        .locator('.ant-statistic')
        .filter({ has: page.getByText(total, { exact: true }) })
        .getByRole('link')
      counts.set(total, await expectListed(page, number))
    }
    for (const title of ['每月办件', '各事项办件']) {
      const links = panelOf(page, title).getByRole('row').nth(1).getByRole('cell').getByRole('link')
      await links.first().waitFor()
      for (let place = 0; place < (await links.count()); place++) await expectListed(page, links.nth(place))
    }
    console.table([...counts].map(([number, count]) => ({ number, count })))
    expect(counts.get('新增办件')).toBeGreaterThan(0)
    expect(counts.get('办结')).toBeGreaterThan(0)
  })

  it('A1.21: goes from a number to the stays behind it, and to one of them with every step that was taken', async () => {
    const page = await officer(story, host, supervisor, '/overview')
    const row = panelOf(page, '各事项办件').getByRole('row').filter({ hasText: '住院' }).first()
    await press(row.getByRole('link').first())
    await page
      .getByText(/基金支付 [\d,.]+ 元/)
      .first()
      .waitFor()
    await shoot(page, picture('02-cases'))
    await press(page.getByRole('link', { name: /^ZY65/ }).first())
    await page.getByText('办理过程').first().waitFor()
    await page.getByText('基金拨付').first().waitFor()
    await shoot(page, picture('03-case'))
  })

  it('A1.21: sees settlements, days to payment and flows between provinces, and saves what is shown', async () => {
    const page = await officer(story, host, supervisor, '/work-injury/overview')
    await untilDrawn(page, '结算（按出院月份）', '出院到拨付的天数', '地区间流向')
    await expectNothingCut(page)
    await shoot(page, picture('04-settlements'))
    const flows = panelOf(page, '地区间流向')
    const [name = '', ...numbers] = await cellsOf(flows.getByRole('row').filter({ hasText: '江苏' }))
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.load(Uint8Array.from(await saveAs(page, flows, 'Excel')).buffer)
    const lines = workbook.worksheets[0]?.getSheetValues() ?? []
    expect(lines.find((line) => Array.isArray(line) && line.includes(name))).toEqual([
      undefined,
      name,
      ...numbers.map((number) => Number(number.replaceAll(',', ''))),
    ])
    const plain = [name, ...numbers.map((number) => number.replaceAll(',', ''))].join(',')
    expect(String(await saveAs(page, flows, 'CSV'))).toContain(plain)
  })

  it('a tile of the province leads to its settlements, as many and as much as the tile says', async () => {
    const page = await officer(story, host, supervisor, '/work-injury/overview')
    await untilDrawn(page, '地区间流向')
    const row = panelOf(page, '地区间流向').getByRole('row').filter({ hasText: '江苏' })
    const [, count, , owed] = await cellsOf(row)
    await pressMark(chartOf(page, '地区间流向').getByText('江苏').first(), row.getByRole('link').first())
    await page.getByRole('heading', { level: 1, name: '结算台账' }).waitFor()
    await page.getByText(`共 ${count} 笔`).waitFor()
    const between = page.getByRole('row').filter({ hasText: '江苏省' }).first()
    expect((await cellsOf(between))[1]).toBe(owed)
    await page.getByRole('link', { name: /^ZY65/ }).first().waitFor()
    await shoot(page, picture('05-settlements-of-one'))
    await page.goBack()
    const paid = panelOf(page, '出院到拨付的天数').getByRole('row').getByRole('link').first()
    const days = await paid.innerText()
    await press(paid)
    await page.getByText(`共 ${days} 笔`).waitFor()
  })

  it('brings an approved map, whose number stands beside it', async () => {
    const page = await officer(story, host, supervisor, '/work-injury/overview')
    await press(button(page, '用自备的审定地图'))
    expect(await page.getByRole('button', { name: '选择 GeoJSON 文件' }).isDisabled()).toBe(true)
    await enter(page.getByLabel('审图号'), 'GS(2024)0000号')
    await supply(page.locator('input[type=file]'), madeUpMap())
    await page.getByText('审图号: GS(2024)0000号').waitFor()
    await expect.poll(() => chartOf(page, '地区间流向').locator('path').count()).toBeGreaterThan(2)
    await shoot(page, picture('06-map'))
  })

  it('sees the books balance, and how many alerts wait between the regions', async () => {
    const page = await officer(story, host, supervisor, '/overview')
    await page.getByText('没有待处理的告警').waitFor()
    await press(page.getByRole('link', { name: '跨省交换', exact: true }).last())
    await page.getByText('没有未处理的告警').waitFor()
    await shoot(page, picture('07-exchange'))
    await shoot(await balancedBooks(story, host, supervisor), picture('08-books'))
  })
})

/** Two squares, said to be provinces: no map of anything. */
function madeUpMap() {
  const square = (left: number) => [
    [
      [left, 30],
      [left + 5, 30],
      [left + 5, 35],
      [left, 35],
      [left, 30],
    ],
  ]
  const features = ['320000', '650000'].map((adcode, index) => ({
    type: 'Feature',
    properties: { adcode, name: adcode },
    geometry: { type: 'Polygon', coordinates: square(80 + index * 30) },
  }))
  const buffer = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
  return { name: 'made-up.geojson', mimeType: 'application/geo+json', buffer }
}

describe('pages keep themselves up to date', () => {
  let caseId = ''

  it('a filing sent on a phone stands on the desk of the office that has the list open', async () => {
    const desk = await officer(story, home, 'nanjing-accept', '/tasks')
    await desk.getByText(/^(没有待办的件|共 \d+ 件)$/).waitFor()
    const filings = desk.getByRole('link', { name: /^BA32/ })
    const before = await filings.count()
    caseId = await file(await resident(story, home, '示例·李娜'), home, eightMonthsInUrumqi)
    await expect.poll(() => filings.count(), { timeout: 8_000 }).toBe(before + 1)
  })

  it('and the person sees at once that it was accepted', async () => {
    const phone = await resident(story, home, '示例·李娜')
    await phone.goto(`/${home}/resident/cases/${caseId}`)
    await phone.getByText('经办机构正在办理').waitFor()
    const accepted = phone.getByText('已受理，待复核')
    expect(await accepted.count()).toBe(0)
    const accept = await atCase(story, home, 'nanjing-accept', caseId)
    await submitStep(accept, {})
    const warned = accept.getByRole('button', { name: '已知悉，提交' })
    await warned.or(accept.getByText('已办理：受理')).waitFor()
    if (await warned.isVisible()) await press(warned)
    await untilDone(accept, '受理')
    await accepted.waitFor({ timeout: 8_000 })
    await shoot(phone, picture('09-accepted-by-itself'))
  })

  it('the supervisor goes from a number to this filing, and sees in its access log who looked at her for it', async () => {
    const page = await officer(story, home, 'jiangsu-supervisor', '/overview')
    const filings = panelOf(page, '各事项办件').getByRole('row').filter({ hasText: '工伤异地就医备案' })
    await press(filings.getByRole('link').first())
    const listed = page.locator(`a[href$="/cases/${caseId}"]`)
    await listed.waitFor()
    await shoot(page, picture('10-filings'))
    await press(listed)
    await press(page.getByRole('tab', { name: '访问记录' }))
    await page.getByText('本办件').first().waitFor()
    await page
      .getByText(/受理.*·.*南京市/)
      .first()
      .waitFor()
    await shoot(page, picture('11-access-log'))
  })
})

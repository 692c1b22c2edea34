import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { shoot, type Visitor } from './browser.ts'
import { resident } from './residents.ts'
import { visitProduct } from './story.ts'

// On a phone nothing that a page is about has to be pushed sideways: rows of tables are cards, each value beside the name of its column.

const visit = visitProduct('narrow', { regions: '000000,320000,650000' })
const hospital: Visitor = { region: '650000', portal: 'staff', login: 'urumqi-hospital-office' }
const stays = '/650000/staff/work-injury/stays'

/** What of a page is wider than its frame, and what stands before the cells of its first row. */
const shownIn = (page: Page) =>
  page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLElement>('tbody tr')].map((row) => [...row.children])
    const [first = []] = cells.filter((row) => row.length > 2)
    const frames = [...document.querySelectorAll<HTMLElement>('.ant-table-content, .resident-table, html')]
    return {
      wide: frames
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map((each) => each.className),
      named: first.map((cell) => getComputedStyle(cell, '::before').content),
      heads: [...document.querySelectorAll<HTMLElement>('thead')].filter((head) => head.offsetHeight > 0).length,
    }
  })

it('the stays of a hospital are cards on a phone, and a table on the desk', async () => {
  const phone = await visit.visits.as({ ...hospital, screen: 'phone' }, stays)
  await phone.getByText(/ZY65/).first().waitFor()
  const onPhone = await shownIn(phone)
  expect(onPhone).toMatchObject({ wide: [], heads: 0 })
  expect(onPhone.named).toContain('"入院日期"')
  await shoot(phone, 'narrow/stays')
  const desk = await visit.visits.as(hospital, stays)
  await desk.getByText(/ZY65/).first().waitFor()
  const onDesk = await shownIn(desk)
  expect(onDesk.heads).toBeGreaterThan(0)
  expect(onDesk.named.filter((content) => content !== 'none')).toEqual([])
})

it('the months of a resident’s insurance are cards on their phone', async () => {
  const page = await resident(visit, '320000', '示例·李娜')
  await page.goto('/320000/resident/insurance')
  await page.locator('.resident-table tbody tr').first().waitFor()
  const shown = await shownIn(page)
  expect(shown).toMatchObject({ wide: [], heads: 0 })
  expect(shown.named.every((content) => content !== 'none')).toBe(true)
  await shoot(page, 'narrow/statement')
})

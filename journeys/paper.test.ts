import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button } from './browser.ts'
import { press } from './keyboard.ts'
import { eightMonthsInUrumqi, file, resident } from './residents.ts'
import { visitProduct } from './story.ts'

// A case as it comes out of a printer: what can be read stands on it, whatever was folded, and nothing that only a screen can do.

const visit = visitProduct('paper', { regions: '320000' })

/** Prints by the page's own button; what is then seen as paper shows it. */
async function printed(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes')
  })
  await press(button(page, '打印'))
  await page.locator('html[data-printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
}

/** The printer has what it needs: the page is as it was. */
async function backToScreen(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
}

const seen = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).count()

describe('a case on paper', () => {
  it('of a resident: the agency, every reason unfolded, nothing to press', async () => {
    const page = await resident(visit, '320000', '示例·李娜')
    await file(page, '320000', eightMonthsInUrumqi)
    await page.getByText('办件编号').waitFor()
    await printed(page)
    expect(await seen(page, 'button, nav, input, .kit-button')).toBe(0)
    expect(
      await page
        .getByText(/经办机构: /)
        .filter({ visible: true })
        .count(),
    ).toBe(1)
    expect(await page.locator('main details:not([open])').count()).toBe(0)
    await backToScreen(page)
  })

  it('of an officer: neither the menu nor the step that is due', async () => {
    const page = await visit.visits.as(
      { region: '320000', portal: 'staff', login: 'nanjing-accept' },
      '/320000/staff/cases',
    )
    await press(page.locator('main a[href*="/cases/"], #main a[href*="/cases/"]').first())
    await button(page, '打印').waitFor()
    await printed(page)
    expect(await seen(page, 'button, nav, input, .ant-tabs')).toBe(0)
    expect(await page.getByText('办理过程').filter({ visible: true }).count()).toBeGreaterThan(0)
    await backToScreen(page)
  })
})

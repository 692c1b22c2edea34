import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { shoot } from './browser.ts'
import { press } from './keyboard.ts'
import { visitProduct } from './story.ts'

// In large type (适老化) text stands out more than elsewhere: WCAG's contrast of 7 to 1 (AAA) on every page that a resident is led to.

const story = visitProduct('large-type', { regions: '000000,320000' })
const start = '/320000/resident'

describe('large type', () => {
  it.each(['light', 'dark'] as const)('has the contrast of AAA, %s', { timeout: 120_000 }, async (colours) => {
    const page = await story.visits.as({ region: '320000', portal: 'resident', login: '示例·李娜' }, start)
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' })
    await page
      .getByRole('button', { name: '大字版' })
      .or(page.getByRole('button', { name: '标准字号' }))
      .waitFor()
    const isOff = await page.getByRole('button', { name: '大字版' }).isVisible()
    if (isOff) await press(page.getByRole('button', { name: '大字版' }))
    const found: string[] = []
    for (const path of [...(await linkedFrom(page)), `${start}/me/security`, `${start}/me/access-log`])
      found.push(...(await paleTexts(page, path)))
    await page.goto(start)
    await shoot(page, `large-type/${colours}`)
    expect(found).toEqual([])
  })
})

/** The pages of the portal that its home links to. */
async function linkedFrom(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  return [...new Set([start, ...links.filter((path) => path?.startsWith(`${start}/`)).map(String)])]
}

async function paleTexts(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => {})
  await page.evaluate(source)
  // As text: axe-core is in the page, and not in the types of this file.
  const pale = await page.evaluate<string[]>(
    `axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast-enhanced'] } }).then(({ violations }) =>
      violations.flatMap(({ nodes }) => nodes.map(({ target, any }) => target + ' ' + any[0]?.message)))`,
  )
  return pale.map((text) => `${path}: ${text}`)
}

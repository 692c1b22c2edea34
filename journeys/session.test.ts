import { expect, it } from 'vitest'
import { button, shoot } from './browser.ts'
import { press } from './keyboard.ts'
import { answerFiling, eightMonthsInUrumqi, resident } from './residents.ts'
import { visitProduct } from './story.ts'

// A session that ends and a connection that is gone, in the middle of a form: nothing typed is lost. A page whose code does not come is fetched again.

const visit = visitProduct('session')

it('who answers slowly signs in again over the page and goes on where they were', async () => {
  const page = await resident(visit, '320000', '示例·李娜')
  await answerFiling(page, '320000', eightMonthsInUrumqi)
  await page.context().clearCookies({ name: /session/ })
  await press(button(page, '提交'))
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog.isVisible()).toBe(true)
  await press(dialog.getByRole('button', { name: /以 .+ 继续/ }))
  await dialog.waitFor({ state: 'detached' })
  await press(button(page, '提交'))
  await page.waitForURL(/\/cases\/[^?]+\?sent/)
})

it('who is offline is told, and can go on once there is a connection', async () => {
  const page = await resident(visit, '320000', '示例·李娜')
  await page.goto('/320000/resident/services')
  await page.getByLabel('找事项').waitFor()
  await page.context().setOffline(true)
  await page.getByText('没有网络').waitFor()
  await page.context().setOffline(false)
  await page.getByText('没有网络').waitFor({ state: 'detached' })
})

it('a page whose code did not come is fetched again without opening everything anew, and after an update by itself, once', async () => {
  const page = await resident(visit, '320000', '示例·李娜')
  const services = page.locator('a[href$="/resident/services"]').first()
  const lost = page.getByText('这一页没有读到')
  let openings = 0
  page.on('load', () => openings++)
  await page.goto('/320000/resident')
  await services.waitFor()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.route(/\/assets\/services-page[^/]*\.js/, (request) => request.abort())
  await services.click()
  await lost.waitFor()
  await button(page, '再试一次').click()
  await button(page, '再试一次').and(page.locator(':enabled')).waitFor()
  await lost.waitFor()
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)

  // The server has another build than the page: it is opened again, and not for ever where that does not help.
  const renewed = '<!doctype html><script type="module" src="/assets/index-renewed.js"></script>'
  await page.route('**/320000/resident/services', (request) =>
    request.request().isNavigationRequest() ? request.continue() : request.fulfill({ body: renewed }),
  )
  await page.goto('/320000/resident')
  await services.waitFor()
  openings = 0
  await services.click()
  await expect.poll(() => openings).toBe(1)
  await lost.waitFor()
  await page.unrouteAll()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await button(page, '再试一次').click()
  await page.getByLabel('找事项').waitFor()
  expect(openings).toBe(1)
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  visit.visits.takeFaults()
})

it.each([
  { portal: 'resident', login: '示例·李娜', leave: 'resident/me' },
  { portal: 'staff', login: 'nanjing-accept', leave: 'staff' },
] as const)('a sign-out that the server refuses to $portal is told, not passed over', async (visitor) => {
  const page = await visit.visits.as({ region: '320000', ...visitor }, `/320000/${visitor.leave}`)
  const refused = { title: 'refused', status: 403, code: 'csrf', detail: '请求没有带上令牌' }
  await page.route('**/session', (request) => request.fulfill({ status: 403, json: refused }))
  await press(button(page, '退出登录'))
  await page.getByRole('alert').getByText(refused.detail).waitFor()
  await shoot(page, `session/sign-out-refused-${visitor.portal}`)
  await page.unrouteAll()
  await press(button(page, '退出登录'))
  await button(page, '退出登录').waitFor({ state: 'detached' })
})

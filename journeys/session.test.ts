import { expect, it } from 'vitest'
import { button } from './browser.ts'
import { answerFiling, eightMonthsInUrumqi, resident } from './residents.ts'
import { visitProduct } from './story.ts'

// A session that ends and a connection that is gone, in the middle of a form: nothing typed is lost.

const visit = visitProduct('session')

it('who answers slowly signs in again over the page and goes on where they were', async () => {
  const page = await resident(visit, '320000', '示例·李娜')
  await answerFiling(page, '320000', eightMonthsInUrumqi)
  await page.context().clearCookies({ name: /session/ })
  await button(page, '提交').click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog.isVisible()).toBe(true)
  await dialog.getByRole('button', { name: /以 .+ 继续/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await button(page, '提交').click()
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

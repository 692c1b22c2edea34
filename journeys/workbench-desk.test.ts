import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { button } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { officer } from './officers.ts'
import { visitProduct } from './story.ts'

// What an officer looks at of a policy beside its sums, has the server run it, and hands a value over to whoever publishes it.

const visit = visitProduct('workbench-desk')
const region = '320000'

const part = (page: Page, name: string) => press(page.getByRole('link', { name, exact: true }))

/** The workbench of a policy, whether it has a sum or not. */
async function openPolicy(page: Page, title: string): Promise<void> {
  await page.goto(`/${region}/workbench`)
  await page.getByLabel('政策', { exact: true }).selectOption({ label: title })
  await page.getByRole('heading', { name: title }).waitFor({ timeout: 60_000 })
}

it('opens a policy without a sum: how many are granted, and back to the one before', async () => {
  const page = await visit.visits.anonymous('desk')
  await openPolicy(page, '失业保险稳岗返还')
  await page.getByLabel('政策', { exact: true }).selectOption({ label: '法定退休年龄' })
  await page.getByText('没有一个代表整体的金额').waitFor()
  await page.locator('[data-result]').waitFor({ timeout: 60_000 })
  await page.goBack()
  await page.getByRole('heading', { name: '失业保险稳岗返还', exact: true }).waitFor()
})

it('shows code, findings and versions, and decides a case step by step as its facts are changed', async () => {
  const page = await visit.visits.anonymous('desk')
  await openPolicy(page, '失业保险稳岗返还')
  await part(page, '代码')
  await page.getByText('decide(facts, values)').first().waitFor()
  await part(page, '检查结果')
  await page.getByText(/检查日期/).waitFor({ timeout: 60_000 })
  await part(page, '版本与差别')
  await page.getByRole('heading', { name: '各个版本' }).waitFor()
  await part(page, '逐步判定一个样本')
  await press(button(page, '从第一步看起'))
  await page.getByText(/第 1 步，共/).waitFor()
  await press(button(page, '下一步'))
  await page.getByText(/第 2 步，共/).waitFor()
  await press(button(page, '换一个样本'))
  await page.getByText('第 2 号样本').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: '判定过程' }).waitFor({ timeout: 60_000 })
  await part(page, '服务器测算与报告')
  await page.getByText('只有政策参数管理和监督岗位').waitFor()
})

it('has the server run a changed value, keeps the run, and hands the value over to be proposed in percent', async () => {
  const page = await officer(visit, region, 'jiangsu-values-admin', '/values')
  await page.goto(`/${region}/workbench`)
  await page.getByLabel('政策', { exact: true }).selectOption({ label: '失业保险稳岗返还' })
  await page.locator('[data-result]').waitFor({ timeout: 60_000 })
  await choose(page.getByRole('radio', { name: '100,000', exact: true }))
  await enter(page.getByLabel('企业返还比例 微型', { exact: true }), '75.25')
  await part(page, '服务器测算与报告')
  await press(button(page, '开始测算（100,000 例）'))
  await page.getByRole('link', { name: '下载报告（Excel）' }).waitFor({ timeout: 60_000 })
  await page.getByText('refundRatePpm.micro=752500').first().waitFor()
  await part(page, '试算')
  await press(page.getByRole('link', { name: /^提出：/ }))
  await page.getByText('这里填的是在试算台里试过的值').waitFor({ timeout: 60_000 })
  expect(await page.getByLabel('微型（%）').inputValue()).toBe('75.25')
  await press(page.getByLabel('地区').last())
  await press(page.locator('.ant-select-item-option', { hasText: '江苏省' }))
  await enter(page.getByLabel('起').last(), '2027-01-01')
  await page.keyboard.press('Enter')
  await enter(page.getByLabel('依据'), '示例通知')
  await press(button(page, '提交').last())
  await page.getByText('已提出，等另一人批准后公布').waitFor()
  await page.getByText('示例·jiangsu-values-admin').first().waitFor()
})

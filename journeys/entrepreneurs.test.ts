import type { Page } from 'playwright-core'
import { describe, it } from 'vitest'
import { approveApplication, importAnswers, recordAnswers, sendBatch } from './benefits-desks.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { officer, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { visitProduct } from './story.ts'

// Who comes back to start a business, works far from home, insures alone, or comes to a city for work: Hunan, Ningxia, Zigong and Hefei.

const story = visitProduct('entrepreneurs', { regions: '000000,340000,430000,510000,640000' })
const hunan = { region: '430000', agency: 'changsha' }
const picture = (name: string) => `entrepreneurs/${name}`

async function answer(page: Page, question: RegExp | string, value: string): Promise<void> {
  await enter(page.getByLabel(question), value)
  await next(page)
}
async function answerWith(page: Page, option: string | RegExp): Promise<void> {
  await choose(page.getByRole('radio', { name: option }))
  await next(page)
}
const next = (page: Page) => press(button(page, '下一步'))

async function begin(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await press(page.getByRole('link', { name: '开始填写' }))
}

async function send(page: Page): Promise<string> {
  await press(button(page, '提交'))
  await page.waitForURL(/\/cases\/[^?]+\?sent/)
  return caseIdOf(page)
}

describe('Hunan: who came back to start a business', () => {
  it('is paid the one-off subsidy for the shop that the register knows, and declares what it was spent on', async () => {
    const page = await resident(story, hunan.region, '示例·彭归')
    await begin(page, '/430000/resident/benefits/startup-subsidy')
    await answerWith(page, '是')
    await page.getByText('5,000.00 元').first().waitFor()
    await shoot(page, picture('01-subsidy'))
    await approveApplication(story, hunan, await send(page))
    const batch = await sendBatch(story, hunan, '一次性创业补贴支付批次')
    await recordAnswers(await importAnswers(story, hunan, batch, ['成功,']))
    await page.goto('/430000/resident/services/fund-use')
    await press(page.getByRole('button', { name: /一次性创业补贴/ }))
    await press(page.getByRole('link', { name: '开始填写' }))
    await answerWith(page, '设备和材料')
    await answer(page, '支出多少？', '5000.01')
    await answer(page, '哪一天支出的？', '2026-05-11')
    await next(page)
    await press(button(page, '提交'))
    await page.getByText('支出多于尚未申报使用的金额').waitFor()
    await shoot(page, picture('02-more-than-paid'))
  }, 240_000)

  it('is lent money within the guarantee and no more', async () => {
    const page = await officer(story, hunan.region, 'hunan-bank-officer', '/startup-loans')
    await press(page.getByRole('link', { name: /^CD43/ }).first())
    await enter(page.getByLabel('合同编号'), 'HT-2026-0511')
    await enter(page.getByLabel('放款金额'), '200000.01')
    await enter(page.getByLabel('放款日期'), '2026-05-11')
    await page.getByLabel('放款日期').press('Enter')
    await press(button(page, '提交'))
    await page.getByText(/放款金额高于担保金额/).waitFor()
    await shoot(page, picture('04-lent-above'))
    await enter(page.getByLabel('放款金额'), '200000')
    await press(button(page, '提交'))
    await untilDone(page, '报送放款')
  })
})

describe('Ningxia: who works far from home or lost work there', () => {
  it('everything due is paid: the one in Fujian who was not paid is on the list', async () => {
    const page = await officer(story, '640000', 'guyuan-review', '/migrant-work/due')
    await press(page.getByText('赴闽就业补贴', { exact: true }))
    await page.getByText('应发未发 1 人').waitFor()
    await page.getByText('示例·马务').waitFor()
    await shoot(page, picture('06-due'))
  })

  it('the benefit or the subsidy: who draws the one is refused the other, who draws none gets it', async () => {
    const jobless = await resident(story, '640000', '示例·田失')
    await begin(jobless, '/640000/resident/benefits/migrant-living-subsidy')
    await answerWith(jobless, '是')
    await jobless.getByText('3,000.00 元').first().waitFor()
    await shoot(jobless, picture('07-living-subsidy'))
    await send(jobless)
    const onBenefit = await resident(story, '640000', '示例·丁保')
    await begin(onBenefit, '/640000/resident/benefits/migrant-living-subsidy')
    await answerWith(onBenefit, '是')
    await onBenefit.getByText('按规定不能办理').waitFor()
  })
})

describe('Zigong: a courier without a labour contract', () => {
  it('is told that a half-year is not over, and gets the subsidy of the one that is', async () => {
    const page = await resident(story, '510000', '示例·邓递')
    await begin(page, '/510000/resident/benefits/flexible-insurance-subsidy')
    await answerWith(page, '就业困难人员')
    await answer(page, '申请哪一年的补贴？', '2026')
    await answerWith(page, '上半年')
    await page.getByText('申请的半年还没有过完').waitFor()
    await shoot(page, picture('08-not-over'))
    await begin(page, '/510000/resident/benefits/flexible-insurance-subsidy')
    await answerWith(page, '就业困难人员')
    await answer(page, '申请哪一年的补贴？', '2025')
    await answerWith(page, '下半年')
    await page.getByText('3,096.00 元').first().waitFor()
    await send(page)
  })
})

describe('Hefei: who comes for work', () => {
  it('a doctor gets a tenth of the average price for a first own home', async () => {
    const page = await resident(story, '340000', '示例·方博')
    await begin(page, '/340000/resident/benefits/talent-housing')
    await answerWith(page, '博士')
    await answerWith(page, '未认定')
    await answerWith(page, '是')
    await answer(page, '楼盘备案价是多少？', '1800000')
    await answer(page, '购房时商品房平均价格是多少？', '2000000')
    await answer(page, '商品房买卖合同备案号', 'HF-2026-00777')
    await page.getByText('200,000.00 元').first().waitFor()
    await shoot(page, picture('09-housing'))
    await send(page)
  })

  it('books an invitation code and is shown it', async () => {
    const page = await resident(story, '340000', '示例·顾归')
    await begin(page, '/340000/resident/services/invitation-code')
    await answerWith(page, '海外留学人员')
    await answerWith(page, '否')
    await answer(page, '毕业（就读）学校', '示例海外大学')
    await send(page)
    await page.getByText('您的邀请码').waitFor()
    await shoot(page, picture('10-code'))
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importAnswers, recordAnswers, sendBatch } from './benefits-desks.ts'
import { balancedBooks } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { enter, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// A villager of sixty with years unpaid: told on the phone why nothing is paid yet, accepted in the village with the warning, decided by the county.

const story = tellStory('village', { regions: '000000,340000' })
const anhui = { region: '340000', agency: 'hefei' }
const villager = { 身份证号码: '340104196604205071', 姓名: '示例·汪村' }
const operator = 'demo-village-1'
let matterId = ''
let pensionId = ''

const picture = (name: string) => `village/${name}`

async function fillIn(page: Page, given: typeof villager): Promise<void> {
  await enter(page.getByLabel('身份证号码').first(), given.身份证号码)
  await enter(page.getByLabel('姓名'), given.姓名)
}

const warning = (page: Page, level: string) => page.getByRole('alert').filter({ hasText: level })

describe('a resident pension from the village counter to the first month', () => {
  it('B1.04, B3.07: nothing is asked on the phone; what is missing is said with its clause and what can be done', async () => {
    const page = await resident(story, anhui.region, villager.姓名)
    await page.goto(`/${anhui.region}/resident/services/pension/resident`)
    await page.getByText('制度实施以来有的年度没有缴费').first().waitFor()
    await page.getByText('请补缴所缺年度').first().waitFor()
    await page.getByText('国发〔2014〕8号').first().waitFor()
    await shoot(page, picture('01-not-yet'))
  })

  it('B3.01, B3.06: the guide says what to bring and how long it takes, and which counter is nearest', async () => {
    const page = await resident(story, anhui.region, villager.姓名)
    await page.context().grantPermissions(['geolocation'])
    await page.context().setGeolocation({ longitude: 117.275, latitude: 31.745 })
    await page.goto(`/${anhui.region}/resident/services/village`)
    const guide = page.getByRole('region', { name: '待遇领取申请' })
    await guide.getByText('身份证；缴费、是否领取其他待遇由系统比对').waitFor()
    await guide.getByText('县级 15 个工作日内办结').waitFor()
    await guide.getByText('满 60 周岁可以领取').waitFor()
    await press(button(page, '按我的位置排序'))
    const counters = page.getByRole('region', { name: '服务点' }).getByRole('listitem')
    await counters.getByText('在五公里服务圈内').first().waitFor()
    expect(await counters.first().innerText()).toMatch(/示例一村服务点.*约 7\d\d 米.*在五公里服务圈内/s)
    await shoot(page, picture('02-guide'))
  })

  it('B3.10: a wrong number and another’s name are told before anything is accepted', async () => {
    const page = await officer(story, anhui.region, operator, '/village/accept')
    await press(page.getByText('待遇领取申请', { exact: true }))
    await press(button(page, '看风险提示'))
    await page.getByText('请填写“身份证号码”').waitFor()
    await fillIn(page, { ...villager, 身份证号码: '340104196604205070' })
    await press(button(page, '看风险提示'))
    await page.getByText('身份证号码不对').waitFor()
    await shoot(page, picture('03-wrong-number'))
    await fillIn(page, { ...villager, 姓名: '示例·汪春' })
    await press(button(page, '看风险提示'))
    await warning(page, '高风险：须上一级核准').getByText('身份证号码已登记在另一姓名下').waitFor()
    await shoot(page, picture('04-high-risk'))
  })

  it('B3.09, B3-t4: short of years is a medium risk: shown before acceptance, kept with the case, and sent to the township', async () => {
    const page = await officer(story, anhui.region, operator)
    await page.goto(`/${anhui.region}/staff/village/accept`)
    await press(page.getByText('待遇领取申请', { exact: true }))
    await fillIn(page, villager)
    await press(button(page, '看风险提示'))
    await warning(page, '中风险：转乡镇复核').getByText('缴费年限不足').waitFor()
    await shoot(page, picture('05-medium-risk'))
    await press(button(page, '受理'))
    await page.waitForURL(/\/cases\//)
    matterId = caseIdOf(page)
    await page.getByText('缴费年限不足').first().waitFor()
    await shoot(page, picture('06-accepted'))
  })

  it('B3.02, B3-t1: the township looks a second time, the county completes; whoever accepted is told that it is not their turn', async () => {
    await story.product.moveTo('2026-05-12')
    const township = await officer(story, anhui.region, 'demo-township-checker', '/tasks')
    await press(township.getByRole('link', { name: /^CJ/ }))
    await township.getByText('办理过程').first().waitFor()
    await shoot(township, picture('07-township'))
    await submitStep(township, { choices: ['同意'], fields: { 意见: '本人到场，愿意补缴' } })
    await untilDone(township, '乡镇复核')
    await story.product.moveTo('2026-05-13')
    const village = await atCase(story, anhui.region, operator, matterId)
    await village.getByText('本件现由').waitFor()
    expect(await village.getByLabel('意见').count()).toBe(0)
    const county = await atCase(story, anhui.region, `${anhui.agency}-review`, matterId)
    await county.getByText('县级复核时限').waitFor()
    await shoot(county, picture('08-county'))
    await submitStep(county, { choices: ['办结'], fields: { 意见: '转去核定，须补缴' } })
    await untilDone(county, '县级复核办结')
    await press(county.getByRole('link', { name: /^JY/ }))
    await county.getByText('城乡居民养老保险待遇').first().waitFor()
    pensionId = caseIdOf(county)
    expect(pensionId).not.toBe(matterId)
  })

  it('B1.04: the years are paid for and noted once; three officers decide: 4,540.00 in the account, 32.66 of it a month', async () => {
    const accept = await atCase(story, anhui.region, `${anhui.agency}-accept`, pensionId)
    await accept.getByText(/由 CJ\d+ 转来/).waitFor()
    await accept.getByText('制度实施以来有的年度没有缴费').waitFor()
    await press(accept.locator('.ant-radio-button-wrapper', { hasText: '登记补缴' }))
    const payment = {
      '补缴自（年-月）': '2021-07',
      '补缴至（年-月）': '2026-04',
      每月折合金额: '25',
      银行回单号: '示例-0513',
    }
    await submitStep(accept, { fields: { ...payment, '补缴至（年-月）': '2026-05' } })
    await accept.getByText('补缴的月份 2021-07 至 2026-05 不对').waitFor()
    await shoot(accept, picture('09-wrong-month'))
    await submitStep(accept, { fields: payment })
    await untilDone(accept, '登记补缴')
    await press(accept.locator('.ant-radio-button-wrapper', { hasText: '受理' }))
    await submitStep(accept, {})
    await untilDone(accept, '受理')
    const review = await atCase(story, anhui.region, `${anhui.agency}-review`, pensionId)
    await submitStep(review, { fields: { 意见: '补缴后符合' } })
    await untilDone(review, '复核')
    const approve = await atCase(story, anhui.region, `${anhui.agency}-approve`, pensionId)
    for (const amount of ['4,540.00', '32.66', '13 年']) await approve.getByText(amount).first().waitFor()
    await shoot(approve, picture('10-to-approve'))
    await submitStep(approve, { choices: ['同意'], fields: { 意见: '同意' } })
    await untilDone(approve, '审批')
    await approve.getByText('领取中').first().waitFor()
  })

  it('the first month is the one after: 175.66 by the bank, told and seen on the phone; the books balance', async () => {
    await story.product.moveTo('2026-06-01')
    const batchId = await sendBatch(story, anhui, '城乡居民养老金支付批次')
    await recordAnswers(await importAnswers(story, anhui, batchId, ['成功,']))
    const page = await resident(story, anhui.region, villager.姓名)
    await page.goto(`/${anhui.region}/resident/cases/${pensionId}`)
    const months = page.getByRole('region', { name: '各月养老金' })
    await months.getByText('已支付').waitFor()
    expect(await months.innerText()).toMatch(/2026-06\s+已支付\s+175\.66 元/)
    await shoot(page, picture('11-paid'))
    await page.goto(`/${anhui.region}/resident/notices`)
    await page.getByText('2026-06 的养老金 175.66 元 已付到您的社保卡账户').waitFor()
    await shoot(page, picture('12-notices'))
    await page.goto(`/${anhui.region}/resident/me`)
    await page.getByText('城乡居民养老保险').first().waitFor()
    await shoot(page, picture('13-me'))
    await balancedBooks(story, anhui.region, 'anhui-supervisor')
  })

  it('B3-t5, B3.12: two working days where thirty were usual; a market day is recorded by its number', async () => {
    const visits = await officer(story, anhui.region, operator, '/village/visits')
    await enter(visits.getByLabel('地点'), '示例镇集市')
    await enter(visits.getByLabel('人数'), '120')
    await press(button(visits, '登记'))
    await visits.getByRole('row', { name: /集市.*示例镇集市.*如何办.*120/ }).waitFor()
    // The list may have heard of it before the form has its answer.
    await expect.poll(() => visits.getByLabel('地点').inputValue()).toBe('')
    await shoot(visits, picture('14-visits'))
    const figures = await officer(story, anhui.region, `${anhui.agency}-review`, '/village/figures')
    await figures.getByRole('row', { name: '待遇领取申请 1 1 2.0 30 28.0' }).waitFor()
    await figures.getByText('示例三村沟口').waitFor()
    await shoot(figures, picture('15-figures'))
  })
})

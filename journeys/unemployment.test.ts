import { describe, it } from 'vitest'
import { importAnswers, recordAnswers, sendBatch } from './benefits-desks.ts'
import { balancedBooks } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { atCase, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// Out of work with less than a year to go to the retirement age: one question, three officers, and each month pays itself.

const story = tellStory('unemployment')
const desk = { region: '130000', agency: 'shijiazhuang' }
const older = '示例·大龄'
const resigned = '示例·辞职'
let claimId = ''

const picture = (name: string) => `unemployment/${name}`

describe('unemployment living protection, from the claim to the money', () => {
  it('C4.02: he is asked whether he seeks work, and told at once what the registers make of it', async () => {
    const page = await resident(story, desk.region, older)
    await page.goto(`/${desk.region}/resident/services/unemployment/claim`)
    await page.getByText('待遇付到您的社保卡账户').waitFor()
    await press(page.getByRole('link', { name: '开始填写' }))
    await choose(page.getByRole('radio', { name: '是' }))
    await press(button(page, '下一步'))
    await page.getByText('按规定，现在看结果是').waitFor()
    await page.getByText('24 个月，每月 1,980.00').waitFor()
    await page.getByText('失业保险缴费记录').waitFor()
    await shoot(page, picture('01-preview'))
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    claimId = caseIdOf(page)
  })

  it('three officers accept, review and approve; twenty-four months at 1,980.00', async () => {
    const accept = await atCase(story, desk.region, `${desk.agency}-accept`, claimId)
    await submitStep(accept, {})
    await untilDone(accept, '受理')
    const review = await atCase(story, desk.region, `${desk.agency}-review`, claimId)
    await submitStep(review, { fields: { 意见: '与登记相符' } })
    await untilDone(review, '复核')
    const approve = await atCase(story, desk.region, `${desk.agency}-approve`, claimId)
    await approve.getByText('24 个月，每月 1,980.00').first().waitFor()
    await submitStep(approve, { choices: ['同意'], fields: { 意见: '同意' } })
    await untilDone(approve, '审批')
    await shoot(approve, picture('02-approved'))
  })

  it('C4-t1, C4.01: the month pays itself: the benefit, the medical premium and the pension premium', async () => {
    await story.product.moveTo('2026-05-12')
    const page = await resident(story, desk.region, older)
    await page.goto(`/${desk.region}/resident/cases/${claimId}`)
    for (const line of ['失业保险金', '代缴基本医疗保险（含生育保险）费', '代缴企业职工基本养老保险费']) {
      await page.locator('dt', { hasText: line }).first().waitFor()
    }
    await page.locator('dt', { hasText: '待支付' }).first().waitFor()
    await shoot(page, picture('03-month'))
  })

  it('the bank pays him and the two funds, the next month comes by itself, and the books balance', async () => {
    const batchId = await sendBatch(story, desk, '失业保险待遇支付批次')
    await recordAnswers(await importAnswers(story, desk, batchId, ['成功,', '成功,', '成功,']))
    await story.product.moveTo('2026-06-11')
    const page = await resident(story, desk.region, older)
    await page.goto(`/${desk.region}/resident/cases/${claimId}`)
    await page.getByText('第 2 个月').waitFor()
    await page.locator('dt', { hasText: '已支付' }).first().waitFor()
    await shoot(page, picture('04-second-month'))
    await shoot(await balancedBooks(story, desk.region, 'hebei-supervisor'), picture('05-books'))
  })

  it('he has found work and says so: the benefit ends, with the clause and what he can do', async () => {
    const page = await resident(story, desk.region, older)
    await page.goto(`/${desk.region}/resident/cases/${claimId}`)
    await press(page.getByText('登记状况变化（停发）').first())
    await choose(page.getByRole('radio', { name: '重新就业' }))
    await enter(page.getByLabel('请简单说明'), '六月十一日起在新单位上班')
    await press(button(page, '提交'))
    await page.getByText('已停发').first().waitFor()
    await shoot(page, picture('05-ended'))
  })

  it('who resigned is told before it is sent, and may send it all the same', async () => {
    const page = await resident(story, desk.region, resigned)
    await page.goto(`/${desk.region}/resident/services/unemployment/claim`)
    await press(page.getByRole('link', { name: '开始填写' }))
    await choose(page.getByRole('radio', { name: '是' }))
    await press(button(page, '下一步'))
    await choose(page.getByRole('radio').first())
    await press(button(page, '下一步'))
    await page.getByText('因本人意愿中断就业').first().waitFor()
    await button(page, '我有不同情况，仍然提交').waitFor()
    await shoot(page, picture('06-resigned'))
  })
})

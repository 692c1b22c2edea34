import { describe, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// A business that kept its people: the credit by the registers, a bank's offer by the rule, the loan reported.

const story = tellStory('loan')
const region = '230000'
const bank = 'harbin-bank-officer'
let loanId = ''

const picture = (name: string) => `loan/${name}`

describe('the job-retention loan, from the application to the loan', () => {
  it('C1-t1: a small enterprise asks for sixty million, and is told that fifty are the most', async () => {
    const page = await officer(story, region, 'hlj-small-officer', '/job-loan/apply')
    await enter(page.getByLabel('申请的授信额度'), '60000000')
    await choose(page.getByRole('radio', { name: '示例地方法人银行' }))
    await press(button(page, '预判'))
    await page.getByText('50,000,000.00').first().waitFor()
    await shoot(page, picture('01-preview'))
    await press(button(page, '提交申请'))
    await page.getByText('办理过程').first().waitFor()
    loanId = caseIdOf(page)
  })

  it('two officers accept and confirm it', async () => {
    const accept = await atCase(story, region, 'harbin-accept', loanId)
    await submitStep(accept, {})
    await untilDone(accept, '受理')
    const review = await atCase(story, region, 'harbin-review', loanId)
    await submitStep(review, { fields: { 意见: '与登记相符' } })
    await untilDone(review, '核定')
    await shoot(review, picture('02-confirmed'))
  })

  it('C1-t5: the bank offers 4.2 % and is refused, then 3.6 %', async () => {
    const page = await atCase(story, region, bank, loanId)
    await submitStep(page, { fields: { '年利率（百万分之几': '42000', '期限（月）': '12' } })
    await untilDone(page, '银行报价')
    await page.getByText('已核定，待银行报价').first().waitFor()
    await page.getByText('利率高于上限').first().waitFor()
    await submitStep(page, { fields: { '年利率（百万分之几': '36000', '期限（月）': '12' } })
    await page.getByText('待借款人答复').first().waitFor()
    await shoot(page, picture('03-offered'))
  })

  it('the borrower accepts, the bank pays out and reports it', async () => {
    const borrower = await atCase(story, region, 'hlj-small-officer', loanId)
    await submitStep(borrower, { choices: ['接受'] })
    await untilDone(borrower, '答复报价')
    const page = await atCase(story, region, bank, loanId)
    await submitStep(page, { fields: { 合同编号: 'HT-2026-001', 放款日期: '2026-05-11' } })
    await untilDone(page, '报送放款')
    await page.getByText('已放款').first().waitFor()
    await shoot(page, picture('04-lent'))
  })

  it('C1.02: the owner of an individual business applies on the phone', async () => {
    const page = await resident(story, region, '示例·修理')
    await page.goto(`/${region}/resident/services/job-loan/apply`)
    await page.getByText('用哪一家经营主体申请').waitFor()
    await press(page.getByRole('link', { name: '开始填写' }))
    await enter(page.getByLabel('您要申请多少授信额度？'), '12000000')
    await press(button(page, '下一步'))
    await page.getByText('可以核定 10,000,000.00 元').waitFor()
    await shoot(page, picture('05-owner'))
    await press(button(page, '提交'))
    await page.getByText('已提交').waitFor()
  })
})

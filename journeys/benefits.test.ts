import { describe, expect, it } from 'vitest'
import { approveApplication, importAnswers, recordAnswers, sendBatch } from './benefits-desks.ts'
import { balancedBooks } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { enter, press } from './keyboard.ts'
import { officer } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// Benefits from the phone, from an employer and from the counter, through the desks to the bank: nothing is asked that a register holds.

const story = tellStory('benefits')
const desk = { region: '130000', agency: 'shijiazhuang' }
const welder = '示例·韩焊'
let subsidyId = ''
let refundId = ''
let batchId = ''

const picture = (name: string) => `benefits/${name}`

describe('a subsidy for a certificate, applied for on the phone', () => {
  it('shows what the registers know with its source, asks nothing, and says the amount and why before it is sent', async () => {
    const page = await resident(story, desk.region, welder)
    await page.goto(`/${desk.region}/resident/services`)
    await press(page.getByRole('link', { name: /^技能提升补贴/ }).first())
    await page.getByText('我们已经知道').waitFor()
    await page.getByText('没有需要您填写的内容').waitFor()
    expect(await page.getByText(/^来自/).count()).toBeGreaterThan(1)
    await page.getByText('1,500.00 元').first().waitFor()
    await shoot(page, picture('01-known'))
    await press(button(page, '提交'))
    await page.getByText('已提交').waitFor()
    subsidyId = caseIdOf(page)
  })

  it('is accepted, reviewed beside the registers, and approved by three officers', async () => {
    await approveApplication(story, desk, subsidyId)
  })

  it('the same certificate once more is told to be refused before it is sent; the application there is stands beside it', async () => {
    const page = await resident(story, desk.region, welder)
    await page.goto(`/${desk.region}/resident/services`)
    await press(page.getByRole('link', { name: /^技能提升补贴/ }).first())
    await page.getByText('您已有的申请').waitFor()
    await page.getByText('按规定不能办理').waitFor()
    await page.getByText('您可以这样办').first().waitFor()
  })

  it("is paid by a batch that the bank's file answers, and the person sees it", async () => {
    batchId = await sendBatch(story, desk, '技能提升补贴支付批次')
    const page = await importAnswers(story, desk, batchId, ['也许,'])
    await page.getByText('有 1 处错误，没有登记任何一笔').waitFor()
    await shoot(page, picture('02-wrong-file'))
    await recordAnswers(await importAnswers(story, desk, batchId, ['成功,']))
    const person = await resident(story, desk.region, welder)
    await person.goto(`/${desk.region}/resident/cases/${subsidyId}`)
    await person.getByText('最近一次到账').waitFor()
    await shoot(person, picture('03-paid'))
    await balancedBooks(story, desk.region, 'hebei-supervisor')
  })
})

describe('a refund, applied for by an employer', () => {
  it('its officer sees the record, what can be applied for, and what the rule says', async () => {
    const page = await officer(story, desk.region, 'he-parts-officer', '/employer')
    await page.getByText('登记信息', { exact: true }).waitFor()
    await shoot(page, picture('04-employer'))
    await press(page.getByRole('link', { name: '稳岗返还', exact: true }))
    await page.getByText('规则判定：符合').waitFor()
    await shoot(page, picture('05-employer-applies'))
    await press(button(page, '提交申请'))
    await page.getByText('办理过程').waitFor()
    refundId = caseIdOf(page)
  })

  it('comes back from the bank with a reason, and waits for a mended account', async () => {
    await approveApplication(story, desk, refundId)
    const first = await sendBatch(story, desk, '稳岗返还支付批次')
    await recordAnswers(await importAnswers(story, desk, first, ['失败,户名不符']))
  }, 240_000)

  it('is issued again and paid by the next batch, and the employer is told', async () => {
    const pay = await officer(story, desk.region, 'shijiazhuang-pay', `/cases/${refundId}`)
    await pay.getByText('退票待更正').first().waitFor()
    await enter(pay.getByLabel('账户更正情况'), '已更正户名')
    await press(button(pay, '提交'))
    await pay.getByText('已办理：更正账户后重新支付').waitFor()
    const second = await sendBatch(story, desk, '稳岗返还支付批次')
    await recordAnswers(await importAnswers(story, desk, second, ['成功,']))
    const employer = await officer(story, desk.region, 'he-parts-officer', '/employer')
    await employer
      .getByText(/已向您的账户支付/)
      .first()
      .waitFor()
    await shoot(employer, picture('06-employer-paid'))
    await balancedBooks(story, desk.region, 'hebei-supervisor')
  }, 240_000)

  it('of one that laid off too many is refused before it is sent, with the clause and what it can do', async () => {
    const page = await officer(story, desk.region, 'he-over-limit-officer', '/employer')
    await press(page.getByRole('link', { name: '稳岗返还', exact: true }))
    await page.getByText(/规则判定：不符合/).waitFor()
    await page.getByText(/依据/).first().waitFor()
    await shoot(page, picture('07-refused'))
  })
})

describe('the counter', () => {
  it('applies for a person found by name, with the registers beside the questions', async () => {
    const page = await officer(story, desk.region, 'shijiazhuang-accept', '/benefits')
    await press(page.getByRole('link', { name: '技能提升补贴', exact: true }))
    await enter(page.getByLabel('查找内容'), '差月')
    await press(button(page, '查找'))
    await press(button(page, '选择').first())
    await page.getByText(/规则判定：不符合/).waitFor()
    await shoot(page, picture('08-counter'))
  })
})

import { describe, expect, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, goTo, pickRegion, press } from './keyboard.ts'
import { atCase, officer, submitStep } from './officers.ts'
import { resident } from './residents.ts'
import { visitProduct } from './story.ts'

// What people look up and do in five minutes, most of it without signing in: a doubtful message, a year's tax, work, a pension to come, a paper
// that anybody verifies, a word to the office.

const story = visitProduct('everyday', { regions: '000000,320000' })
const region = '320000'

const picture = (name: string) => `everyday/${name}`
const anybody = async (path: string) => {
  const page = await story.visits.anonymous('phone')
  await page.goto(`/${region}/resident${path}`)
  return page
}

describe('without signing in', () => {
  it('M3.01, M3.04: a message that promises seventy percent is told to be fraud, with its own words; it is reported without them', async () => {
    const page = await anybody('/services/message-check')
    const box = page.getByLabel('把短信或邮件的文字贴在这里')
    await enter(box, '税务局通知：您可申请退还已缴个税的百分之七十，请提供短信验证码。')
    await press(button(page, '看看是不是诈骗'))
    await page.getByRole('heading', { name: '很可能是诈骗' }).waitFor()
    await page.getByRole('heading', { name: '说按已缴税款的比例退税' }).waitFor()
    expect(await page.locator('mark').first().innerText()).toContain('百分之七十')
    await press(button(page, '举报这条信息'))
    await page.getByText('已收到举报，谢谢。').waitFor()
    await shoot(page, picture('01-fraud'))
    const supervisor = await officer(story, region, 'jiangsu-supervisor', '/message-reports')
    await supervisor.getByText('近 30 天共 1 条，不含原文和举报人').waitFor()
    expect(await supervisor.getByRole('main').innerText()).not.toContain('百分之七十')
  })

  it('M3.02, M3.03: of wages of 120,000 a refund of 520.00 is worked out, step by step', async () => {
    const page = await anybody('/services/income-tax')
    await enter(page.getByLabel('工资薪金收入'), '120000')
    await enter(page.getByLabel('专项扣除', { exact: true }), '20000')
    await enter(page.getByLabel('已预缴税额'), '2000')
    await press(button(page, '算一算'))
    await page.getByText('可以退税 520.00 元').waitFor()
    await page.getByText('40,000.00 元').first().waitFor()
    await press(page.getByText('怎么算出来的'))
    expect(await page.getByRole('listitem').filter({ hasText: '2,520.00' }).count()).toBeGreaterThan(0)
    await shoot(page, picture('02-tax'))
  })

  it('B1.05: work that an employer offers is found by its first letters; words that shut people out are not published', async () => {
    const employer = await officer(story, region, 'nanjing-employer-1-officer', '/vacancies')
    const form = employer.getByRole('main')
    await enter(form.getByLabel('岗位').first(), '精密钳工')
    await enter(form.getByLabel('工作内容'), '限男性，装配精密夹具')
    await pickRegion(form.getByRole('combobox').first(), '江苏省', '南京市')
    await enter(employer.getByLabel('最低月薪（元）'), '6000')
    await enter(employer.getByLabel('最高月薪（元）'), '8500')
    await enter(employer.getByLabel('截止日期'), '2026-07-31')
    await press(button(employer, '发布岗位'))
    await employer.getByRole('alert').filter({ hasText: '性别' }).waitFor()
    await enter(employer.getByLabel('工作内容'), '装配精密夹具，两班倒')
    await press(button(employer, '发布岗位'))
    await employer.getByRole('row').filter({ hasText: '精密钳工' }).waitFor()
    const page = await anybody('/services/vacancies')
    await enter(page.getByLabel('岗位或单位'), 'jmqg')
    await enter(page.getByLabel('月薪至少（元）'), '6000')
    await press(button(page, '查找'))
    await page.getByText('精密钳工').waitFor()
    await page.getByText('6,000.00 – 8,500.00').waitFor()
    await shoot(page, picture('03-work'))
  })
})

describe('signed in', () => {
  it('B1.07: sliders say what is paid and what would be drawn, and that figures are assumed', async () => {
    const page = await resident(story, region, '示例·李娜')
    await page.goto(`/${region}/resident/services/estimate`)
    await page.getByText('将来每月领取').waitFor()
    const drawn = () => page.locator('main').innerText()
    const before = await drawn()
    await goTo(page.getByLabel('一共缴多少年'))
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
    await expect.poll(drawn).not.toBe(before)
    await page.getByText('这些数值是假定的，以当地公布为准').waitFor()
    await shoot(page, picture('04-estimate'))
  })

  it('B1.04, B1.08: a statement with its PDF; a wrong number verifies nothing, the right one says whose it is', async () => {
    const page = await resident(story, region, '示例·李娜')
    await page.goto(`/${region}/resident/insurance`)
    await enter(page.getByLabel('用途').first(), '本人核对')
    await press(page.getByRole('button', { name: /^开具 2025 年权益单$/ }))
    const issued = await page.getByText(/已开具，核验码 [0-9A-Z-]+/).innerText()
    const [, code = ''] = /核验码 ([0-9A-Z-]+)/.exec(issued) ?? []
    const href = await page.getByRole('link', { name: '打开 PDF' }).first().getAttribute('href')
    const file = await page.request.get(href ?? '')
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
    const verifier = await anybody(`/verify?code=${code}`)
    await enter(verifier.getByLabel('证件号码后四位'), '0000')
    await press(button(verifier, '核验'))
    await verifier.getByText('查不到这份证明').waitFor()
    await enter(verifier.getByLabel('证件号码后四位'), '0003')
    await press(button(verifier, '核验'))
    await verifier.getByText('真实有效').waitFor()
    await verifier.getByText('个人社会保险权益单（2025 年）').waitFor()
    await shoot(verifier, picture('05-verified'))
  })

  it('B2.05: a suggestion is answered in time, looked at by another officer, and published without a name', async () => {
    const page = await resident(story, region, '示例·李娜')
    await page.goto(`/${region}/resident/services/suggestions`)
    await press(page.getByRole('link', { name: '开始填写' }))
    await choose(page.getByRole('radio', { name: '网上办事' }))
    await press(button(page, '下一步'))
    await enter(page.getByRole('textbox'), '请在首页放上养老金测算。')
    await press(button(page, '下一步'))
    await choose(page.getByRole('radio', { name: '是' }))
    await press(button(page, '下一步'))
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    const caseId = caseIdOf(page)
    const answering = await atCase(story, region, 'nanjing-accept', caseId)
    await submitStep(answering, { fields: { 答复: '已放在“服务”第一页。' } })
    await answering.getByText(/^已办理：/).waitFor()
    const looking = await atCase(story, region, 'nanjing-review', caseId)
    await submitStep(looking, { choices: ['公开'], fields: { '意见（有无个人信息）': '没有个人信息' } })
    await looking.getByText(/^已办理：/).waitFor()
    await page.goto(`/${region}/resident/services/suggestions`)
    await page.getByText('请在首页放上养老金测算。').waitFor()
    expect(await page.getByRole('main').innerText()).not.toContain('李娜')
    await shoot(page, picture('06-published'))
  })
})

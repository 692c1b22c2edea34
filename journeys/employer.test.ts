import { describe, expect, it } from 'vitest'
import { makeSyntheticCreditCode, makeSyntheticIdNumber } from '../people/door.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, pickRegion, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// Who gives work and who has it: an employer registered by its credit code, a building site declared by name, a live-stream seller without a contract registered as employed.

const story = tellStory('employer', { regions: '000000,510000,620000' })
const [sichuan, gansu] = ['510000', '620000']
const builder = makeSyntheticCreditCode({ region: '620102', serial: 900 })
const unknownToMarkets = makeSyntheticCreditCode({ region: '620102', serial: 901 })
const picture = (name: string) => `employer/${name}`

const worker = (birthOn: string, sequence: number, name: string, trade: string) =>
  [makeSyntheticIdNumber({ region: '620102', birthOn, sequence }), name, trade].join('\t')

describe('A2.06, A2.09: an employer', () => {
  it('is registered by its credit code alone, and nobody twice', async () => {
    const page = await officer(story, gansu, 'lanzhou-accept', '/employer-registration')
    await enter(page.getByLabel('统一社会信用代码'), builder)
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\//)
    await page.getByText('示例新设建筑公司').first().waitFor()
    await page.getByText('建筑施工').waitFor()
    await shoot(page, picture('01-registered'))
    await page.goto(`/${gansu}/staff/employer-registration`)
    await enter(page.getByLabel('统一社会信用代码'), builder)
    await press(button(page, '提交'))
    await page.getByText(/单位已办理参保登记/).waitFor()
    await page.getByText(/无需重复办理/).waitFor()
    await shoot(page, picture('02-not-twice'))
  })

  it('that the shared data do not have is not refused: somebody else looks at its papers', async () => {
    const page = await officer(story, gansu, 'lanzhou-accept', '/employer-registration')
    await enter(page.getByLabel('统一社会信用代码'), unknownToMarkets)
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\//)
    await page.getByText('待人工核实').first().waitFor()
    const review = await atCase(story, gansu, 'lanzhou-review', caseIdOf(page))
    await choose(review.getByRole('radio', { name: '予以登记' }))
    await enter(review.getByLabel('单位名称'), '示例手工作坊')
    await pickRegion(review.getByLabel('注册地'), '甘肃省', '兰州市')
    await choose(review.getByRole('radio', { name: '其他' }))
    await submitStep(review, { fields: { 核实意见: '营业执照原件核对无误' } })
    await untilDone(review, '人工核实')
    await review.getByText('示例手工作坊').first().waitFor()
    await shoot(review, picture('03-by-its-papers'))
  })
})

describe('A2.08: a building site', () => {
  it('declares by name who comes and who leaves; a list with somebody under age enters nobody', async () => {
    const page = await officer(story, gansu, 'lanzhou-employer-1-officer', '/construction')
    await enter(page.getByLabel('项目名称'), '示例安置房一期')
    await pickRegion(page.getByLabel('项目所在地'), '甘肃省', '兰州市')
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\//)
    await page.getByText('还没有申报工人').first().waitFor()
    const list = page.getByLabel('进场工人，每行一人：身份证号 姓名 工种')
    const grown = worker('1985-03-04', 101, '示例·张架子', '架子工')
    await enter(list, [grown, worker('2012-01-01', 102, '示例·王年少', '普工')].join('\n'))
    await press(button(page, '申报 2 人进场'))
    await page.getByText('未满十六周岁', { exact: true }).waitFor()
    await shoot(page, picture('04-under-age'))
    expect(await page.getByRole('row').filter({ hasText: '示例·张架子' }).count()).toBe(0)
    await enter(list, [grown, worker('1990-07-08', 103, '示例·李钢筋', '钢筋工')].join('\n'))
    await press(button(page, '申报 2 人进场'))
    await page.getByText('在场 2 人').waitFor()
    await shoot(page, picture('05-on-site'))
    await press(page.locator('.ant-radio-button-wrapper', { hasText: '申报退场' }))
    await press(page.getByRole('listitem').filter({ hasText: '示例·李钢筋' }).getByRole('button', { name: '已退场' }))
    await page.getByText('在场 1 人').waitFor()
    await page.getByRole('row').filter({ hasText: '示例·张架子' }).getByText('2026').waitFor()
  })
})

describe('C7.01: a live-stream seller without a contract', () => {
  it('registers as employed on the phone, and reads that it is done', async () => {
    const page = await resident(story, sichuan, '示例·龚播')
    await page.goto(`/${sichuan}/resident/services/employment-registration`)
    await press(page.getByRole('link', { name: '开始填写' }))
    await choose(page.getByRole('radio', { name: '就业', exact: true }))
    await press(button(page, '下一步'))
    await choose(page.getByRole('radio', { name: /^通过平台接单/ }))
    await press(button(page, '下一步'))
    await enter(page.getByLabel('平台或从事的工作'), '示例直播')
    await press(button(page, '下一步'))
    await enter(page.getByLabel('从哪一天起？'), '2026-03-01')
    await press(button(page, '下一步'))
    await shoot(page, picture('06-before-sending'))
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    const accept = await atCase(story, sichuan, 'zigong-accept', caseIdOf(page))
    await submitStep(accept, {})
    await untilDone(accept, '受理')
    const review = await atCase(story, sichuan, 'zigong-review', caseIdOf(page))
    await submitStep(review, { fields: { 意见: '与开播记录相符' } })
    await untilDone(review, '审核')
    await page.goto(`/${sichuan}/resident/cases/${caseIdOf(page)}`)
    await page.getByText('已登记').first().waitFor()
    await shoot(page, picture('07-employed'))
  })
})

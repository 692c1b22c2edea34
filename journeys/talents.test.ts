import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { atCase, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// What no rule decides: a talent of the first rank, decided case by case by people who vote with their reasons, and said in public.

const story = tellStory('talents', { regions: '000000,650000' })
const region = '650000'

const picture = (name: string) => `talents/${name}`

async function answer(page: Page, given: string): Promise<void> {
  await choose(page.getByRole('radio', { name: given, exact: true }))
  await press(button(page, '下一步'))
}

describe('M6: support for a talent', () => {
  let caseId = ''

  it('M6.02: is applied for on the phone; the rule says that people decide', async () => {
    const page = await resident(story, region, '示例·艾力')
    await page.goto(`/${region}/resident/services/talent-support`)
    await press(page.getByRole('link', { name: '开始填写' }))
    await answer(page, '高层次人才')
    await answer(page, '是')
    const until = page.getByLabel('劳动合同到哪一天？')
    expect(await until.getAttribute('max')).toBeNull()
    await enter(until, '2031-12-31')
    await page.getByText('2031年12月31日').waitFor()
    await press(button(page, '下一步'))
    for (const given of ['是', '是', '否', '否']) await answer(page, given)
    await shoot(page, picture('01-people-decide'))
    await press(button(page, '提交').or(button(page, '我有不同情况，仍然提交')))
    await page.waitForURL(/\/cases\/[^?]+/)
    caseId = caseIdOf(page)
  })

  it('M6.02: is accepted and checked by two officers, and voted on by three with their reasons', async () => {
    const accept = await atCase(story, region, 'urumqi-accept', caseId)
    await submitStep(accept, {})
    await untilDone(accept, '受理')
    const review = await atCase(story, region, 'urumqi-review', caseId)
    await submitStep(review, { fields: { 意见: '与认定文件相符' } })
    await untilDone(review, '审核')
    for (const login of ['urumqi-review-2', 'urumqi-supervisor', 'urumqi-approve']) {
      const member = await atCase(story, region, login, caseId)
      await submitStep(member, { choices: ['赞成'], fields: { '理由（留存备查）': '能引领产业发展' } })
      await untilDone(member, '评议投票')
      if (login === 'urumqi-approve') await shoot(member, picture('02-votes'))
    }
  })

  it('M6.02: the chair states what the votes say, and nothing else', async () => {
    const chair = await atCase(story, region, 'urumqi-approve', caseId)
    await press(chair.locator('.ant-radio-button-wrapper', { hasText: '人工认定' }))
    await submitStep(chair, { choices: ['不予通过'], fields: { 意见: '引进后可带动产业链' } })
    await chair.getByRole('alert').filter({ hasText: '结论与票数不符' }).waitFor()
    await submitStep(chair, { choices: ['通过'] })
    await untilDone(chair, '人工认定')
  })

  it('M6.02: the applicant reads what was decided, and everybody that it was', async () => {
    const page = await resident(story, region, '示例·艾力')
    await page.goto(`/${region}/resident/cases/${caseId}`)
    await page.getByText('已通过').or(page.getByText('有效')).first().waitFor()
    await shoot(page, picture('03-decided'))
    await page.goto(`/${region}/resident/services/talent-support/decisions`)
    await page.getByText('引进后可带动产业链').waitFor()
    await shoot(page, picture('04-public'))
    expect(await page.getByRole('main').innerText()).not.toContain('示例·艾力')
  })
})

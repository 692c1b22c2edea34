import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { enter, press, tabTo } from './keyboard.ts'
import { officer } from './officers.ts'
import { eightMonthsInUrumqi, file, resident } from './residents.ts'
import { tellStory } from './story.ts'

// Two officers of one desk, with no mouse: what one has in hand the other leaves alone, takes over with a reason, or is handed.

const story = tellStory('counter', { regions: '000000,320000,650000' })
const region = '320000'

const first = (path?: string) => officer(story, region, 'nanjing-accept', path)
const second = (path?: string) => officer(story, region, 'nanjing-accept-2', path)
const grid = (page: Page) => page.getByRole('grid', { name: /待办列表/ })

describe('a desk of two, by keyboard alone', () => {
  let caseId = ''

  it('B3.11: N takes up the next task and opens it; it is in the hands of whoever took it', async () => {
    const sent = await file(await resident(story, region, '示例·李娜'), region, eightMonthsInUrumqi)
    const page = await first('/tasks')
    await grid(page).getByText(/BA32/).first().waitFor()
    await page.keyboard.press('n')
    await page.waitForURL(/\/cases\//)
    caseId = caseIdOf(page)
    expect(caseId).toBe(sent)
    await page.getByText(/^我在办 · 自/).waitFor()
    await shoot(page, 'counter/in-hand')
  })

  it('the colleague sees who has it, is not offered its steps, and is not given it as the next', async () => {
    const page = await second('/tasks')
    await grid(page)
      .getByText(/.+ 在办$/)
      .waitFor()
    await page.keyboard.press('n')
    await page.getByText('没有您可以办的件了。').waitFor()
    await page.goto(`/${region}/staff/cases/${caseId}`)
    await page.getByText(/示例·nanjing-accept 在办 · 自/).waitFor()
    await shoot(page, 'counter/held-by-other')
    expect(await button(page, '提交').count()).toBe(0)
  })

  it('chosen in the list and taken up: refused with why; with a reason it changes hands', async () => {
    const page = await second('/tasks')
    await tabTo(page, grid(page))
    await page.keyboard.press(' ')
    await page.getByText('已选 1 件').waitFor()
    await page.keyboard.press('Shift+Tab')
    await press(button(page, '领办'))
    await page.getByText('1 件没有办成：').waitFor()
    await page.getByText(/已由同岗位的另一位工作人员领办。/).waitFor()
    await shoot(page, 'counter/not-taken')
    await enter(page.getByLabel('接手原因'), '同事外出，今天到期')
    await press(button(page, '写明原因，由我接手'))
    await page.getByText('已办理 1 件。').waitFor()
    await grid(page).getByText('我在办').waitFor()
    await shoot(page, 'counter/taken-over')
  })

  it('handed over with what the other should know, it is told to the other’s open page, who accepts it', async () => {
    const waiting = await first(`/cases/${caseId}`)
    await waiting.getByText(/示例·nanjing-accept-2 在办 · 自/).waitFor()
    const page = await second(`/cases/${caseId}`)
    await press(button(page, '转交'))
    const dialog = page.getByRole('dialog', { name: '转交' })
    await tabTo(page, dialog.getByRole('radio'))
    await page.keyboard.press(' ')
    await enter(dialog.getByLabel('交接说明'), '材料已核对，可以受理')
    await press(button(dialog, '转交'))
    await waiting.getByText(/^我在办 · 自/).waitFor()
    await press(button(waiting, '提交'))
    const warned = waiting.getByRole('button', { name: '已知悉，提交' })
    await warned.or(waiting.getByText('已办理：受理')).waitFor()
    if (await warned.isVisible()) await press(warned)
    await waiting.getByText('已办理：受理').waitFor()
    await shoot(waiting, 'counter/accepted')
  })
})

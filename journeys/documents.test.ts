import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { syntheticBulletin } from '../registers/testing.ts'
import { shoot } from './browser.ts'
import { enter, press, supply } from './keyboard.ts'
import { officer } from './officers.ts'
import { answerFiling, eightMonthsInUrumqi, resident } from './residents.ts'
import { screens } from './screens.ts'
import { tellStory } from './story.ts'

// The words of a clause beside the rule: first that its bulletin is not there yet, then, once it is imported, its paragraph. The bulletin is made
// up: it has the number and as many paragraphs as the real one, but none of its words, and the pages say that they are others than expected.

const story = tellStory('documents')
const jiangsu = '320000'
const folder = mkdtempSync(join(tmpdir(), 'tongban-journey-documents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const issue = '202403'
const paragraph = (number: number) => `合成的第 ${number} 段，说的是虚构的工伤备案。`
const article = { title: '江苏：合成的试点', body: Array.from({ length: 20 }, (_, index) => paragraph(index + 1)) }
const bulletin = (change: string) =>
  syntheticBulletin({ issue, articles: [{ ...article, body: [...article.body, change], source: '合成社' }] })

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function importFile(page: Page, name: string, text: string): Promise<void> {
  await supply(page.locator('input[type=file]'), fileOf(name, text))
}

/** The rule refuses: five months instead of six, A1.09, which is printed in the eleventh paragraph. */
async function refusedFiling(): Promise<Page> {
  const page = await resident(story, jiangsu, '示例·陈五月')
  await answerFiling(page, jiangsu, { ...eightMonthsInUrumqi, since: '2025-12-12' })
  await page.getByText('A1.09').first().waitFor()
  await press(page.getByText('条款原文').first())
  return page
}

describe('the text of a clause', () => {
  it('is not there before its bulletin is imported, and the page says which one is needed', async () => {
    const page = await refusedFiling()
    await page.getByText('原文尚未导入').waitFor()
    await page.getByText(`南京人力资源和社会保障学会信息快报 第 ${issue} 期`).waitFor()
    await shoot(page, 'documents/not-imported')
  })

  it('a file that cannot be understood is refused with line and column, and nothing is imported', async () => {
    const page = await officer(story, jiangsu, 'jiangsu-values-admin', '/documents')
    await page.getByText('还没有导入任何文献').waitFor()
    await importFile(page, 'broken.txt', bulletin('').replace('合成学会主办', '合成学会'))
    await page.getByText('line 9, column 1').waitFor()
    await page.getByText('还没有导入任何文献').waitFor()
  })

  it('the bulletin is imported; a corrected file becomes the next version beside it', async () => {
    const page = await officer(story, jiangsu, 'jiangsu-values-admin', '/documents')
    await importFile(page, 'first.txt', bulletin('最后一段。'))
    await page.getByText(`已导入 nanjing-hrss-express ${issue} 第 1 版：1 篇文章，21 段。`).waitFor()
    await importFile(page, 'again.txt', bulletin('最后一段。'))
    await page.getByText('早已导入').waitFor()
    await importFile(page, 'corrected.txt', bulletin('最后一段，更正。'))
    await page.getByText('第 2 版：1 篇文章，21 段。').waitFor()
    expect(await page.getByText('旧版').count()).toBe(1)
    await shoot(page, 'documents/imported')
  })

  it('then stands beside the decision, and says that its words are others than when the rule was tied to it', async () => {
    const page = await refusedFiling()
    await page.getByText(paragraph(11)).waitFor()
    await page.getByText('这一段与核对规则时的文字不同').waitFor()
    await page.getByText('来源：合成社').waitFor()
    await shoot(page, 'documents/beside-the-decision')
  })

  it('is found by its words, also in traditional characters, and has an address of its own', async () => {
    const page = await officer(story, jiangsu, 'nanjing-accept', '/documents')
    await enter(page.getByRole('searchbox', { name: '检索全文' }), '虛構 工傷備案')
    await page.keyboard.press('Enter')
    await page.getByText('找到 1 篇文章').waitFor()
    expect(await page.locator('mark').first().innerText()).toMatch(/虚构|工伤/)
    await press(page.getByRole('link', { name: '1/p2', exact: true }))
    const place = page.locator('.staff-paragraph-place')
    await place.getByText(paragraph(2)).waitFor()
    await page.reload()
    await place.getByText(paragraph(2)).waitFor()
    await page.setViewportSize(screens.phone)
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(screens.phone.width)
    await shoot(page, 'documents/read')
  })

  it('G5.01: the named documents say which clauses and rules stand on them', async () => {
    const page = await officer(story, jiangsu, 'jiangsu-values-admin', '/named-documents')
    const row = page.getByRole('row').filter({ hasText: '工伤保险跨省异地就医直接结算试点通知' })
    await row.getByText('2024年4月1日').waitFor()
    await press(row.getByRole('button'))
    await page.getByText('A1.09').waitFor()
    await shoot(page, 'documents/named')
  })

  it('stands on the workbench too, for every clause of the rule', async () => {
    const listed: { items: Array<{ id: string; total: string | null; clause: string }> } = await (
      await fetch(`${story.product.url}/${jiangsu}/api/v1/policies`)
    ).json()
    const policy = listed.items.find(({ total, clause }) => total !== null && clause.startsWith('C2.'))?.id ?? ''
    const page = await story.visits.anonymous('desk', 'en')
    await page.goto(`/${jiangsu}/workbench?policy=${policy}&people=100000`)
    await press(page.getByText('The clauses it stands on, and their text'))
    await press(page.getByText('The text of the clause').first())
    await page.getByText('The text is not imported yet').first().waitFor()
    await shoot(page, 'documents/workbench')
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { balancedBooks, closingOf } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { admit, atStay, chooseBill, fillDischarge, importAndPreview, settle } from './hospitals.ts'
import { choose, enter, pick, press } from './keyboard.ts'
import { approveFiling } from './officers.ts'
import { eightMonthsInUrumqi, file, readECardCode, resident, supplyReceipts } from './residents.ts'
import { tellStory } from './story.ts'

// What people type wrong is said where it is wrong, and nothing comes of it; what a crash interrupts is whole or not there.

const story = tellStory('bad-input')
const home = '320000'
const host = '650000'
const hospital = { region: host, login: 'urumqi-hospital-office' }
const liNa = '示例·李娜'
let stayId = ''

describe('bad input', () => {
  it('a bill with wrong rows: every error with its row, and nothing is imported', async () => {
    const own = await resident(story, home, liNa)
    await approveFiling(story, home, 'nanjing', await file(own, home, eightMonthsInUrumqi))
    const page = await admit(story, hospital, { code: await readECardCode(own, home) })
    stayId = caseIdOf(page)
    await page.getByText('规则判定：符合').waitFor()
    await chooseBill(page, 'wrong-rows.csv')
    await page.getByText('4 处错误，没有导入任何一行').waitFor()
    const problems = page.getByRole('dialog').locator('.ant-table-wrapper').first()
    for (const [row, column, found] of [
      ['3', '费用日期', '2026-02-30'],
      ['4', '数量', '两次'],
      ['5', '单价', '90.001'],
      ['6', '工伤相关', '也许'],
    ] as const) {
      const cells = await problems.getByRole('row').filter({ hasText: found }).getByRole('cell').allInnerTexts()
      expect(cells.slice(0, 2)).toEqual([row, column])
    }
    await shoot(page, 'bad-input/01-wrong-rows')
    expect(await page.getByRole('button', { name: /^导入 \d+ 行$/ }).count()).toBe(0)
    await atStay(story, hospital, stayId)
    expect(await page.getByText('费用明细 ·').count()).toBe(0)
  })

  it('a discharge before the admission: refused with what was expected and what was found', async () => {
    await story.product.moveTo('2026-05-31')
    const page = await atStay(story, hospital, stayId)
    await importAndPreview(page, 'urumqi-40000.csv', 26)
    await fillDischarge(page, { on: '2026-05-01' })
    await press(button(page, '出院结算'))
    await page.getByRole('alert').getByText('没有保存任何内容').waitFor()
    await page
      .getByRole('alert')
      .getByText(/出院日期：应在2026年5月11日至2026年5月31日之间/)
      .waitFor()
    await shoot(page, 'bad-input/02-wrong-date')
    await page.getByText('预结算', { exact: true }).first().waitFor()
  })

  it('a receipt that was used in another claim: refused, with what the person can do', async () => {
    const page = await resident(story, home, liNa)
    const receipt = { kind: '医疗', number: 'EP2026-000777', amount: '88.00' } as const
    const openClaim = async (admittedOn: string, dischargedOn: string) => {
      await page.goto(`/${home}/resident/services/work-injury/claim`)
      await choose(page.getByRole('radio').first())
      await enter(page.getByLabel('哪家医院？'), '昌吉示例医院')
      await pick(page.getByLabel('省（自治区、直辖市）'), '新疆维吾尔自治区')
      await pick(page.getByLabel('市（地、州、盟）'), '昌吉回族自治州')
      await enter(page.getByLabel('哪一天入院（就诊）？'), admittedOn)
      await enter(page.getByLabel('哪一天出院？'), dischargedOn)
      await press(button(page, '提交'))
      await page.waitForURL(/\/cases\/[^?]+\?sent/)
    }
    await openClaim('2026-04-01', '2026-04-06')
    await supplyReceipts(page, [receipt])
    await page.getByText('待受理').first().waitFor()
    await openClaim('2026-04-10', '2026-04-12')
    await supplyReceipts(page, [receipt])
    await page.getByText('票据 EP2026-000777 已经报销过').waitFor()
    await page.getByText('同一张票据只能报销一次').last().waitFor()
    await shoot(page, 'bad-input/03-reused-receipt')
  })
})

describe('a crash', () => {
  it('kill -9 in the middle of a settlement: whole or not there; it is taken to its end, once, and the books balance', async () => {
    const page = await atStay(story, hospital, stayId)
    const before = await payableToHospital()
    await fillDischarge(page, { on: '2026-05-31' })
    // However fast the server is, its answer does not come back.
    await page.route('**/steps', async (route) => {
      const answer = route.fetch().catch(() => undefined)
      await sleep(15)
      await story.product.kill()
      await answer
      await route.abort('connectionreset')
    })
    await press(button(page, '出院结算'))
    await page.getByText('没有连上服务器').first().waitFor()
    await shoot(page, 'bad-input/04-server-gone')
    await page.unroute('**/steps')
    await story.product.startAgain()
    // Everything in between failed to reach the server, as it should.
    story.visits.takeFaults()

    await atStay(story, hospital, stayId)
    const isSettled = (await page.getByText('已结算', { exact: true }).count()) > 0
    if (!isSettled) await settle(page, { on: '2026-05-31' })
    await page.getByText('已入账').waitFor()
    await shoot(page, 'bad-input/05-settled-after-all')
    expect((await payableToHospital()) - before).toBe(3_600_000)
    await balancedBooks(story, home, 'jiangsu-supervisor')
    // It starts the product again, which has as long for it as in a hook.
  }, 240_000)
})

/** What Xinjiang owes the hospital by its books, which balance, in fen. */
async function payableToHospital(): Promise<number> {
  const books = await balancedBooks(story, host, 'xinjiang-supervisor')
  const shown = await closingOf(books, '应付医疗机构 · 乌鲁木齐示例医院')
  return Number(shown.replace(/[,.]/g, ''))
}

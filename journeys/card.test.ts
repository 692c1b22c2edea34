import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, pick, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { readECardCode, resident } from './residents.ts'
import { tellStory } from './story.ts'

// A card in daily use: what a loss stops and how it is replaced in one go; and what is asked elsewhere with one's consent, and who looked.

const story = tellStory('card', { regions: '000000,130000,230000,320000' })
const nanjing = '320000'
const harbin = '230000'
const hebei = '130000'
const picture = (name: string) => `card/${name}`

/** Presents a card or a code at the reader of a bus, and answers what the reader says. */
async function tap(token: string, medium: '实体卡' | '电子社保卡') {
  const page = await officer(story, nanjing, 'nanjing-employer-2-officer', '/card-use/terminal')
  await choose(page.getByRole('radio', { name: medium }))
  await enter(page.getByLabel('卡号或二维码内容'), token)
  await enter(page.getByLabel('金额'), '2')
  await press(button(page, '读卡'))
  return page
}

const cardNumberOf = async (page: Page, region: string) => {
  await page.goto(`/${region}/resident/card`)
  const number = page.locator('dd .kit-code').first()
  return (await number.innerText()).trim()
}

async function balanceIs(page: Page, amount: string): Promise<void> {
  await page.goto(`/${nanjing}/resident/services/card-purse`)
  await page.locator('dd').filter({ hasText: amount }).first().waitFor()
}

describe('Nanjing: what a loss stops', () => {
  it('B1.01, B4.03: card and e-card pay the bus fare alike; the purse shows both', async () => {
    const page = await resident(story, nanjing, '示例·李娜')
    await balanceIs(page, '500.00')
    const byCard = await tap(await cardNumberOf(page, nanjing), '实体卡')
    await byCard.getByRole('row', { name: /乘车 实体卡 2\.00 成功/ }).waitFor()
    const byCode = await tap(await readECardCode(page, nanjing), '电子社保卡')
    await byCode.getByRole('row', { name: /乘车 电子社保卡 2\.00 成功/ }).waitFor()
    await shoot(byCode, picture('01-fare'))
    await balanceIs(page, '496.00')
    await shoot(page, picture('02-purse'))
  })

  it('B1-o3: reported lost on the phone, card and code stop at once; nothing is taken, and she sees that it was tried', async () => {
    const page = await resident(story, nanjing, '示例·李娜')
    const number = await cardNumberOf(page, nanjing)
    const code = await readECardCode(page, nanjing)
    await press(button(page, '挂失'))
    await page.getByText('挂失后社保卡和电子社保卡马上都不能用').waitFor()
    await shoot(page, picture('03-asked'))
    await press(button(page, '是的，挂失'))
    await page.getByText('社保卡已挂失，电子社保卡暂停使用。').waitFor()
    await shoot(page, picture('04-lost'))
    const reader = await tap(number, '实体卡')
    await reader.getByRole('alert').filter({ hasText: '挂失' }).waitFor()
    await shoot(reader, picture('05-refused'))
    await tap(code, '电子社保卡')
    await reader.getByRole('alert').filter({ hasText: '未通过' }).waitFor()
    await balanceIs(page, '496.00')
    await page.getByText('刷卡时这张卡已挂失').first().waitFor()
    await shoot(page, picture('06-tried'))
  })

  it('B1-o3: a fare that the bus kept during the loss is never taken; found again, the card pays', async () => {
    const page = await resident(story, nanjing, '示例·李娜')
    const number = await cardNumberOf(page, nanjing)
    const bus = await officer(story, nanjing, 'nanjing-employer-2-officer', '/card-use/terminal')
    await press(bus.getByRole('switch'))
    await enter(bus.getByLabel('卡号或二维码内容'), number)
    await enter(bus.getByLabel('金额'), '2')
    await press(button(bus, '读卡'))
    await bus.getByText('终端里有 1 笔待上传').waitFor()
    await press(button(page, '卡找到了，解除挂失'))
    await button(page, '挂失').waitFor()
    await press(button(bus, '上传'))
    await bus.getByRole('alert').filter({ hasText: '刷卡时这张卡已挂失' }).waitFor()
    await shoot(bus, picture('07-uploaded'))
    const again = await tap(number, '实体卡')
    await again.getByRole('row', { name: /乘车 实体卡 2\.00 成功/ }).waitFor()
    await balanceIs(page, '494.00')
  })
})

describe('Harbin: a lost card is replaced at the bank’s counter in the hall', () => {
  const holder = { 身份证号码: '230102198706215001', 姓名: '示例·文创' }
  let matterId = ''

  it('B4.06, B4.13: lost on the phone; the counter is told by the rule what is done in one go, and that nobody has two cards', async () => {
    const page = await resident(story, harbin, holder.姓名)
    await page.goto(`/${harbin}/resident/card`)
    await press(button(page, '挂失'))
    await press(button(page, '是的，挂失'))
    await page.getByText('社保卡已挂失，电子社保卡暂停使用。').waitFor()
    await page.goto(`/${harbin}/resident/services/card-outlets`)
    await page.getByText('立等可取').first().waitFor()
    await shoot(page, picture('08-outlets'))
    const counter = await officer(story, harbin, 'harbin-accept', '/card-matters/counter')
    await press(counter.getByRole('combobox', { name: '银行柜台' }))
    await press(counter.getByTitle(/示例地方法人银行/).last())
    for (const [label, value] of Object.entries(holder)) await enter(counter.getByLabel(label), value)
    await choose(counter.getByRole('radio', { name: '新卡申领' }))
    await press(button(counter, '预判'))
    await counter.getByText('此人已有社保卡').first().waitFor()
    await shoot(counter, picture('09-second-card'))
    await choose(counter.getByRole('radio', { name: '补卡' }))
    await press(button(counter, '预判'))
    await counter.getByText('电子社保卡同时重新签发').first().waitFor()
    await shoot(counter, picture('10-one-go'))
    await press(button(counter, '受理'))
    await counter.waitForURL(/\/cases\//)
    matterId = caseIdOf(counter)
  })

  it('B4.05, B4.08: another than who accepted makes it at once and hands it over; one blank card less', async () => {
    const bank = await officer(story, harbin, 'harbin-bank-officer', '/tasks')
    await press(bank.getByRole('link', { name: /^SK/ }))
    await bank.getByText('办理过程').first().waitFor()
    await submitStep(bank, {
      fields: { 卡面号码: 'T23HB000001', '银行账号（开通金融功能时填写）': '6222000000000023' },
    })
    await untilDone(bank, '制卡')
    await submitStep(bank, {})
    await untilDone(bank, '发卡')
    await bank.getByText('已办结').first().waitFor()
    await shoot(bank, picture('11-handed-over'))
    await bank.goto(`/${harbin}/staff/card-matters/outlets`)
    await bank.getByText('199').first().waitFor()
    await shoot(bank, picture('12-blanks'))
    const hall = await atCase(story, harbin, 'harbin-accept', matterId)
    await hall.getByText('已办结').first().waitFor()
  })

  it('B1.01: the new card is in force with its e-card, the old one is not; who listed the holders stands in the access log', async () => {
    const page = await resident(story, harbin, holder.姓名)
    expect(await cardNumberOf(page, harbin)).toBe('T23HB000001')
    await page.getByText('已补换').waitFor()
    expect(await readECardCode(page, harbin)).not.toBe('')
    await shoot(page, picture('13-new-card'))
    await page.goto(`/${harbin}/resident/notices`)
    await page.getByText('电子社保卡已同时重新签发').waitFor()
    const list = await officer(story, harbin, 'harbin-review', '/card-matters/cardholders')
    await enter(list.getByLabel('查看目的'), '核对补卡台账')
    await enter(list.getByLabel('姓名（部分）或卡号'), 'T23HB000001')
    await press(button(list, '查看'))
    await list.getByRole('cell', { name: holder.姓名 }).waitFor()
    await shoot(list, picture('14-cardholders'))
    await page.goto(`/${harbin}/resident/me/access-log`)
    const look = page.getByRole('listitem').filter({ hasText: '列入持卡人台账查看' })
    await look.getByText('核对补卡台账').waitFor()
    await page.getByText('社保卡业务').first().waitFor()
    await shoot(page, picture('15-access-log'))
  })
})

describe('Hebei: months that Nanjing knows are not asked for', () => {
  const mover = '示例·差月'
  let consentId = ''

  const subsidy = (page: Page) => page.goto(`/${hebei}/resident/benefits/skill-subsidy`)
  const sharing = (page: Page, region = hebei) => page.goto(`/${region}/resident/services/data-sharing`)

  it('B2.03: short of a month, she lets Jiangsu be asked for her months, for one purpose and until a day', async () => {
    const page = await resident(story, hebei, mover)
    await subsidy(page)
    await page.getByText('按规定不能办理').waitFor()
    await shoot(page, picture('16-short'))
    await sharing(page)
    await pick(page.getByRole('combobox', { name: '用途', exact: true }), '申请补贴')
    await pick(page.getByRole('combobox', { name: '地区', exact: true }), '江苏省')
    await choose(page.getByLabel('失业保险缴费月份'))
    await enter(page.getByLabel('有效至'), '2027-05-12')
    await press(button(page, '同意共享'))
    await page.getByText('同意最长 12 个月').waitFor()
    await shoot(page, picture('17-too-long'))
    await enter(page.getByLabel('有效至'), '2026-12-31')
    await press(button(page, '同意共享'))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    consentId = caseIdOf(page)
    await sharing(page)
    await press(page.getByRole('button', { name: /^现在询问/ }))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    const question = caseIdOf(page)
    await story.product.moveTo('2026-05-12')
    await page.goto(`/${hebei}/resident/cases/${question}`)
    await page.locator('dt', { hasText: '新取得的记录' }).locator('+ dd').filter({ hasText: '6' }).waitFor()
    await shoot(page, picture('18-answered'))
  })

  it('B3.07, B2.03: the subsidy that was refused is granted with nothing asked', async () => {
    const page = await resident(story, hebei, mover)
    await subsidy(page)
    await page.getByText('没有需要您填写的内容').waitFor()
    await page.getByText('17 个月').first().waitFor()
    await page.getByText('3,000.00 元').first().waitFor()
    await shoot(page, picture('19-granted'))
  })

  it('B2.03: she sees on both sides what was told to whom, and why', async () => {
    const there = await resident(story, nanjing, mover)
    await sharing(there, nanjing)
    const told = there.getByRole('region', { name: '提供给其他地区的' }).getByRole('listitem')
    await told
      .filter({ hasText: '河北省' })
      .filter({ hasText: '申请补贴' })
      .filter({ hasText: '失业保险缴费月份' })
      .waitFor()
    await shoot(there, picture('20-told'))
    await there.goto(`/${nanjing}/resident/me/access-log`)
    await there
      .getByText(/数据共享：提供给河北省，XW\d+（TY\d+）/)
      .first()
      .waitFor()
    await shoot(there, picture('21-who-looked'))
  })

  it('B2-o1: a consent that is withdrawn asks nothing more; what has come stays with its source', async () => {
    const page = await resident(story, hebei, mover)
    await page.goto(`/${hebei}/resident/cases/${consentId}`)
    await press(button(page, '撤回同意'))
    await enter(page.getByLabel('为什么撤回？'), '已经用不着')
    await press(button(page, '提交'))
    await page.getByText('已撤回').first().waitFor()
    await sharing(page)
    const consents = page.getByRole('region', { name: '我的同意' })
    await consents.getByText('已撤回').waitFor()
    expect(await consents.getByRole('button', { name: /^现在询问/ }).count()).toBe(0)
    await page
      .getByRole('region', { name: '从其他地区取得的' })
      .getByText(/江苏省 · 失业保险缴费 2025-02/)
      .waitFor()
    await shoot(page, picture('22-withdrawn'))
  })
})

import type { Page } from 'playwright-core'
import { button, caseIdOf } from './browser.ts'
import { choose, enter, pick, press } from './keyboard.ts'
import type { Story } from './story.ts'

/** A resident's window on their phone, signed in; by name, such as `示例·李娜`. */
export function resident({ visits }: Story, region: string, name: string): Promise<Page> {
  return visits.as({ region, portal: 'resident', login: name })
}

/** What somebody answers to the questions of a filing. */
export type Filing = {
  why: '异地长期居住' | '常驻异地工作' | '异地转诊转院'
  province: string
  city: string
  since?: string
  proof?: RegExp
  opinion?: { institution: string; level: string; issuedOn: string }
}

/** Answers the questions of a filing, one a page, up to what the rule says. */
export async function answerFiling(page: Page, region: string, filing: Filing): Promise<void> {
  await page.goto(`/${region}/resident/services/work-injury/filing`)
  await press(page.getByRole('link', { name: '开始填写' }))
  await choose(page.getByRole('radio', { name: new RegExp(`^${filing.why}`) }))
  await next(page)
  await pick(page.getByLabel('省（自治区、直辖市）'), filing.province)
  await pick(page.getByLabel('市（地、州、盟）'), filing.city)
  await next(page)
  if (filing.since !== undefined) {
    await enter(page.getByLabel('您从哪一天起在那里居住或工作？'), filing.since)
    await next(page)
    await choose(page.getByRole('radio', { name: filing.proof ?? /^我有证明材料/ }))
    await next(page)
  }
  if (filing.opinion) {
    await enter(page.getByLabel('哪家医疗机构给您开的转诊意见？'), filing.opinion.institution)
    await next(page)
    await enter(page.getByLabel('这家医疗机构是几级？'), filing.opinion.level)
    await next(page)
    await enter(page.getByLabel('转诊意见是哪一天开的？'), filing.opinion.issuedOn)
    await next(page)
  }
  await page.getByText('按规定，现在看结果是').waitFor()
}

async function next(page: Page): Promise<void> {
  await press(button(page, '下一步'))
}

/** Sends what was answered; answers the id of the case. */
export async function sendFiling(page: Page): Promise<string> {
  await press(button(page, '提交').or(button(page, '我有不同情况，仍然提交')))
  await page.waitForURL(/\/cases\/[^?]+\?sent/)
  return caseIdOf(page)
}

/** The characters of the e-card's code, as somebody reads them out who cannot have it scanned. */
export async function readECardCode(page: Page, region: string): Promise<string> {
  await page.goto(`/${region}/resident/card`)
  await press(page.getByText('扫不了码？把这串字符给工作人员'))
  const code = page.locator('.resident-qr .kit-code')
  await code.waitFor()
  return (await code.innerText()).trim()
}

/** Files, and answers the id of the case. */
export async function file(page: Page, region: string, filing: Filing): Promise<string> {
  await answerFiling(page, region, filing)
  return sendFiling(page)
}

/** A receipt as it is typed: what for, its number, its amount in yuan. */
export type Receipt = { kind: '交通' | '食宿' | '医疗'; number: string; amount: string }

/** On the page of a claim: gives receipts and the account to pay into. The receipts that the claim needs have their rows already. */
export async function supplyReceipts(page: Page, receipts: readonly Receipt[]): Promise<void> {
  await press(button(page, '提交票据和收款账户'))
  for (const [index, { kind, number, amount }] of receipts.entries()) {
    const row = page.getByRole('group', { name: `第 ${index + 1} 张票据` })
    if (!(await row.isVisible())) await press(button(page, '再加一张票据'))
    await pick(row.getByLabel('是什么费用'), kind)
    await enter(row.getByLabel('电子票据号码'), number)
    await enter(row.getByLabel('金额（元）'), amount)
  }
  await enter(page.getByLabel('开户银行'), '示例银行')
  await enter(page.getByLabel('本人银行账号'), '6222000000000001')
  await press(button(page, '提交'))
}

/** Li Na's filing as the demo world tells her story: eight months in Urumqi. */
export const eightMonthsInUrumqi: Filing = {
  why: '异地长期居住',
  province: '新疆维吾尔自治区',
  city: '乌鲁木齐市',
  since: '2025-09-01',
}

/** Ma Jun's filing: referred to Nanjing by a hospital of level 3. */
export const referralToNanjing: Filing = {
  why: '异地转诊转院',
  province: '江苏省',
  city: '南京市',
  opinion: { institution: '兰州示例医院', level: '3', issuedOn: '2026-05-08' },
}

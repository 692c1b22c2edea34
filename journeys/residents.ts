import type { Page } from 'playwright-core'
import { button, caseIdOf } from './browser.ts'
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
  await page.getByRole('link', { name: '开始填写' }).click()
  await page.getByRole('radio', { name: new RegExp(`^${filing.why}`) }).check()
  await next(page)
  await page.getByLabel('省（自治区、直辖市）').selectOption({ label: filing.province })
  await page.getByLabel('市（地、州、盟）').selectOption({ label: filing.city })
  await next(page)
  if (filing.since !== undefined) {
    await page.getByLabel('您从哪一天起在那里居住或工作？').fill(filing.since)
    await next(page)
    await page.getByRole('radio', { name: filing.proof ?? /^我有证明材料/ }).check()
    await next(page)
  }
  if (filing.opinion) {
    await page.getByLabel('哪家医疗机构给您开的转诊意见？').fill(filing.opinion.institution)
    await next(page)
    await page.getByLabel('这家医疗机构是几级？').fill(filing.opinion.level)
    await next(page)
    await page.getByLabel('转诊意见是哪一天开的？').fill(filing.opinion.issuedOn)
    await next(page)
  }
  await page.getByText('按规定，现在看结果是').waitFor()
}

async function next(page: Page): Promise<void> {
  await button(page, '下一步').click()
}

/** Sends what was answered; answers the id of the case. */
export async function sendFiling(page: Page): Promise<string> {
  await button(page, '提交').or(button(page, '我有不同情况，仍然提交')).click()
  await page.waitForURL(/\/cases\/[^?]+\?sent/)
  return caseIdOf(page)
}

/** The characters of the e-card's code, as somebody reads them out who cannot have it scanned. */
export async function readECardCode(page: Page, region: string): Promise<string> {
  await page.goto(`/${region}/resident/card`)
  await page.getByText('扫不了码？把这串字符给工作人员').click()
  const code = page.locator('.resident-qr .kit-code')
  await code.waitFor()
  return (await code.innerText()).trim()
}

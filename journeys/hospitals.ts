import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { button, caseIdOf } from './browser.ts'
import { choose, enter, pickRegion, press, supply } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import type { Story } from './story.ts'

/** A hospital's insurance office: its region and its login. */
export type Hospital = { region: string; login: string }

/** How somebody comes to a hospital, as its page says it. */
export type CareKind = '住院' | '急诊入院' | '门诊'

/** Admits by what is shown: the code of an e-card, or the number of a card with the province where it is insured. */
export async function admit(
  story: Story,
  { region, login }: Hospital,
  shown: { code: string } | { card: string; province: string },
  care: CareKind = '住院',
): Promise<Page> {
  const page = await officer(story, region, login, '/work-injury/admit')
  if ('code' in shown) {
    await enter(page.getByLabel('扫入或粘贴二维码内容'), shown.code)
    await page.getByText(/ 扫入$/).waitFor()
  } else {
    await press(page.getByText('实体社保卡', { exact: true }))
    await enter(page.getByLabel('社保卡号'), shown.card)
    await pickRegion(page.getByLabel('参保地'), shown.province)
  }
  await choose(page.getByRole('radio', { name: care, exact: true }))
  await press(button(page, '登记并询问参保地'))
  await page.waitForURL(/\/staff\/cases\//)
  return page
}

/** Chooses a bill that lies in `bills/`; the page then shows what it read. */
export async function chooseBill(page: Page, fileName: string): Promise<void> {
  const path = fileURLToPath(new URL(`bills/${fileName}`, import.meta.url))
  await supply(page.locator('.ant-upload input[type=file]'), path)
  await page.getByRole('dialog').waitFor()
}

/** Imports a bill of some lines and previews it. */
export async function importAndPreview(page: Page, fileName: string, lines: number): Promise<void> {
  await chooseBill(page, fileName)
  await page.getByText(`${lines} 行全部可读，可以导入`).waitFor()
  await press(page.getByRole('button', { name: `导入 ${lines} 行` }))
  await untilDone(page, '导入费用明细')
  await press(button(page, '确认'))
  await untilDone(page, '预结算')
}

/** What is entered at discharge. */
export type Discharge = { on: string; travel?: string; lodging?: string }

/** Fills the form of the settlement; nothing is sent. */
export async function fillDischarge(page: Page, { on, travel = '0', lodging = '0' }: Discharge): Promise<void> {
  await enter(page.getByLabel('出院日期'), on)
  await press(page.getByRole('switch', { name: '本人已在结算单上签字' }))
  await press(page.getByRole('switch', { name: '已签知情同意' }))
  await enter(page.getByLabel('申报交通费'), travel)
  await enter(page.getByLabel('申报食宿费'), lodging)
}

/** Settles a previewed stay, and waits until the insured place has booked it. */
export async function settle(page: Page, discharge: Discharge): Promise<void> {
  await fillDischarge(page, discharge)
  await press(button(page, '出院结算'))
  await page.getByText('已入账').waitFor()
}

/** The hospital's window with a stay in it. */
export function atStay(story: Story, { region, login }: Hospital, stayId: string): Promise<Page> {
  return atCase(story, region, login, stayId)
}

/** Reconciles the month with a hospital, audits a stay and pays it, each by the officer whose step it is. */
export async function payHospital(
  story: Story,
  { hospital, title, agency, stayId }: { hospital: Hospital; title: string; agency: string; stayId: string },
): Promise<void> {
  const { region } = hospital
  const audit = await officer(story, region, `${agency}-audit`, '/work-injury/reconciliations')
  await press(audit.getByLabel('医疗机构'))
  await press(audit.locator('.ant-select-item-option').filter({ hasText: title }).first())
  await press(button(audit, '发起对账'))
  await audit.waitForURL(/\/staff\/cases\//)
  const reconciliationId = caseIdOf(audit)

  const office = await atCase(story, region, hospital.login, reconciliationId)
  await press(button(office, '提交本院明细'))
  await untilDone(office, '医院提交明细')

  await atCase(story, region, `${agency}-audit`, reconciliationId)
  await press(button(audit, '确认'))
  await untilDone(audit, '双方确认')
  await atCase(story, region, `${agency}-audit`, stayId)
  await submitStep(audit, { choices: ['通过'] })
  await untilDone(audit, '审核')
}

/** Pays all that is audited: the batch, its approval by another, and the bank's answer that it was paid. */
export async function payBatch(story: Story, region: string, agency: string): Promise<Page> {
  const pay = await officer(story, region, `${agency}-pay`, '/work-injury/payments')
  await press(button(pay, '编制拨付批次'))
  await pay.waitForURL(/\/staff\/cases\//)
  const batchId = caseIdOf(pay)
  const approve = await atCase(story, region, `${agency}-approve`, batchId)
  await submitStep(approve, { choices: ['通过'], fields: { 意见: '同意' } })
  await untilDone(approve, '审批')
  await atCase(story, region, `${agency}-pay`, batchId)
  await press(pay.getByText('已付', { exact: true }).first())
  await press(pay.getByRole('button', { name: /登记 \d+ 笔结果/ }))
  await untilDone(pay, '登记银行回盘')
  return pay
}

import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { button, caseIdOf } from './browser.ts'
import { press, supply } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import type { Story } from './story.ts'

/** Where an application is handled: the region of the node, and the name of the agency in its officers' logins. */
export type Desk = { region: string; agency: string }

/** Accepts, reviews and approves an application, each by another officer; the reviewer sees the registers and the ruling beside it. */
export async function approveApplication(story: Story, { region, agency }: Desk, caseId: string): Promise<void> {
  const accept = await atCase(story, region, `${agency}-accept`, caseId)
  await submitStep(accept, {})
  await untilDone(accept, '受理')
  const review = await atCase(story, region, `${agency}-review`, caseId)
  await review.getByText('现在的事实和判定').waitFor()
  await review.getByText('规则判定：符合').first().waitFor()
  await submitStep(review, { fields: { 意见: '与登记相符' } })
  await untilDone(review, '复核')
  const approve = await atCase(story, region, `${agency}-approve`, caseId)
  await approve.getByText('审批后应付合计').waitFor()
  await submitStep(approve, { choices: ['同意'], fields: { 意见: '同意' } })
  await untilDone(approve, '审批')
}

/** Draws up the batch of a benefit, by its name, and has another officer approve it. Answers the id of the batch. */
export async function sendBatch(story: Story, { region, agency }: Desk, batches: string): Promise<string> {
  const pay = await officer(story, region, `${agency}-pay`, '/benefit-payments')
  await press(pay.getByRole('combobox', { name: '事项' }))
  await press(pay.getByTitle(batches).last())
  await press(button(pay, '编制支付批次'))
  await pay.getByText('银行应付合计').waitFor()
  const batchId = caseIdOf(pay)
  const approve = await atCase(story, region, `${agency}-approve`, batchId)
  await submitStep(approve, { choices: ['同意，送银行'], fields: { 意见: '同意' } })
  await untilDone(approve, '审批')
  return batchId
}

/**
 * Takes the file for the bank, fills in what the bank answers to each line (`成功,` or `失败,户名不符`), and gives it back; answers the page that
 * shows what was read.
 */
export async function importAnswers(
  story: Story,
  { region, agency }: Desk,
  batchId: string,
  answers: readonly string[],
): Promise<Page> {
  const page = await atCase(story, region, `${agency}-pay`, batchId)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    press(page.getByRole('link', { name: /导出送银行文件 \(CSV\)/ })),
  ])
  const path = await download.path()
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trim().split('\n')
  const answered = lines.map((line, index) => line.replace(/,,$/, `,${answers[index] ?? ''}`))
  const file = `${path}.csv`
  await writeFile(file, [header, ...answered].join('\n'))
  await supply(page.locator('input[type=file]').first(), file)
  return page
}

/** Records what was read of the bank's file. */
export async function recordAnswers(page: Page): Promise<void> {
  await page.getByText('核对后登记').waitFor()
  await press(page.getByRole('button', { name: /^登记 \d+ 笔结果$/ }))
  await untilDone(page, '登记银行回盘')
}

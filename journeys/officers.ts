import type { Page } from 'playwright-core'
import { button } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import type { Story } from './story.ts'

/** An officer's window, signed in; by login, such as `nanjing-review`. `path`: the staff page that it shows. */
export function officer({ visits }: Story, region: string, login: string, path = ''): Promise<Page> {
  return visits.as({ region, portal: 'staff', login }, `/${region}/staff${path}`)
}

/** An officer's window with a case open in it. */
export async function atCase(story: Story, region: string, login: string, caseId: string): Promise<Page> {
  const page = await officer(story, region, login, `/cases/${caseId}`)
  await page.getByText('办理过程').first().waitFor()
  return page
}

/** Fills the fields of the open step by their labels and submits it; a choice is taken by its words. */
export async function submitStep(
  page: Page,
  given: { fields?: Record<string, string>; choices?: readonly string[]; submit?: string },
): Promise<void> {
  for (const choice of given.choices ?? []) await choose(page.getByRole('radio', { name: choice, exact: true }))
  for (const [label, value] of Object.entries(given.fields ?? {})) await enter(page.getByLabel(label), value)
  await press(button(page, given.submit ?? '提交'))
}

/** Waits until the page says that a step was taken. */
export async function untilDone(page: Page, step: string): Promise<void> {
  await page.getByText(`已办理：${step}`).waitFor()
}

/** Accepts and reviews a filing, each by the officer of the agency whose step it is. */
export async function approveFiling(story: Story, region: string, agency: string, filingId: string): Promise<void> {
  const accept = await atCase(story, region, `${agency}-accept`, filingId)
  await submitStep(accept, {})
  const warned = accept.getByRole('button', { name: '已知悉，提交' })
  await warned.or(accept.getByText('已办理：受理')).waitFor()
  if (await warned.isVisible()) await press(warned)
  await untilDone(accept, '受理')
  const review = await atCase(story, region, `${agency}-review`, filingId)
  await submitStep(review, { choices: ['通过'], fields: { 意见: '符合规定' } })
  await untilDone(review, '复核')
}

/** Takes a claim from its acceptance to its payment; four officers each take their step. */
export async function payClaim(story: Story, region: string, agency: string, claimId: string): Promise<void> {
  const accept = await atCase(story, region, `${agency}-accept`, claimId)
  await submitStep(accept, {})
  await untilDone(accept, '受理')
  const review = await atCase(story, region, `${agency}-review`, claimId)
  await submitStep(review, { fields: { 意见: '核对无误' } })
  await untilDone(review, '复核')
  const approve = await atCase(story, region, `${agency}-approve`, claimId)
  await submitStep(approve, { fields: { 意见: '同意' } })
  await untilDone(approve, '审批')
  const pay = await atCase(story, region, `${agency}-pay`, claimId)
  await submitStep(pay, { fields: { 银行回单号: 'BANK-0001' }, submit: '确认' })
  await untilDone(pay, '支付')
}

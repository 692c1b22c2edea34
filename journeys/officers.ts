import type { Page } from 'playwright-core'
import { button } from './browser.ts'
import type { Story } from './story.ts'

/** An officer's window, signed in; by login, such as `nanjing-review`. */
export function officer({ visits }: Story, region: string, login: string): Promise<Page> {
  return visits.as({ region, portal: 'staff', login })
}

/** An officer's window with a case open in it. */
export async function atCase(story: Story, region: string, login: string, caseId: string): Promise<Page> {
  const page = await officer(story, region, login)
  await page.goto(`/${region}/staff/cases/${caseId}`)
  await page.getByText('办理过程').first().waitFor()
  return page
}

/** Fills the fields of the open step by their labels and submits it; a choice is taken by its words. */
export async function submitStep(
  page: Page,
  given: { fields?: Record<string, string>; choices?: readonly string[]; submit?: string },
): Promise<void> {
  for (const choice of given.choices ?? []) await page.getByRole('radio', { name: choice, exact: true }).check()
  for (const [label, value] of Object.entries(given.fields ?? {})) await page.getByLabel(label).fill(value)
  await button(page, given.submit ?? '提交').click()
}

/** Waits until the page says that a step was taken. */
export async function untilDone(page: Page, step: string): Promise<void> {
  await page.getByText(`已办理：${step}`).waitFor()
}

import type { Page } from 'playwright-core'
import { officer } from './officers.ts'
import type { Story } from './story.ts'

/** Opens the trial balance of an agency as its supervisor or another officer, and waits until the page says that it balances. */
export async function balancedBooks(story: Story, region: string, login: string): Promise<Page> {
  const page = await officer(story, region, login, '/books')
  await page.getByText('借贷平衡').waitFor()
  return page
}

/** What stands on an account at the end, as the page shows it. */
export async function closingOf(page: Page, account: string): Promise<string> {
  const row = page.getByRole('row').filter({ hasText: account })
  return (await row.getByRole('cell').last().innerText()).trim()
}

import type { Locator, Page } from 'playwright-core'

/** More stops than any page has before what a story looks for. */
const stopsMax = 120

/** Presses the tabulator until a control has the focus, as somebody does who has no mouse. Throws where it never gets there. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.first().waitFor()
  for (let stops = 0; stops < stopsMax; stops++) {
    if (await hasFocus(control)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the tabulator does not reach ${String(control)}`)
}

/** Goes to a control by the tabulator and presses a key on it. */
export async function pressOn(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press(key)
}

/** Goes to a field by the tabulator and types into it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.insertText(text)
}

async function hasFocus(control: Locator): Promise<boolean> {
  for (const each of await control.all()) {
    if (await each.evaluate((element) => element === document.activeElement).catch(() => false)) return true
  }
  return false
}

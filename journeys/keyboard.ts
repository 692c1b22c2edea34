import type { ElementHandle, FileChooser, Locator, Page } from 'playwright-core'
import { chooseItem, isItem } from './lists.ts'

/**
 * How the journeys are told: with no mouse, as WCAG 2.1.1 asks, or by the pointer (`TONGBAN_JOURNEYS_HAND=pointer`), as most people do and
 * everybody does on a phone.
 */
const isPointer = process.env.TONGBAN_JOURNEYS_HAND === 'pointer'

/** What a locator gives: an element of the page. */
type Found = ElementHandle<HTMLElement | SVGElement>

/** How often a control is tried until it can be worked; a twentieth of a second lies between. */
const triesMax = 400

/** Presses a control as somebody does: a link, a button, a choice, an item of an open list. */
export async function press(control: Locator): Promise<void> {
  if (isPointer) return control.click()
  if (await isItem(control)) return chooseItem(control)
  const kind = await control.evaluate(kindOf)
  if (kind === 'radio') return takeRadio(control)
  if (kind === 'tab') return walkTo(control)
  if (kind === 'row') return openRow(control)
  await goTo(control)
  if (kind === 'open') return
  await control.page().keyboard.press(kind === 'checkbox' ? 'Space' : 'Enter')
}

/** Presses a mark of a chart, or `same` in the table beside it, which is for who has no pointer. */
export async function pressMark(mark: Locator, same: Locator): Promise<void> {
  await press(isPointer ? mark : same)
}

/** Presses a control twice, as fast as an impatient hand. */
export async function pressTwice(control: Locator): Promise<void> {
  if (isPointer) return control.dblclick()
  await press(control)
  await control.page().keyboard.press('Enter')
}

/** Puts a text into a field, in place of what stands there; a date as `YYYY-MM-DD`. */
export async function enter(field: Locator, text: string): Promise<void> {
  if (isPointer) return field.fill(text)
  await goTo(field)
  const { keyboard } = field.page()
  if ((await field.getAttribute('type')) === 'date') return enterDate(field, text)
  await keyboard.press('ControlOrMeta+A')
  if (text === '') await keyboard.press('Delete')
  else await keyboard.insertText(text)
}

/** Takes a choice that may be taken already: a radio button or a checkbox. */
export async function choose(choice: Locator): Promise<void> {
  if (isPointer) return choice.check()
  await choice.waitFor({ state: 'attached' })
  if (!(await choice.isChecked())) await press(choice)
}

/** Takes an option of a native list by what it says; the keys of arrows go there. */
export async function pick(list: Locator, label: string): Promise<void> {
  if (isPointer) return void (await list.selectOption({ label }))
  await list.locator('option', { hasText: label }).first().waitFor({ state: 'attached' })
  await goTo(list)
  for (;;) {
    const steps = await list.evaluate((element, wanted) => {
      if (!(element instanceof HTMLSelectElement)) throw new Error('this is no list')
      const options = [...element.options].filter(({ disabled }) => !disabled)
      const at = options.findIndex(({ selected }) => selected)
      return options.findIndex(({ label: words }) => words.trim() === wanted) - at
    }, label)
    if (steps === 0) return
    await list.page().keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
  }
}

/** Chooses a region in the lists of a staff page, province first. */
export async function pickRegion(field: Locator, ...names: readonly string[]): Promise<void> {
  const page = field.page()
  await press(field)
  for (const name of names) await press(page.getByRole('menuitemcheckbox', { name }))
  await page.keyboard.press(isPointer ? 'Escape' : 'Enter')
}

/** Gives files to a field, by the chooser that it opens. */
export async function supply(field: Locator, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  if (isPointer) return field.setInputFiles(files)
  const page = field.page()
  const chosen = new Promise<FileChooser>((resolve) => page.once('filechooser', resolve))
  await arriveAt(page, () => field.evaluateHandle(openerOf), String(field))
  await page.keyboard.press('Enter')
  const chooser = await Promise.race([chosen, page.waitForTimeout(10_000)])
  if (!chooser) throw new Error(`no file can be chosen by keys at ${String(field)}`)
  await chooser.setFiles(files)
}

/**
 * Brings the focus to a control by the tabulator, from the stop before it. Throws where the tabulator does not come there, where nothing shows
 * that it has the focus (WCAG 2.4.7), and where something else hides it (2.4.11).
 */
export async function goTo(control: Locator): Promise<void> {
  if (isPointer) return control.focus()
  await control.waitFor({ state: 'attached' })
  await arriveAt(control.page(), () => control.evaluateHandle(ownerOf), String(control))
}

/** Why a control cannot be worked by keys at this moment: no stop, no sign that it has the focus, something before it; null where it can. */
export async function whyNotByKeys(control: Locator): Promise<string | null> {
  return tryToArrive(control.page(), await control.evaluateHandle(ownerOf))
}

/** Presses the tabulator from where the focus is until a control has it. Throws where it never gets there. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.first().waitFor()
  for (let stops = 0; stops < 120; stops++) {
    for (const each of await control.all()) {
      if (await each.evaluate((element) => element === document.activeElement).catch(() => false)) return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`the tabulator does not reach ${String(control)}`)
}

/** Looks for the control anew at each try: a page that has been made wider or narrower puts another element in its place. */
async function arriveAt(page: Page, find: () => Promise<Found>, name: string): Promise<void> {
  let why: string | null = ''
  for (let tries = 0; tries < triesMax; tries++) {
    why = await tryToArrive(page, await find())
    if (why === null) return
    await page.waitForTimeout(50)
  }
  throw new Error(`${name}: ${why}`)
}

/** Why a control does not get the focus or does not show it, or null where it does. */
async function tryToArrive(page: Page, owner: Found): Promise<string | null> {
  const way = await owner.evaluate(stepBeside)
  if (way === 'there') return null
  if (way !== 'Tab' && way !== 'Shift+Tab') return way
  const before = await owner.evaluate(looksOf)
  // Between two stops lie parts of a field for a date, and what only scrolls.
  for (let stops = 0; stops < 8; stops++) {
    await page.keyboard.press(way)
    if (await owner.evaluate((element) => element === document.activeElement)) return whyUnseen(page, owner, before)
  }
  const end = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))
  return `the tabulator does not come there, but to ${end}`
}

/** Why nobody sees that a control has the focus, or null. */
async function whyUnseen(page: Page, owner: Found, before: string): Promise<string | null> {
  for (let tries = 0; tries < 20; tries++) {
    if ((await owner.evaluate(looksOf)) !== before) return owner.evaluate(whyHidden)
    await page.waitForTimeout(25)
  }
  return 'nothing shows that it has the focus'
}

/** To one of several choices that are one stop of the tabulator: to the one that is taken, and on by arrows, which take what they come to. */
async function takeRadio(choice: Locator): Promise<void> {
  const { keyboard } = choice.page()
  const find = () => choice.evaluateHandle(ownerOf)
  await arriveAt(choice.page(), async () => (await find()).evaluateHandle(firstOfGroup), String(choice))
  const owner = await find()
  const steps = await owner.evaluate(stepsInGroup)
  for (let step = 0; step < Math.abs(steps); step++) await keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
  if (!(await isTaken(owner))) await keyboard.press('Space')
  if (!(await isTaken(owner)) && (await owner.evaluate((element) => element.isConnected)))
    throw new Error(`${String(choice)} is not taken by keys`)
}

const isTaken = (owner: Found) => owner.evaluate((element) => element instanceof HTMLInputElement && element.checked)

/** To one of several tabs that are one stop: to the open one, and on by arrows. */
async function walkTo(control: Locator): Promise<void> {
  const { keyboard } = control.page()
  const find = () => control.evaluateHandle(ownerOf)
  await arriveAt(control.page(), async () => (await find()).evaluateHandle(openOfTabs), String(control))
  const owner = await find()
  for (let step = 0; step < 30; step++) {
    if (await owner.evaluate((element) => element === document.activeElement)) return keyboard.press('Enter')
    await keyboard.press('ArrowRight')
  }
  throw new Error(`arrows do not come to ${String(control)}`)
}

/** To a row of a grid that is one stop, by arrows, and into it. */
async function openRow(control: Locator): Promise<void> {
  const { keyboard } = control.page()
  await arriveAt(control.page(), () => control.evaluateHandle(gridOf), String(control))
  await keyboard.press('Home')
  for (let step = 0; step < 100; step++) {
    const hasCome = await control.evaluate((element) => {
      const current = element.closest('[role=grid]')?.getAttribute('aria-activedescendant')
      return element.closest('[role=row]')?.id === current
    })
    if (hasCome) return keyboard.press('Enter')
    await keyboard.press('ArrowDown')
  }
  throw new Error(`arrows do not come to ${String(control)}`)
}

/** The keys of a date part by part, in the orders that browsers have: who types sees which one it is. A year of four digits may not be full. */
async function enterDate(field: Locator, date: string): Promise<void> {
  const { keyboard } = field.page()
  const [year = '', month = '', day = ''] = date.split('-')
  const ways = [
    [month, day, year],
    [`00${year}`, month, day],
    [year, month, day],
    [day, month, year],
  ]
  for (const parts of ways) {
    for (const _ of parts) await keyboard.press('ArrowLeft')
    await keyboard.type(parts.join(''))
    if ((await field.inputValue()) === date) return
  }
  throw new Error(`${String(field)} does not take ${date} by keys`)
}

/** Runs in the page: what a control is to who presses keys. `open`: what opens by getting there. */
function kindOf(element: Element): 'press' | 'checkbox' | 'radio' | 'tab' | 'row' | 'open' {
  const label = element.closest('label')
  const owner = label?.control ?? element
  if (owner instanceof HTMLInputElement && owner.type === 'radio') return 'radio'
  if (owner instanceof HTMLInputElement && owner.type === 'checkbox') return 'checkbox'
  if (element.closest('[role=tab]')) return 'tab'
  if (element.closest('[role=grid][tabindex="0"] [role=row]')) return 'row'
  if (owner.getAttribute('role') === 'combobox' && owner.getAttribute('aria-expanded') === 'true') return 'open'
  return 'press'
}

/** Runs in the page: what gets the focus for an element that is pressed: the field of a label, the button around a word. */
function ownerOf(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  const label = element.closest('label')
  if (label?.control) return label.control
  return (
    element.closest<HTMLElement>('a[href], button, summary, input, select, textarea, [role=tab], [tabindex="0"]') ??
    element
  )
}

/** Runs in the page: what opens the chooser of a field for files. */
function openerOf(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  if (element.tabIndex >= 0 && element.checkVisibility({ opacityProperty: false })) return element
  const upload = element.closest('.ant-upload, label')
  return upload?.querySelector<HTMLElement>('button, [tabindex="0"]') ?? element
}

/** Runs in the page: of choices that are one stop, the one that the tabulator comes to. */
function firstOfGroup(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  if (!(element instanceof HTMLInputElement)) return element
  const root = element.form ?? document
  const group = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    ({ name, disabled }) => name === element.name && name !== '' && !disabled,
  )
  return group.find(({ checked }) => checked) ?? group[0] ?? element
}

/** Runs in the page: of the tabs beside one, the one that is open. */
function openOfTabs(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  return element.closest('[role=tablist]')?.querySelector<HTMLElement>('[role=tab][aria-selected=true]') ?? element
}

/** Runs in the page: the grid that a row belongs to. */
function gridOf(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  return element.closest<HTMLElement>('[role=grid]') ?? element
}

/** Runs in the page: how many arrows down it is to a choice from the one that has the focus. */
function stepsInGroup(element: HTMLElement | SVGElement): number {
  const focused = document.activeElement
  if (!(element instanceof HTMLInputElement && focused instanceof HTMLInputElement)) return 0
  const root = element.form ?? document
  const group = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    ({ name, disabled }) => name === element.name && name !== '' && !disabled,
  )
  return group.indexOf(element) - group.indexOf(focused)
}

/**
 * Runs in the page: puts the focus on the stop beside a control and tells by which key the control is next; `there` where it has the focus
 * already, or why it is no stop.
 */
function stepBeside(element: HTMLElement | SVGElement): string {
  if (!element.isConnected) return 'it is gone'
  if (element === document.activeElement) return 'there'
  const isStop = (each: HTMLElement | SVGElement) => {
    if (each.tabIndex < 0 || each.matches(':disabled') || each.closest('[inert]')) return false
    if (!each.checkVisibility({ visibilityProperty: true })) return false
    if (!(each instanceof HTMLInputElement) || each.type !== 'radio' || each.name === '') return true
    const root = each.form ?? document
    const group = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
      ({ name, disabled }) => name === each.name && !disabled,
    )
    return each === (group.find(({ checked }) => checked) ?? group[0])
  }
  const modals = [...document.querySelectorAll<HTMLElement>('dialog:modal, [role=dialog][aria-modal=true]')].filter(
    (modal) => modal.checkVisibility({ visibilityProperty: true }),
  )
  const place = modals.at(-1)
  if (place && !place.contains(element)) return `a dialog lies over it: ${place.innerText.slice(0, 40)}`
  const focusable = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable=true]'
  const stops = [...(place ?? document).querySelectorAll<HTMLElement | SVGElement>(focusable)].filter(isStop)
  const at = stops.indexOf(element)
  if (at < 0) return `it is no stop of the tabulator: ${element.outerHTML.slice(0, 200)}`
  const before = stops[at - 1]
  const beside = before ?? stops[at + 1]
  if (!beside) return 'it is the only stop'
  beside.focus()
  return before ? 'Tab' : 'Shift+Tab'
}

/** Runs in the page: how a control and what is around it look, as far as the focus may change it. */
function looksOf(element: HTMLElement | SVGElement): string {
  const around: Element[] = [element]
  const isDrawnByOthers = element instanceof HTMLInputElement && ['radio', 'checkbox', 'file'].includes(element.type)
  if (isDrawnByOthers) around.push(...(element.parentElement?.children ?? []))
  for (let outer = element.parentElement; outer && around.length < 12; outer = outer.parentElement) around.push(outer)
  const looks = around.flatMap((each) =>
    [undefined, '::before', '::after'].map((part) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(each, part)
      const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth}`
      return [outline, boxShadow, borderColor, backgroundColor].join(' ')
    }),
  )
  return looks.join('|')
}

/** Runs in the page: where something else hides a control altogether, by what; else null. */
function whyHidden(element: HTMLElement | SVGElement): string | null {
  const shown = element.closest('label') ?? element
  const { left, top, width, height } = shown.getBoundingClientRect()
  if (width < 3 || height < 3) return null
  const shares = [0.5, 0.1, 0.9]
  const hits = shares.flatMap((across) =>
    shares.map((down) => document.elementFromPoint(left + width * across, top + height * down)),
  )
  const isOwn = (hit: Element | null) => hit !== null && (shown.contains(hit) || hit.contains(shown))
  if (hits.some(isOwn)) return null
  return `it lies behind ${hits[0]?.outerHTML.slice(0, 120) ?? 'the edge of the window'}`
}

import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { newViolationsOf } from './axe.ts'
import { press } from './keyboard.ts'
import { type Screen, screens } from './screens.ts'

/** Whom a page is opened for: a synthetic user of a region, at their own screen, in their own language. */
export type Visitor = {
  region: string
  portal: 'resident' | 'staff'
  login: string
  screen?: Screen
  lang?: 'zh' | 'en'
}

/** A browser in which every visitor has a window and a session of their own. */
export type Visits = {
  /** The visitor's window, signed in by a click on the demo user; the same at every call. It shows `path`, where one is given. */
  as(visitor: Visitor, path?: string): Promise<Page>
  /** A window of somebody who is not signed in. */
  anonymous(screen: Screen, lang?: 'zh' | 'en'): Promise<Page>
  /** What went wrong in any window since the last call: errors in the console, exceptions, answers 5xx. */
  takeFaults(): string[]
  /** What of WCAG 2.2 AA the pages violate that the windows show, those like one that was looked at before left out. */
  takeViolations(): Promise<string[]>
  /** Takes pictures of all windows into `.screenshots/`. */
  shootAll(name: string): Promise<void>
  close(): Promise<void>
}

const browserOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
}

/** Opens the browser for visits to a product at `url`. */
export async function openBrowser(url: string): Promise<Visits> {
  const browser = await chromium.launch(browserOptions)
  const windows = new Map<string, Page>()
  const faults: string[] = []
  const open = async (name: string, screen: Screen, lang: 'zh' | 'en') => {
    const context = await newContext(browser, url, screen, lang)
    const page = await context.newPage()
    watch(page, name, faults)
    windows.set(name, page)
    return page
  }
  return {
    as: async (visitor, path) => {
      const { region, portal, login, lang = 'zh', screen = portal === 'staff' ? 'desk' : 'phone' } = visitor
      const name = `${region}-${login}-${screen}-${lang}`
      const known = windows.get(name)
      if (known) {
        if (path !== undefined) await known.goto(path)
        return known
      }
      const page = await open(name, screen, lang)
      await page.goto(path ?? `/${region}/${portal}`)
      await signIn(page, portal, login)
      return page
    },
    anonymous: (screen, lang = 'zh') => open(`anonymous-${screen}-${lang}-${windows.size}`, screen, lang),
    takeFaults: () => faults.splice(0),
    shootAll: async (name) => {
      for (const [window, page] of windows) await takePicture(page, `${name}/${window}`)
    },
    takeViolations: async () => {
      const found: string[] = []
      for (const page of windows.values()) found.push(...(await newViolationsOf(page)))
      return found
    },
    close: () => browser.close(),
  }
}

async function newContext(browser: Browser, url: string, screen: Screen, lang: 'zh' | 'en'): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: screens[screen],
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name: 'lang', value: lang, url }])
  return context
}

/** Refusals are part of the journeys: the browser's own line about an answer 4xx is no fault. */
function watch(page: Page, name: string, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return
    faults.push(`${name} ${page.url()} console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`${name} ${page.url()} exception: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${name} ${response.status()} ${response.url()}`)
  })
}

/** Residents are listed by name, staff by login beside the name; the password of both is the demo's own. */
async function signIn(page: Page, portal: 'resident' | 'staff', login: string): Promise<void> {
  const users = page.getByRole('listitem').getByRole('button')
  if (portal === 'staff') await press(users.filter({ has: page.getByText(login, { exact: true }) }))
  else await press(users.filter({ hasText: login }).first())
  await page
    .getByRole('button', { name: /退出登录|Sign out/ })
    .or(page.getByRole('navigation'))
    .first()
    .waitFor()
}

/** The pictures of the tour in the README, by what the journeys call them. */
const tour: Readonly<Record<string, string>> = {
  'journey-3/A1.09': 'filing-refused',
  'journey-1/14-line-by-line': 'settlement-record',
  'journey-1/05-exclusive-posts': 'same-officer',
  'pages/overview-desk-zh': 'overview',
  'counter/taken-over': 'desk-of-two',
  'workbench-desk-zh': 'workbench',
}

/** A picture of what a story has come to; throws where axe-core sees that the page violates WCAG 2.2 AA, unless it has seen one like it. */
export async function shoot(page: Page, name: string): Promise<void> {
  await takePicture(page, name)
  const violations = await newViolationsOf(page)
  if (violations.length > 0) throw new Error(`WCAG 2.2 AA is violated at ${name}:\n${violations.join('\n')}`)
}

/** A picture of the whole page in `.screenshots/<name>.png`, which git does not keep; `TONGBAN_PICTURES=accept` renews those of the tour. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../.screenshots/${name}.png`, import.meta.url))
  mkdirSync(dirname(path), { recursive: true })
  const screen = page.viewportSize()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  // What stands at the foot of the screen stands at the foot of the picture.
  if (screen && height > screen.height) await page.setViewportSize({ ...screen, height })
  await page.screenshot({ path, fullPage: true, animations: 'disabled' })
  if (process.env.TONGBAN_PICTURES === 'accept' && tour[name] !== undefined) {
    copyFileSync(path, fileURLToPath(new URL(`../docs/tour/${tour[name]}.png`, import.meta.url)))
  }
  if (screen) await page.setViewportSize(screen)
}

/** A button by its words; two Chinese characters may stand apart (提 交). */
export function button(place: Page | Locator, words: string): Locator {
  const pattern = [...words].map((character) => character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*')
  return place.getByRole('button', { name: new RegExp(`^(loading)?\\s*${pattern}$`) })
}

/** The case that a window shows, by its address. */
export function caseIdOf(page: Page): string {
  const [, caseId] = /\/cases\/([^/?]+)/.exec(page.url()) ?? []
  if (caseId === undefined) throw new Error(`${page.url()} shows no case`)
  return caseId
}

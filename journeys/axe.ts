import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { type Screen, screens } from './screens.ts'

type Look = { screen: Screen; colours: 'light' | 'dark'; rules: string[] }

// What is laid out otherwise on the phone has the same colours, and dark is the same page in other colours.
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const looks: Look[] = [
  { screen: 'desk', colours: 'light', rules: everything },
  { screen: 'desk', colours: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { screen: 'phone', colours: 'light', rules: everything },
]

/** What of WCAG 2.2 AA a page violates, as far as axe-core sees it: on the phone and on the desk, light and (on the desk) dark. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const found: string[] = []
  for (const { screen, colours, rules } of looks) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' })
    await page.setViewportSize(screens[screen])
    await page.waitForFunction((colour) => document.documentElement.dataset.colour === colour, colours)
    // The menu slides in or out when the screen changes, and colours fade.
    await page.waitForTimeout(100)
    await page.waitForFunction(hasCome)
    const violations = await page.evaluate(lookAt, rules)
    found.push(...violations.map((violation) => `${new URL(page.url()).pathname} ${screen} ${colours}: ${violation}`))
  }
  return found
}

/**
 * The same of a page in the middle of a story, and leaves it as it was. A page like one that any story of the run has looked at is not looked at
 * again: pages are alike where their addresses differ in numbers alone, and their headings and what is asked are the same.
 */
export async function newViolationsOf(page: Page): Promise<string[]> {
  if (page.isClosed() || !page.url().startsWith('http') || !isFirst(await page.evaluate(kindOfPage))) return []
  const screen = page.viewportSize()
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const found = await violationsOf(page)
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light', reducedMotion: 'reduce' })
  if (screen) await page.setViewportSize(screen)
  return found
}

/** Whether no story of the run has come to this kind of page; two stories never both have. */
function isFirst(kind: string): boolean {
  try {
    mkdirSync(join(inject('looked'), createHash('sha256').update(kind).digest('hex')))
    return true
  } catch {
    return false
  }
}

/** Runs in the page. */
function kindOfPage(): string {
  const place = location.pathname.replace(/^\/\d{6}/, '').replaceAll(/[0-9a-f-]{20,}|\d+/g, '*')
  const shown = [...document.querySelectorAll('h1, h2, legend, label, [role=dialog] .ant-modal-title, th')]
  const words = shown.filter((each) => each.checkVisibility()).map((each) => each.textContent ?? '')
  const fixed = words.filter((each) => !/\d|·/.test(each))
  return [place, ...new Set(fixed)].join('\n')
}

/** Runs in the page: whether nothing moves or fades into another state any more. */
function hasCome(): boolean {
  return document
    .getAnimations()
    .every((moving) => moving.playState !== 'running' || moving.effect?.getComputedTiming().iterations === Infinity)
}

/** Runs in the page, where axe-core has put itself. */
async function lookAt(rules: string[]): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') }
  const { violations } = await axe.run(document, { runOnly: rules })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 160)}`))
}

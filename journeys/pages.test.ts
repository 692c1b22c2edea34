import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Visitor } from './browser.ts'
import { comparePictures, pictureDefects } from './pictures.ts'
import { eightMonthsInUrumqi, file } from './residents.ts'
import { type Screen, screens } from './screens.ts'
import { visitProduct } from './story.ts'

// The pages that are used most, as people see them: on the phone and on the desk, in Chinese and in English; each looks as when it was accepted.

const visit = visitProduct('pages')

/** The demo world's clock goes on. */
const clock = '.staff-demo-clock'

/** `changing` names what else looks different each time. */
type MostUsed = { name: string; visitor: Visitor | null; path: string; ready: RegExp; changing?: string }

const liNa: Visitor = { region: '320000', portal: 'resident', login: '示例·李娜' }
const hospital: Visitor = { region: '650000', portal: 'staff', login: 'urumqi-hospital-office' }
const supervisor: Visitor = { region: '650000', portal: 'staff', login: 'xinjiang-supervisor' }
const accept: Visitor = { region: '320000', portal: 'staff', login: 'nanjing-accept' }

const mostUsed: MostUsed[] = [
  { name: 'entrance', visitor: null, path: '/', ready: /个人办事|For residents/ },
  { name: 'workbench', visitor: null, path: '/320000/workbench?people=100000', ready: /After the change|改后/ },
  { name: 'resident-sign-in', visitor: null, path: '/320000/resident', ready: /示例·李娜/ },
  { name: 'staff-sign-in', visitor: null, path: '/320000/staff', ready: /nanjing-accept/ },
  { name: 'resident-home', visitor: liNa, path: '/320000/resident', ready: /出示电子社保卡|Show my e-card/ },
  {
    name: 'filing',
    visitor: liNa,
    path: '/320000/resident/services/work-injury/filing?page=1',
    ready: /您为什么要在外地治疗工伤|Why/,
  },
  { name: 'directory', visitor: liNa, path: '/320000/resident/services', ready: /共 \d+ 项|\d+ found/ },
  { name: 'entitlements', visitor: liNa, path: '/320000/resident/entitlements', ready: /我能享受什么|What can I get/ },
  { name: 'cases', visitor: liNa, path: '/320000/resident/cases', ready: /BA32/ },
  {
    name: 'card',
    visitor: liNa,
    path: '/320000/resident/card',
    ready: /秒后自动换新码|A new code in/,
    changing: 'svg, canvas, [role=timer], time',
  },
  { name: 'tasks', visitor: accept, path: '/320000/staff/tasks', ready: /BA32/ },
  { name: 'stays', visitor: hospital, path: '/650000/staff/work-injury/stays', ready: /ZY65/ },
  { name: 'admit', visitor: hospital, path: '/650000/staff/work-injury/admit', ready: /核验身份|Check the card/ },
  {
    name: 'overview',
    visitor: supervisor,
    path: '/650000/staff/work-injury/overview',
    ready: /出院到拨付|Days from discharge/,
  },
  { name: 'settlements', visitor: supervisor, path: '/650000/staff/work-injury/settlements', ready: /ZY65/ },
  {
    name: 'books',
    visitor: supervisor,
    path: '/650000/staff/books',
    ready: /请把链首另行保存|Keep this head elsewhere/,
  },
  { name: 'targets', visitor: supervisor, path: '/650000/staff/targets', ready: /不超过40%|≤ 40%/ },
  {
    name: 'lists',
    visitor: supervisor,
    path: '/650000/staff/lists?list=training-projects',
    ready: /四环节齐全|complete/,
  },
  { name: 'people', visitor: accept, path: '/320000/staff/people', ready: /查询|Search/ },
  { name: 'institutions', visitor: accept, path: '/320000/staff/institutions', ready: /医院|hospital/i },
  { name: 'activities', visitor: null, path: '/650000/resident/activities', ready: /已经开始|begun/ },
]

// So that a list of tasks has something to do in it.
beforeAll(async () => {
  await file(await visit.visits.as(liNa), liNa.region, eightMonthsInUrumqi)
})

describe.each(['zh', 'en'] as const)('the most used pages, %s', (lang) => {
  it.each(mostUsed)('$name', async ({ name, visitor, path, ready, changing }) => {
    const page = await (visitor ? visit.visits.as(visitor) : visit.visits.anonymous('phone', lang))
    await page.context().addCookies([{ name: 'lang', value: lang, url: visit.product.url }])
    const pictures: string[] = []
    for (const screen of ['phone', 'desk'] satisfies Screen[]) {
      await page.setViewportSize(screens[screen])
      if (screen === 'phone') await openWhenReady(page, path, ready)
      await page.getByText(ready).filter({ visible: true }).first().waitFor()
      // The menu slides in or out when the screen changes.
      await expect.poll(() => defectsOf(page, screen, lang), { timeout: 5_000 }).toEqual([])
      await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {})
      await page.locator(changing ? `${clock}, ${changing}` : clock).evaluateAll(setVisibility, 'hidden')
      pictures.push(...(await pictureDefects(page, `pages/${name}-${screen}-${lang}`)))
      await page.locator(changing ? `${clock}, ${changing}` : clock).evaluateAll(setVisibility, '')
    }
    expect(pictures).toEqual([])
  })
})

it('a picture with a line in another place looks different, and one that is longer', () => {
  const drawn = (height: number, line: number) => {
    const picture = new PNG({ width: 180, height })
    picture.data.fill(255)
    picture.data.fill(0, line * 180 * 4, (line + 4) * 180 * 4)
    for (let alpha = 3; alpha < picture.data.length; alpha += 4) picture.data[alpha] = 255
    return picture
  }
  const share = (one: PNG, other: PNG) => comparePictures(one, other).share
  expect(share(drawn(100, 10), drawn(100, 10))).toBe(0)
  expect(share(drawn(100, 10), drawn(100, 30))).toBeCloseTo(0.08)
  expect(share(drawn(100, 10), drawn(120, 10))).toBeCloseTo(20 / 120)
})

/** The books are sealed once a minute, and their page says which: what comes with time comes by opening the page again. */
async function openWhenReady(page: Page, path: string, ready: RegExp): Promise<void> {
  const isReady = async () => {
    await page.goto(path)
    const shown = page.getByText(ready).filter({ visible: true }).first()
    return shown.waitFor({ timeout: 15_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(isReady, { timeout: 90_000 }).toBe(true)
}

/** Runs in the page: leaves the place of what changes and takes the sight of it, or gives it back. */
function setVisibility(changing: Element[], visibility: string): void {
  for (const element of changing) {
    if (element instanceof HTMLElement || element instanceof SVGElement) element.style.visibility = visibility
  }
}

/** What a simple look at the document finds missing. */
async function defectsOf(page: Page, screen: Screen, lang: string): Promise<string[]> {
  const { title, shownLang, mains, headings, unlabelled, width } = await page.evaluate(readPage)
  return [
    ...(title.trim() === '' ? ['no title'] : []),
    ...(shownLang.startsWith(lang) ? [] : [`the document says that it is in ${shownLang}`]),
    ...(mains === 1 ? [] : [`${mains} main landmarks`]),
    ...(headings === 0 ? ['no heading of the first level'] : []),
    ...unlabelled.map((control) => `no label: ${control}`),
    ...(width > screens[screen].width ? [`scrolls sideways: ${width} px at ${screens[screen].width} px`] : []),
  ]
}

/** Runs in the page. */
function readPage() {
  const isNamed = (control: Element) =>
    control.hasAttribute('aria-label') ||
    control.hasAttribute('aria-labelledby') ||
    (control instanceof HTMLInputElement && control.labels !== null && control.labels.length > 0) ||
    (control instanceof HTMLTextAreaElement && control.labels.length > 0) ||
    (control instanceof HTMLSelectElement && control.labels.length > 0)
  const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  return {
    title: document.title,
    shownLang: document.documentElement.lang,
    mains: document.querySelectorAll('main, [role=main]').length,
    headings: document.querySelectorAll('h1').length,
    unlabelled: controls
      .filter((control) => control.checkVisibility() && !isNamed(control))
      .map((control) => control.outerHTML.slice(0, 160)),
    width: document.documentElement.scrollWidth,
  }
}

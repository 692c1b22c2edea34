import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { button, shoot } from './browser.ts'
import { type Desk, openDesk } from './desk.ts'
import { choose, enter, press, pressTwice } from './keyboard.ts'
import { tellStory } from './story.ts'
import { type Connection, layConnection, openTablet, type Tablet } from './tablet.ts'

// A team visits homes with a tablet: no connection on the way, the browser killed while it fills in and while it sends; each form once at the office.

const region = '320000'
const story = tellStory('offline', { regions: '000000,320000' })
const certificate = '残疾人证原件甲零零壹'
const pages = `/${region}/staff`
const visited = ['示例·李娜', '示例·王强', '示例·陈五月'] as const

let connection: Connection
let profile = ''
let tablet: Tablet | undefined
let officer: Desk
const caseIds: string[] = []

const taken = z.object({ caseId: z.string(), seq: z.number() })
const people = z.object({ items: z.array(z.object({ login: z.string(), displayName: z.string() })) })
const caseView = z.object({
  file: z.object({ seq: z.number(), status: z.string(), state: z.object({ attempts: z.number() }).loose() }),
})
const history = z.object({ items: z.array(z.object({ kind: z.string() })) })
const needs = z.object({ items: z.array(z.object({ evidence: z.string() })) })

beforeAll(async () => {
  connection = await layConnection(story.product.url)
  profile = await mkdtemp(join(tmpdir(), 'tongban-tablet-'))
})
afterAll(async () => {
  await tablet?.kill()
  await connection?.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

async function open(path = '/home-visits/route'): Promise<Page> {
  tablet = await openTablet(profile, connection.url)
  await tablet.page.goto(`${connection.url}${pages}${path}`)
  return tablet.page
}

async function signIn(page: Page): Promise<void> {
  const user = page
    .getByRole('listitem')
    .getByRole('button')
    .filter({ has: page.getByText('nanjing-accept', { exact: true }) })
  const signedIn = page.getByRole('button', { name: '退出登录' })
  await user.or(signedIn).first().waitFor()
  if (await user.isVisible()) await press(user)
  await signedIn.waitFor()
}

const stop = (page: Page, name: string) => page.locator('.ant-card').filter({ hasText: name })

async function unfold(page: Page, name: string, form: string) {
  const card = stop(page, name)
  const inside = card.getByRole('button', { name: /填好了，发送|改好再发/ })
  // What was kept is shown first, and folded again when the office's own answer takes its place.
  await expect
    .poll(
      async () => {
        if ((await inside.count()) === 0) await press(card.getByRole('button', { name: form }))
        await page.waitForTimeout(700)
        return inside.count()
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
  return card
}

describe('visits at home without a connection (B4.10)', () => {
  it('three visits are asked for and scheduled for today', async () => {
    const anyone = await openDesk(story.product.url, region, 'nanjing-accept')
    officer = anyone
    const users = await officer.get('/demo/users', people)
    const { teams } = await officer.get(
      '/services/home-visits/teams',
      z.object({ teams: z.array(z.object({ teamId: z.string(), name: z.string() })) }),
    )
    const { today } = await officer.get('/me', z.object({ today: z.string() }))
    for (const [index, name] of visited.entries()) {
      const login = users.items.find(({ displayName }) => displayName === name)?.login ?? ''
      const person = await openDesk(story.product.url, region, login)
      const matter = index === 2 ? 'card_activation' : 'other_matter'
      const place = `示例路${index + 1}号`
      const body = { reason: 'no_time', matter, place }
      const asked = await person.post('/cases', { flow: 'home-visit', body }, taken)
      const set = { teamId: teams[0]?.teamId, on: today, slot: 'morning' }
      const step = { step: 'schedule', expectedSeq: asked.seq, body: set }
      await officer.post(`/cases/${asked.caseId}/steps`, step, taken)
      caseIds.push(asked.caseId)
    }
  })

  it('the route is taken along, and is read where there is no connection', async () => {
    const page = await open()
    await signIn(page)
    await press(button(page, '带上，离线可用'))
    await page.getByText('已带上').waitFor()
    connection.cut()
    await page.reload()
    for (const name of visited) await stop(page, name).first().waitFor()
    await shoot(page, 'offline/01-route')
  })

  it('forms are filled in; what is typed survives a kill, finished or not', async () => {
    const page = tablet?.page
    if (!page) throw new Error('no tablet')
    const first = await unfold(page, visited[0], '登记上门结果')
    await enter(first.getByLabel('办了什么'), '讲解异地就医备案')
    await press(button(first, '填好了，发送'))
    await first.getByText('已存在本机').waitFor()
    const need = await unfold(page, visited[0], '登记长期需要上门')
    await enter(need.getByLabel('看过的证明'), certificate)
    await pressTwice(button(need, '填好了，发送'))
    await expect.poll(() => first.getByText('已存在本机').count()).toBe(2)
    const second = await unfold(page, visited[1], '登记上门结果')
    await choose(second.getByRole('radio', { name: '未办成' }))
    await enter(second.getByLabel('办了什么'), '家中无人')
    await expect.poll(() => page.getByText('2 份表单等待发送').count()).toBe(1)
    await shoot(page, 'offline/02-filled-in')
    await page.waitForTimeout(500)
    await tablet?.kill()
    expect(await profileHolds(certificate)).toBe(false)

    const again = await open()
    await again.getByText('2 份表单等待发送').waitFor()
    const card = await unfold(again, visited[1], '登记上门结果')
    await expect.poll(() => card.getByLabel('办了什么').inputValue()).toBe('家中无人')
    await press(button(card, '填好了，发送'))
    const third = await unfold(again, visited[2], '登记上门结果')
    await enter(third.getByLabel('办了什么'), '激活')
    await press(button(third, '填好了，发送'))
    await again.getByText('4 份表单等待发送').waitFor()
  })

  it('killed in the middle of sending: done at the office, and the tablet does not know', async () => {
    const done = connection.loseAnswersTo('/steps')
    const page = tablet?.page
    if (!page) throw new Error('no tablet')
    await page.reload()
    // Only whoever filled the forms in sends them, and not before the office says who is signed in.
    await signIn(page)
    await shoot(page, 'offline/02-connected')
    await done
    await tablet?.kill()
    expect(await recordedVisits(0)).toBe(1)
  })

  it('opened again, each form arrives once; what is refused is told, changed and sent', async () => {
    connection.mend()
    const page = await open()
    await signIn(page)
    await page.getByText('1 份表单没有被受理').waitFor()
    await expect.poll(() => page.getByText('份表单等待发送').count()).toBe(0)
    await press(page.getByRole('link', { name: '查看' }))
    await page
      .getByText(/业务号|业务编号/)
      .first()
      .waitFor()
    await shoot(page, 'offline/03-refused')
    await page.goto(`${connection.url}${pages}/home-visits/route`)
    const card = await unfold(page, visited[2], '登记上门结果')
    await press(button(card, '改好再发'))
    await choose(card.getByRole('radio', { name: '未办成' }))
    await press(button(card, '填好了，发送'))
    await stop(page, visited[2]).first().waitFor({ state: 'detached' })
    await shoot(page, 'offline/04-all-sent')
    expect(await Promise.all([0, 1, 2].map(recordedVisits))).toEqual([1, 1, 1])
    const states = await Promise.all(caseIds.map((caseId) => officer.get(`/cases/${caseId}`, caseView)))
    expect(states.map(({ file }) => [file.status, file.state.attempts])).toEqual([
      ['done', 0],
      ['requested', 1],
      ['requested', 1],
    ])
    const { items } = await officer.get('/services/home-visits/needs', needs)
    expect(items.filter(({ evidence }) => evidence === certificate)).toHaveLength(1)
  })

  it('signing out takes everything away, also without a connection', async () => {
    const page = tablet?.page
    if (!page) throw new Error('no tablet')
    await button(page, '带上，离线可用').or(page.getByText('已带上')).first().waitFor()
    connection.cut()
    await press(page.getByRole('button', { name: '退出登录' }))
    await page.getByText('工作人员登录').waitFor()
    await page.reload()
    await page.getByText('工作人员登录').waitFor()
    connection.mend()
    await page.reload()
    await page.getByText('工作人员登录').waitFor()
    await shoot(page, 'offline/05-signed-out')
  })
})

async function recordedVisits(index: number): Promise<number> {
  const { items } = await officer.get(`/cases/${caseIds[index]}/history`, history)
  return items.filter(({ kind }) => kind === 'recordVisit').length
}

/** Whether words stand readable in any file of the tablet's store. */
async function profileHolds(words: string): Promise<boolean> {
  const encodings = [Buffer.from(words, 'utf8'), Buffer.from(words, 'utf16le')]
  const folder = join(profile, 'Default', 'IndexedDB')
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const stored = files.filter((file) => file.isFile())
  expect(stored.length).toBeGreaterThan(0)
  for (const file of stored) {
    const bytes = await readFile(join(file.parentPath, file.name))
    if (encodings.some((part) => bytes.includes(part))) return true
  }
  return false
}

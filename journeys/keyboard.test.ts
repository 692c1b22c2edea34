import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visits } from './browser.ts'
import { choose, enter, pick, press, whyNotByKeys } from './keyboard.ts'

// The hand that tells the journeys is only worth something if it cannot do what nobody can who has no mouse.

let visits: Visits
let page: Page
beforeAll(async () => {
  visits = await openBrowser('http://127.0.0.1')
  page = await visits.anonymous('desk')
})
afterAll(() => visits.close())

const before = '<button>before</button>'

describe('what cannot be worked by keys', () => {
  it.each([
    ['only the pointer does anything to it', '<div onclick="done()">it</div>', /no stop/],
    ['it is taken out of the order', '<button tabindex="-1">it</button>', /no stop/],
    ['it is disabled', '<button disabled>it</button>', /no stop/],
    ['nothing shows that it has the focus', '<button style="outline: none">it</button>', /nothing shows/],
    [
      'something lies before it',
      '<button>it</button><div style="position: fixed; inset: 0; background: white"></div>',
      /lies behind/,
    ],
    ['it sends the focus away', '<button onfocus="this.blur()">it</button>', /does not come there/],
    ['a dialog is open over it', '<button>it</button><dialog id="over"><button>other</button></dialog>', /a dialog/],
  ])('%s', async (_, html, why) => {
    await page.setContent(before + html)
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#over')?.showModal())
    expect(await whyNotByKeys(page.getByText('it', { exact: true }))).toMatch(why)
  })
})

describe('what can', () => {
  it('each control takes the keys of its kind', async () => {
    await page.setContent(`${before}
      <label>day <input type="date"></label> <input aria-label="name" value="old">
      <label><input type="radio" name="one">first</label><label><input type="radio" name="one">second</label>
      <label><input type="checkbox">agreed</label>
      <select aria-label="list"><option>a</option><option>b</option><option>c</option></select>
      <button onclick="this.textContent = 'pressed'">press</button>`)
    await enter(page.getByLabel('day'), '2026-05-11')
    await enter(page.getByLabel('name'), 'new')
    await choose(page.getByRole('radio', { name: 'second' }))
    await choose(page.getByLabel('agreed'))
    await pick(page.getByLabel('list'), 'c')
    await press(page.getByRole('button', { name: 'press' }))
    expect(await page.getByLabel('day').inputValue()).toBe('2026-05-11')
    expect(await page.getByLabel('name').inputValue()).toBe('new')
    expect(await page.getByRole('radio', { name: 'second' }).isChecked()).toBe(true)
    expect(await page.getByLabel('agreed').isChecked()).toBe(true)
    expect(await page.getByLabel('list').inputValue()).toBe('c')
    await page.getByRole('button', { name: 'pressed' }).waitFor()
  })

  it('a control is worked that another element has taken the place of on the way to it', async () => {
    // Whoever is first called gives way, as a table does when the page becomes wide again.
    await page.setContent(`${before}<p><button id="it">it</button></p>
      <script>
        const place = document.querySelector('p')
        const first = place.firstElementChild
        document.querySelector('button').addEventListener('focus', () => {
          if (first.isConnected) place.innerHTML = '<button onclick="this.textContent = \\'pressed\\'">it</button>'
        })
      </script>`)
    await press(page.getByRole('button', { name: 'it', exact: true }))
    await page.getByRole('button', { name: 'pressed' }).waitFor()
  })
})

import type { Locator } from 'playwright-core'

/** What the keys of arrows go through in a list that is open, and the mark of the item that they have come to. */
const lists = [
  { item: '.ant-select-item-option', come: 'ant-select-item-option-active' },
  { item: '.ant-cascader-menu-item', come: 'ant-cascader-menu-item-active' },
  { item: '.ant-dropdown-menu-item', come: 'ant-dropdown-menu-item-active' },
] as const

const inAList = lists.map(({ item }) => item).join(', ')

/** Whether a control is an item of a list that is open, which has the focus as a whole. */
export async function isItem(control: Locator): Promise<boolean> {
  await control.waitFor({ state: 'attached' })
  return control.evaluate((element, item) => element.closest(item) !== null, inAList)
}

/** Goes to an item of an open list by arrows, and takes it; of lists that lead on to further ones it only opens the next. */
export async function chooseItem(control: Locator): Promise<void> {
  const { keyboard } = control.page()
  for (let tries = 0; tries < 120; tries++) {
    const { hasCome, isOfSeveral } = await control.evaluate(whereTheKeysAre, lists)
    if (!hasCome) await keyboard.press(isOfSeveral === 'before' ? 'ArrowRight' : 'ArrowDown')
    else if (isOfSeveral === 'no') return keyboard.press('Enter')
    else return
  }
  throw new Error(`arrows do not come to ${String(control)}`)
}

type Place = { hasCome: boolean; isOfSeveral: 'no' | 'before' | 'here' }

/** Runs in the page: whether the keys have come to an item; of several lists beside each other, whether they are in one before it. */
function whereTheKeysAre(element: Element, known: typeof lists): Place {
  for (const { item, come } of known) {
    const own = element.closest(item)
    if (!own) continue
    const hasCome = own.classList.contains(come)
    const list = own.closest('.ant-cascader-menu')
    if (!list) return { hasCome, isOfSeveral: 'no' }
    const isBefore = list.previousElementSibling !== null && list.querySelector(`.${come}`) === null
    return { hasCome, isOfSeveral: isBefore ? 'before' : 'here' }
  }
  return { hasCome: false, isOfSeveral: 'no' }
}

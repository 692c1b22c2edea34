import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { openBrowser, type Visits } from './browser.ts'
import { type Product, startProduct } from './product.ts'

/** A product of its own and the browser that visits it, for one test file. */
export type Story = { product: Product; visits: Visits }

/** Where a story plays: codes of regions with commas between, the hub (`000000`) among them. */
type Setting = { regions?: string }

/**
 * Gives a test file a product of its own: it starts before the first test and stops after the last. A test whose pages report an error fails,
 * and one that ends on pages that violate WCAG 2.2 AA; pictures of how a failed test ended are kept.
 */
export function visitProduct(name: string, { regions }: Setting = {}): Story {
  const started: Partial<Story> = {}
  beforeAll(async () => {
    started.product = await startProduct(regions)
    started.visits = await openBrowser(started.product.url)
  })
  afterAll(async () => {
    await started.visits?.close()
    await started.product?.stop()
  })
  afterEach(async ({ task }) => {
    const faults = started.visits?.takeFaults() ?? []
    const isFailed = task.result?.state === 'fail' || faults.length > 0
    if (isFailed) await started.visits?.shootAll(`${name}/failed`)
    expect(faults).toEqual([])
    if (!isFailed) expect(await started.visits?.takeViolations()).toEqual([])
  })
  return {
    get product() {
      return begun(started.product)
    },
    get visits() {
      return begun(started.visits)
    },
  }
}

/** As `visitProduct`, for tests that are one story: after a step that fails the rest is skipped, since it would only say the same again. */
export function tellStory(name: string, setting: Setting = {}): Story {
  let isBroken = false
  beforeEach(({ skip, onTestFailed }) => {
    skip(isBroken, 'an earlier step of the story failed')
    onTestFailed(() => {
      isBroken = true
    })
  })
  return visitProduct(name, setting)
}

function begun<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the story has not begun')
  return part
}

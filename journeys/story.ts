import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { openBrowser, type Visits } from './browser.ts'
import { type Product, startProduct } from './product.ts'

/** A product of its own and the browser that visits it, for one test file. */
export type Story = { product: Product; visits: Visits }

/**
 * Sets a test file up as one story told in steps: the product starts before the first and stops after the last. A step whose pages report an
 * error fails; after a step that fails the rest is skipped, since it would only say the same again. Pictures of how it ended are kept.
 */
export function tellStory(name: string): Story {
  const started: Partial<Story> = {}
  let isBroken = false
  beforeAll(async () => {
    started.product = await startProduct()
    started.visits = await openBrowser(started.product.url)
  })
  afterAll(async () => {
    await started.visits?.close()
    await started.product?.stop()
  })
  beforeEach(({ skip }) => skip(isBroken, 'an earlier step of the story failed'))
  afterEach(async ({ task }) => {
    const faults = started.visits?.takeFaults() ?? []
    const hasFailed = task.result?.state === 'fail' || faults.length > 0
    if (hasFailed) await started.visits?.shootAll(`${name}/failed`)
    isBroken ||= hasFailed
    expect(faults).toEqual([])
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

function begun<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the story has not begun')
  return part
}

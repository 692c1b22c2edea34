import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { takePicture } from './browser.ts'

const folder = (place: string) => fileURLToPath(new URL(place, import.meta.url))
const acceptedAt = (name: string) => folder(`pictures/${name}.png`)
const takenAt = (name: string) => folder(`../.screenshots/${name}.png`)

/** How many points of the screen go into one of a kept picture, each way: enough to see a line of text move, and small enough to be kept. */
const shrunkBy = 4

/** How many of a thousand points of a kept picture may look different: a moved line of text is more, a smoothed edge is less. */
const differentPerMille = 10

/**
 * Takes a picture of a page and holds it against the one that somebody looked at and accepted (`journeys/pictures/`, shrunk). Returns what is
 * wrong, in words; nothing where both look alike. `TONGBAN_PICTURES=accept` takes the picture as accepted. What is different is drawn in
 * `.screenshots/different/`.
 */
export async function pictureDefects(page: Page, name: string): Promise<string[]> {
  await untilStill(page)
  await takePicture(page, name)
  const taken = shrunk(PNG.sync.read(readFileSync(takenAt(name))))
  if (process.env.TONGBAN_PICTURES === 'accept') {
    write(acceptedAt(name), taken)
    return []
  }
  if (!existsSync(acceptedAt(name)))
    return [`${name}: no picture was accepted yet; look at it and run with TONGBAN_PICTURES=accept`]
  const accepted = PNG.sync.read(readFileSync(acceptedAt(name)))
  const { share, drawing } = comparePictures(taken, accepted)
  if (share * 1000 <= differentPerMille) return []
  write(takenAt(`different/${name}`), drawing)
  return [`${name}: ${(share * 100).toFixed(1)} % of it look different; see .screenshots/different/${name}.png`]
}

/** Until a page is as high as it was a moment before, and again: menus slide and tables fold when the screen changes. */
async function untilStill(page: Page): Promise<void> {
  const height = () => page.evaluate(() => document.documentElement.scrollHeight)
  let before = -1
  for (let still = 0, tries = 0; still < 4 && tries < 50; tries++) {
    await page.waitForTimeout(100)
    const now = await height()
    still = now === before ? still + 1 : 0
    before = now
  }
}

/** The share of points of two pictures that look different, of the larger of both, and a drawing of where. What only one of them has is different. */
export function comparePictures(one: PNG, other: PNG): { share: number; drawing: PNG } {
  const size = { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) }
  const drawing = new PNG(size)
  const different = pixelmatch(
    onCanvas(one, size).data,
    onCanvas(other, size).data,
    drawing.data,
    size.width,
    size.height,
    { threshold: 0.2 },
  )
  return { share: different / (size.width * size.height), drawing }
}

/** A picture in the corner of an empty one: an empty point is like no point that is drawn. */
function onCanvas(picture: PNG, size: { width: number; height: number }): PNG {
  const canvas = new PNG(size)
  PNG.bitblt(picture, canvas, 0, 0, picture.width, picture.height, 0, 0)
  return canvas
}

/** A smaller picture: each point is the mean of those it stands for, so that it is blind to how an edge was smoothed. */
function shrunk(picture: PNG): PNG {
  const small = new PNG({ width: Math.floor(picture.width / shrunkBy), height: Math.floor(picture.height / shrunkBy) })
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        small.data[(y * small.width + x) * 4 + channel] = meanOf(picture, x * shrunkBy, y * shrunkBy, channel)
      }
    }
  }
  return small
}

function meanOf({ data, width }: PNG, left: number, top: number, channel: number): number {
  let sum = 0
  for (let y = top; y < top + shrunkBy; y++) {
    for (let x = left; x < left + shrunkBy; x++) sum += data[(y * width + x) * 4 + channel] ?? 0
  }
  return Math.round(sum / shrunkBy ** 2)
}

function write(path: string, picture: PNG): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, PNG.sync.write(picture, { deflateLevel: 9 }))
}

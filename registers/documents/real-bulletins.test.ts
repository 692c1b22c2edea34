import { describe, expect, it } from 'vitest'
import { writeDocument } from './parts.ts'
import { realBulletins } from './real-bulletins.testing.ts'

const bulletins = realBulletins()

/** What the real files are known to differ in: a title with other spaces, a magazine without contents and with two chapters without a title. */
const toldKinds = ['spelled_otherwise', 'contents_missing', 'title_missing']

describe.skipIf(bulletins.length === 0)('the bulletins of TONGBAN_BULLETINS', () => {
  it.each(bulletins)('$name reads without loss', ({ bytes, document }) => {
    expect(Buffer.from(writeDocument(document)).equals(bytes)).toBe(true)
    expect(document.articles.length).toBeGreaterThan(9)
    expect(document.differences.map(({ kind }) => kind).filter((kind) => !toldKinds.includes(kind))).toEqual([])
  })
})

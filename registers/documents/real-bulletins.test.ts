import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeDocument } from './parts.ts'
import { readDocument } from './read-document.ts'

// The product holds none of the bulletins. Whoever has their files can name the folder, and each must read without loss.
const folder = process.env.TONGBAN_BULLETINS ?? ''
const files = folder === '' ? [] : readdirSync(folder).filter((name) => name.endsWith('.txt'))

describe.skipIf(folder === '')('the bulletins of TONGBAN_BULLETINS', () => {
  it.each(files)('%s reads without loss', (name) => {
    const bytes = readFileSync(join(folder, name))
    const document = readAny(bytes)
    expect(Buffer.from(writeDocument(document)).equals(bytes)).toBe(true)
    expect(document.articles.length).toBeGreaterThan(9)
    expect(document.differences.map(({ kind }) => kind).filter((kind) => !toldKinds.includes(kind))).toEqual([])
  })
})

/** What the real files are known to differ in: a title with other spaces, a magazine without contents and with two chapters without a title. */
const toldKinds = ['spelled_otherwise', 'contents_missing', 'title_missing']

function readAny(bytes: Uint8Array) {
  const isBulletin = new TextDecoder().decode(bytes.subarray(0, 400)).includes('期)')
  return readDocument(bytes, isBulletin ? {} : { series: 'caijing', issue: '2023-11', publishedOn: '2023-11-01' })
}

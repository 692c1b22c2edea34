import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { isNode, nodesOf, parseSource, productFolder, productPaths, readProductFile } from './source.ts'

const requirement = z.union([
  z.string(),
  z.strictObject({ says: z.string(), shownBy: z.string() }),
  z.strictObject({ says: z.string(), left: z.string() }),
  // What the text leaves open: an assumed value of this folder whose note names it, or a choice that the README gives the reason of.
  z.strictObject({ says: z.string(), assumedIn: z.string() }),
  z.strictObject({ says: z.string(), chosenIn: z.string() }),
])
const listed = productPaths()
  .filter((path) => path.endsWith('/requirements.yaml'))
  .flatMap((path) => Object.entries(z.record(z.string(), requirement).parse(parse(readProductFile(path).text))))
const requirements = Object.fromEntries(listed)

const caseTable = z.object({ cases: z.array(z.object({ id: z.string(), because: z.string().optional() })) })

describe('requirements', () => {
  const shown = [...caseIds(), ...testNames()].join('\n')

  const toShow = Object.keys(requirements).filter((id) => typeof requirements[id] === 'string')
  it.each(toShow)('%s is shown by a case or a test', (id) => {
    expect(mentions(shown, id)).toBe(true)
  })

  const documented = Object.entries(requirements).flatMap(([id, entry]) =>
    typeof entry === 'object' && 'shownBy' in entry ? [{ id, document: entry.shownBy }] : [],
  )
  it.each(documented)('$id is told in $document', ({ id, document }) => {
    expect(mentions(readProductFile(document).text, id)).toBe(true)
  })

  const assumed = Object.entries(requirements).flatMap(([id, entry]) =>
    typeof entry === 'object' && 'assumedIn' in entry ? [{ id, folder: entry.assumedIn }] : [],
  )
  it.each(assumed)('the open point $id is assumed in $folder, with its reason', ({ id, folder }) => {
    const texts = productPaths()
      .filter((path) => path.startsWith(`${folder}/`) && /(values\.yaml|\.sql)$/.test(path))
      .map((path) => readProductFile(path).text)
    const isAssumed = texts.some((text) => entriesOf(text).some((part) => mentions(part, id) && /assumed/.test(part)))
    expect(isAssumed).toBe(true)
  })

  const chosen = Object.entries(requirements).flatMap(([id, entry]) =>
    typeof entry === 'object' && 'chosenIn' in entry ? [{ id, document: entry.chosenIn }] : [],
  )
  it.each(chosen)('the open point $id is a choice told in $document', ({ id, document }) => {
    expect(mentions(readProductFile(document).text, id)).toBe(true)
  })

  it('each stands in one list', () => {
    const ids = listed.map(([id]) => id)
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
  })

  it('an id is not found in a longer one', () => {
    expect(mentions('A1-t10 and A1.011', 'A1-t1')).toBe(false)
    expect(mentions('A1-t10 and A1.011', 'A1.01')).toBe(false)
    expect(mentions('(A1.01, A1-t1)', 'A1.01')).toBe(true)
  })

  // Whoever has the catalogue that the ids come from can hold this list against its files.
  const catalogue = process.env.TONGBAN_CATALOGUE
  it.skipIf(!catalogue)('the list has every id of its systems that the catalogue has', () => {
    const texts = (catalogue ?? '').split(delimiter).map((file) => readFileSync(file, 'utf8'))
    const ids = texts.flatMap(catalogueIds)
    const systemsWhole = /^(A[123]|B[1-4]|C\d+|G[2-6]|M[356])[.-]/
    expect(ids.filter((id) => systemsWhole.test(id) && !(id in requirements))).toEqual([])
    expect(Object.keys(requirements).filter((id) => !texts.some((text) => mentions(text, id)))).toEqual([])
  })
})

/** The parts of a file in which one value, or one statement, stands with its note. */
function entriesOf(text: string): string[] {
  return text.split(/\n\s*\n|\n(?=\s*- value:)|;\n/)
}

/** What each case says it shows, and the clause that its decision must stand on. */
function caseIds(): string[] {
  return productPaths()
    .filter((path) => path.endsWith('/cases.yaml'))
    .flatMap((path) => caseTable.parse(parse(readProductFile(path).text)).cases)
    .map(({ id, because = '' }) => `${id} ${because}`)
}

/** Every text in a call of `it` or `describe` and in its tables: names are made of them. */
function testNames(): string[] {
  return productPaths()
    .filter((path) => /\.test\.ts$/.test(path) && !path.startsWith('checks/') && existsSync(`${productFolder}${path}`))
    .flatMap((path) => nodesOf(parseSource(readProductFile(path)), 'Literal', 'TemplateElement'))
    .map(({ value }) => (isCooked(value) ? value.cooked : String(value)))
}

function isCooked(value: unknown): value is { cooked: string } {
  return typeof value === 'object' && value !== null && 'cooked' in value && !isNode(value)
}

/** True when a text names an id, and not merely a longer one that begins alike. */
function mentions(text: string, id: string): boolean {
  return new RegExp(`(?<![\\w.-])${id.replace('.', '\\.')}(?!\\d)`).test(text)
}

/** The ids that a catalogue defines: `- **A1.01** ...` for a requirement, `- A1-t1: ...` for a test. */
function catalogueIds(text: string): string[] {
  return [...text.matchAll(/^- (?:\*\*([A-GM]\d+\.\d+)\*\*|([A-GM]\d+-t\d+):|OPEN: \(([BCG]\d+-o\d+)\))/gm)].map(
    ([, one, other, open]) => one ?? other ?? open ?? '',
  )
}

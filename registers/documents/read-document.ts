import { z } from 'zod'
import { BadInput, parseInput, schemaDate } from '../../ground/door.ts'
import { readBulletin } from './bulletin.ts'
import { readMagazine } from './magazine.ts'
import type { ReadDocument } from './parts.ts'
import { knownSeries } from './series.ts'

/**
 * What whoever imports a document says of it. A bulletin says the rest itself; of a magazine, which has no masthead, the issue and its day must be
 * said. A bulletin whose name is not known needs the id of its series. A series has no word that begins with a digit and an issue begins with one,
 * so that the two can be told apart in the id of a paragraph.
 */
export const statedDocument = z.strictObject({
  series: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/, { error: 'words of small letters, joined by hyphens' })
    .exactOptional(),
  issue: z
    .string()
    .regex(/^[0-9][0-9A-Za-z]*(-[0-9A-Za-z]+)*$/, { error: 'digits and letters, joined by hyphens' })
    .exactOptional(),
  publishedOn: schemaDate.exactOptional(),
})

/** See `statedDocument`. */
export type StatedDocument = z.infer<typeof statedDocument>

/**
 * Reads the file of a bulletin or magazine. Throws `BadInput` `document_not_understood` with line and column where it is not UTF-8 or has another
 * layout, and `BadInput` where something must be said of it that was not.
 */
export function readDocument(bytes: Uint8Array, stated: StatedDocument): ReadDocument & { series: string } {
  const { series, issue, publishedOn } = parseInput(statedDocument, stated)
  const text = decode(bytes)
  const known = knownSeries.find(({ id }) => id === series)
  if (known?.layout === 'magazine') {
    const said = parseInput(z.object({ issue: z.string(), publishedOn: schemaDate }), { issue, publishedOn })
    return { series: known.id, ...readMagazine(text, { name: known.name, organiser: known.name, ...said }) }
  }
  const document = readBulletin(text)
  refuseContradiction('issue', issue, document.masthead.issue)
  refuseContradiction('publishedOn', publishedOn, document.masthead.publishedOn)
  return { series: series ?? seriesNamed(document.masthead.name), ...document }
}

function seriesNamed(name: string): string {
  const found = knownSeries.find((series) => series.layout === 'bulletin' && series.name === name)
  if (found) return found.id
  throw new BadInput([{ path: 'series', expected: `an id for the series ${name}`, found: 'nothing' }])
}

function refuseContradiction(path: string, stated: string | undefined, printed: string): void {
  if (stated !== undefined && stated !== printed) throw new BadInput([{ path, expected: printed, found: stated }])
}

/** A mark of byte order is kept like every other character. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n')
    const index = lines.findIndex((line) => line.includes('\ufffd'))
    const path = `line ${index + 1}, column ${(lines[index]?.indexOf('\ufffd') ?? 0) + 1}`
    throw new BadInput([{ path, expected: 'UTF-8', found: 'bytes that are not' }], 'document_not_understood')
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocument } from './read-document.ts'

/** A file of a real bulletin, and what was read of it. */
export type RealBulletin = { name: string; bytes: Uint8Array; document: ReturnType<typeof readDocument> }

/**
 * The product holds none of the real bulletins. Whoever has their files names the folder in `TONGBAN_BULLETINS`, and tests that want them run; empty
 * where it is not named.
 */
export function realBulletins(): RealBulletin[] {
  const folder = process.env.TONGBAN_BULLETINS ?? ''
  if (folder === '') return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name))
      // A magazine says neither what it is nor of when.
      const isBulletin = bytes.subarray(0, 400).includes('期)')
      const stated = isBulletin ? {} : { series: 'caijing', issue: '2023-11', publishedOn: '2023-11-01' }
      return { name, bytes, document: readDocument(bytes, stated) }
    })
}

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as browser from './browser.ts'
import * as door from './door.ts'

/** Everything that a module of the library imports, directly or not: packages by name, files by URL. */
function importsOf(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
    if (specifier.startsWith('.')) importsOf(new URL(specifier, file), seen)
    else seen.add(specifier)
  }
  return seen
}

function packagesOf(entry: string): string[] {
  return [...importsOf(new URL(entry, import.meta.url))].filter((name) => !name.startsWith('file:')).toSorted()
}

it('the library stands on its own: no other room, and in the browser nothing of Node', () => {
  const folder = new URL('.', import.meta.url).href
  const files = [...importsOf(new URL('door.ts', import.meta.url))].filter((name) => name.startsWith('file:'))
  expect(files.filter((file) => !file.startsWith(folder))).toEqual([])
  expect(packagesOf('door.ts')).toEqual([
    '@noble/hashes/sha2.js',
    '@noble/hashes/utils.js',
    'acorn',
    'node:module',
    'node:os',
    'node:stream',
    'node:worker_threads',
    'zod',
  ])
  expect(packagesOf('browser.ts')).toEqual(['@noble/hashes/sha2.js', '@noble/hashes/utils.js', 'zod'])
})

it('what a page can use, the door has too', () => {
  expect(Object.keys(door)).toEqual(expect.arrayContaining(Object.keys(browser)))
})

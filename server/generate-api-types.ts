import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { apiTypesFiles } from './api-types.ts'

/** `npm run api-types`: writes the types of the HTTP interface for the pages. `--check` only tells whether they are up to date. */
const checkOnly = process.argv.includes('--check')
let stale = 0
for (const { file, text } of await apiTypesFiles()) {
  const current = await readFile(file, 'utf8').catch(() => '')
  if (current === text) continue
  stale++
  if (checkOnly) console.error(`${fileURLToPath(file)} is out of date; run npm run api-types`)
  else await writeFile(file, text)
}
process.exit(checkOnly && stale > 0 ? 1 : 0)

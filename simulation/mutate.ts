import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { applyEdits, readMutant } from './mutation.ts'

// Loaded with `--import` before everything else: puts a mutant's text in the place of the product's as each module is read.

const mutant = readMutant(process.env.TONGBAN_MUTANT)
const productFolder = fileURLToPath(new URL('../', import.meta.url))

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.startsWith('file:') || !loaded.source) return loaded
    const path = fileURLToPath(url)
    const edits = mutant.edits.filter(({ file }) => path === `${productFolder}${file}`)
    if (edits.length === 0) return loaded
    const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
    return { ...loaded, source: applyEdits(text, edits) }
  },
})

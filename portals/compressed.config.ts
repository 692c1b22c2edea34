import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Files that are worth it: text, and more than what one packet holds anyway. */
const text = /\.(js|css|html|svg)$/
const bytesMin = 1_200

/**
 * Writes a `.br` and a `.gz` beside every text that was built, once, as small as it gets; the server sends the one that the browser reads
 * (`server/http/pages.ts`). A page over a village's telephone line weighs a third of it.
 */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'tongban-compressed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle(error) {
      if (error) return
      for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (text.test(path)) compressFile(join(folder, path))
      }
    },
  }
}

function compressFile(path: string): void {
  const bytes = readFileSync(path)
  if (bytes.length < bytesMin) return
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY } = constants
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY } }))
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
}

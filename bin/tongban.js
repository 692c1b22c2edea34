#!/usr/bin/env node
// The command `tongban`: hands over to server/tongban.ts under Node 24, whatever Node the machine has.
import { join } from 'node:path'
import { findNode24, root, run } from './node24.js'

const node = findNode24()
if (node) {
  const parameters = [
    '--disable-warning=ExperimentalWarning',
    join(root, 'server', 'tongban.ts'),
    ...process.argv.slice(2),
  ]
  process.exitCode = await run(node, parameters, { cwd: process.cwd() })
} else {
  console.error(
    'tongban: nothing is installed yet. Run `npm ci` in the product folder first (or `npm start`, which does it).',
  )
  process.exitCode = 1
}

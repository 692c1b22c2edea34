// Plain JavaScript for Node 20: finds the Node 24 that npm installed and runs programs with it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The product's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The path of a Node that runs TypeScript files: the one in node_modules, else this one where it is new enough. */
export function findNode24() {
  const installed = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (existsSync(installed)) return installed
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined
}

/**
 * Runs a program to its end and answers its exit code. Ctrl-C reaches the program (they share the terminal); this process only waits
 * for it, so that it can shut down cleanly. A signal sent to this process alone is passed on.
 */
export function run(program, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      stdio: 'inherit',
      cwd: root,
      shell: process.platform === 'win32' && program.endsWith('.cmd'),
      ...options,
    })
    // The terminal has already sent SIGINT to the whole group; sending it twice would look like impatience.
    const wait = () => {}
    const pass = () => child.kill('SIGTERM')
    process.on('SIGINT', wait)
    process.on('SIGTERM', pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait)
      process.off('SIGTERM', pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
}

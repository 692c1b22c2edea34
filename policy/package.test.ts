import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/** The package as somebody who installs it has it: built, packed, unpacked into a project of its own, with the README's files in it. */

const folder = fileURLToPath(new URL('.', import.meta.url))
const modules = join(folder, '..', 'node_modules')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))

let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'tongban-policy-'))
  const home = join(project, 'node_modules', '@tongban', 'policy')
  mkdirSync(home, { recursive: true })
  run(folder, join(modules, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--outDir', join(home, 'dist'))
  // What npm would pack besides what was just built.
  for (const file of ['package.json', 'README.md', 'LANGUAGE.md', 'ir.schema.json']) {
    writeFileSync(join(home, file), readFileSync(join(folder, file)))
  }
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true })
    symlinkSync(join(modules, name), join(project, 'node_modules', name))
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  for (const { name, text } of filesOfReadme()) writeFileSync(join(project, name), text)
}, 120_000)
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('the README, followed in a project of its own', () => {
  it.each(filesOfReadme().filter(({ prints }) => prints !== undefined))(
    '$name prints what it says',
    ({ name, prints }) => {
      expect(run(project, name)).toBe(prints)
    },
  )

  it('the page door needs nothing of Node', () => {
    writeFileSync(
      join(project, 'page.js'),
      "import { decide } from '@tongban/policy/browser'\nconsole.log(typeof decide)",
    )
    expect(run(project, 'page.js')).toBe('function\n')
  })

  it('the types stand for themselves', () => {
    const options = {
      compilerOptions: { strict: true, noEmit: true, module: 'NodeNext', target: 'ES2024', types: ['node'] },
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ ...options, include: ['fee.ts'] }))
    expect(run(project, join(modules, 'typescript', 'bin', 'tsc'), '-p', '.')).toBe('')
  })
})

/** Blocks that begin with the name of their file, each with the `text` block that follows it. */
function filesOfReadme(): { name: string; text: string; prints: string | undefined }[] {
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text = '']) => ({ language, text }))
  return blocks.flatMap(({ text }, index) => {
    const name = /^\/\/ (\S+\.[jt]s)\n/.exec(text)?.[1]
    const next = blocks[index + 1]
    return name === undefined ? [] : [{ name, text, prints: next?.language === 'text' ? next.text : undefined }]
  })
}

function run(cwd: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${parameters.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return stdout
}

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allMutants } from './mutant-runs.ts'
import { roomMutants } from './mutants.ts'
import { applyEdits, writeMutant } from './mutation.ts'

const mutants = await allMutants()

describe('mutants', () => {
  // Which judge catches each, if any does, `npm run simulate -- --mutants` tries; that takes the better part of an hour.
  it.each(mutants)('$name still fits the text that it changes', ({ edits }) => {
    const files = new Map<string, string>()
    for (const { file, find, put } of edits) {
      const text = files.get(file) ?? readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      files.set(file, applyEdits(text, [{ file, find, put }]))
    }
    expect(files.size).toBeGreaterThan(0)
  })

  it('have names of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
    expect(roomMutants.length).toBeGreaterThanOrEqual(12)
  })

  it('are in what every room rests on too: nothing of the product is loaded before them', () => {
    const edit = { file: 'ground/work.ts', find: 'const attemptsMax = 5', put: "throw new Error('changed')" }
    const { stderr } = spawnSync(
      process.execPath,
      ['--import', fileURLToPath(new URL('mutate.ts', import.meta.url)), '--eval', "import('./ground/door.ts')"],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { ...process.env, TONGBAN_MUTANT: writeMutant({ name: 'probe', breaks: 'everything', edits: [edit] }) },
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('Error: changed')
  })

  it('that do not fit are told', () => {
    expect(() => applyEdits('one two one', [{ file: 'x.ts', find: 'one', put: 'three' }])).toThrow(
      'x.ts has 2 times: one',
    )
    expect(applyEdits('one two', [{ file: 'x.ts', find: 'two', put: 'three' }])).toBe('one three')
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allMutants } from './mutant-runs.ts'
import { roomMutants } from './mutants.ts'
import { applyEdits } from './mutation.ts'

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

  it('that do not fit are told', () => {
    expect(() => applyEdits('one two one', [{ file: 'x.ts', find: 'one', put: 'three' }])).toThrow(
      'x.ts has 2 times: one',
    )
    expect(applyEdits('one two', [{ file: 'x.ts', find: 'two', put: 'three' }])).toBe('one three')
  })
})

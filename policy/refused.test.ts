import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ReadProblems, RULES, readPolicies } from './door.ts'

/**
 * `refused/` has a policy for each rule of the language, and under it, after `//>`, what the reader says. The files end in `.ts.txt`: they are
 * meant to be wrong, so neither `tsc` nor the linter looks at them.
 */
const folder = new URL('refused/', import.meta.url)
const files = readdirSync(folder).toSorted()

function problemsOf(source: string, file: string): string[] {
  try {
    readPolicies(source, file)
    return []
  } catch (error) {
    if (error instanceof ReadProblems) return error.message.split('\n')
    throw error
  }
}

describe('what the reader refuses', () => {
  it.each(files)('%s', (file) => {
    const [source = '', ...expected] = readFileSync(new URL(file, folder), 'utf8').split('\n//> ')
    expect(problemsOf(source, file)).toEqual(expected.map((line) => line.trimEnd()))
  })

  it('has a refused policy for every rule', () => {
    const shown = files.map((file) => file.slice(0, 6).toUpperCase())
    expect(Object.keys(RULES).filter((code) => !shown.includes(code))).toEqual([])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readMessages } from '../ground/door.ts'

const folder = new URL('./', import.meta.url)
const messages = readMessages(folder)
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')
const refusals = [...sources.matchAll(/new Refusal\('(\w+)'|onceOr: '(\w+)'/g)].map(
  ([, code, once]) => code ?? once ?? '',
)

describe.each(['zh', 'en'] as const)('messages in %s', (language) => {
  it('every refusal says what happened and what the person can do', () => {
    expect(refusals.length).toBeGreaterThan(15)
    for (const code of refusals) {
      expect(messages[language].has(code), code).toBe(true)
      expect(messages[language].has(`${code}.advice`), `${code}.advice`).toBe(true)
    }
  })

  it('both languages have the same sentences', () => {
    expect([...messages[language].keys()]).toEqual([...messages.zh.keys()])
  })
})

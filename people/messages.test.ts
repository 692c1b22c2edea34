import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readMessages } from '../ground/door.ts'

const room = new URL('./', import.meta.url)

it('every refusal says in both languages what happened and what the person can do, and nothing is left over', () => {
  const sources = readdirSync(room).filter((name) => name.endsWith('.ts') && !name.includes('.test'))
  const text = sources.map((name) => readFileSync(new URL(name, room), 'utf8')).join('\n')
  const codes = new Set([...text.matchAll(/new Refusal\('(\w+)'/g)].map((match) => match[1]))
  const expected = [...codes].flatMap((code) => [code, `${code}.advice`]).sort()
  const messages = readMessages(room)
  expect([...messages.zh.keys()].sort()).toEqual(expected)
  expect([...messages.en.keys()].sort()).toEqual(expected)
})

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { productPaths, readProductFile } from './source.ts'

const page = readProductFile('docs/operations/README.md').text
const messages = productPaths().filter((path) => /(^|\/)messages\.en\.yaml$/.test(path))

describe('the operators’ page', () => {
  it('says of every alert what it means and what to do', () => {
    const alerts = messages.flatMap((path) => alertsIn(readProductFile(path).text))
    expect(alerts.length).toBeGreaterThan(15)
    expect(alerts.filter((alert) => !isExplained(page, alert))).toEqual([])
  })

  it('says of every metric what it means and when to act', () => {
    const metrics = [...readProductFile('server/routes/metrics.ts').text.matchAll(/'(tongban_\w+)'/g)]
    const names = metrics.map(([, name = '']) => name.replace(/_$/, '_*'))
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => !isExplained(page, name))).toEqual([])
  })

  it('catches an alert that it leaves out, or tells nothing of', () => {
    expect(alertsIn('alert.fire: It burns\nalert: 1\nalert.fire.advice: Run')).toEqual(['fire'])
    expect(isExplained('| `fire` | it burns | run |', 'fire')).toBe(true)
    expect(isExplained('| `fire` | it burns | |', 'fire')).toBe(false)
    expect(isExplained('Mind the `fire`.', 'fire')).toBe(false)
  })
})

/** The alerts that a message file has a sentence for. */
function alertsIn(text: string): string[] {
  const keys = Object.keys(z.record(z.string(), z.unknown()).parse(parse(text)))
  return keys.flatMap((key) => /^alert\.([a-z_]+)$/.exec(key)?.[1] ?? [])
}

/** Has a table of the page a row for it, with its meaning and what to do? */
function isExplained(text: string, name: string): boolean {
  return text.split('\n').some((line) => {
    const [, first = '', meaning = '', action = ''] = line.split('|').map((cell) => cell.trim())
    return [`\`${name}\``, `\`alert.${name}\``].includes(first) && meaning !== '' && action !== ''
  })
}

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readCaseTable } from './case-table.ts'
import { houseConflicts } from './house-messages.ts'
import { serviceFindings } from './policy-check.ts'
import { openServiceRules } from './services.ts'

const run = promisify(execFile)
const command = fileURLToPath(new URL('../bin/tongban.js', import.meta.url))
const services = await openServiceRules()
const policies = services.flatMap(({ rulebook }) => rulebook.policies)

describe('the shipped policies', () => {
  it.each(services)('$id has no condition that never changes, no dead branch, no broken promise, no gap', (service) => {
    const findings = serviceFindings(service, readCaseTable(service.folder), { today: '2026-11-22' })
    // What values are there for nobody is for `tongban check` to say, of the service as a whole.
    const errors = findings.filter(({ level, code }) => level === 'error' && code !== 'TC1103')
    expect(errors.map(({ code, at, params }) => ({ code, line: at.line, ...params }))).toEqual([])
  })
})

describe('tongban describe', () => {
  it.each([...new Set(policies.map(({ ir }) => ir.id))])('tells %s in both languages', async (id) => {
    const from = policies.find(({ ir }) => ir.id === id)?.ir.bodies.at(-1)?.from ?? ''
    const [zh, en] = await Promise.all(
      ['zh', 'en'].map((lang) => run(process.execPath, [command, 'describe', id, '--on', from, '--lang', lang])),
    )
    expect(zh?.stdout).toMatch(/^规则\n {2}1 /m)
    expect(en?.stdout).toMatch(/^The rule\n {2}1 /m)
    expect(`${zh?.stdout}${en?.stdout}`).not.toMatch(/undefined|\{\w\}/)
  })

  it('says on which days a policy is law when it is asked for another', async () => {
    const id = policies[0]?.ir.id ?? ''
    await expect(run(process.execPath, [command, 'describe', id, '--on', '1999-01-01'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a day on which the policy is law ('),
    })
  })
})

describe('tongban check', () => {
  it('refuses a day that does not exist', async () => {
    await expect(run(process.execPath, [command, 'check', '--on', '2026-02-30'])).rejects.toMatchObject({ code: 2 })
  })
})

describe('the words of codes', () => {
  it('no code is worded in two ways, and one that is would be told with its service', () => {
    expect(houseConflicts(services)).toEqual([])
    const [first] = services
    const messages = { zh: new Map([['already_applied', '别的说法']]), en: new Map<string, string>() }
    const worded = first ? [{ ...first, id: 'other', rulebook: { ...first.rulebook, messages } }] : []
    expect(houseConflicts(worded)).toEqual([
      expect.stringMatching(/^other: messages\.zh\.yaml words already_applied otherwise/),
    ])
  })
})

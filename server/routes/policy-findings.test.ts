import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCaseTable } from '../case-table.ts'
import { serviceFindings } from '../policy-check.ts'
import { openServices } from '../services.ts'
import { type TestSite, testSite } from '../testing.ts'

const services = await openServices()
let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services, seed: false })
})
afterAll(() => site.close())

const get = (policy: string) => site.app.inject(`/320000/api/v1/policies/${policy}/findings`)

describe('the findings of a policy', () => {
  const noted = services.find(({ rulebook }) => rulebook.policies.length > 1) ?? expect.unreachable()
  const policies = [...new Set(noted.rulebook.policies.map(({ ir }) => ir.id))]

  it('are those that the command line tells, each with its place, its sentences and who shows it', async () => {
    const answers = await Promise.all(policies.map(async (id) => (await get(id)).json()))
    const findings = serviceFindings(noted, readCaseTable(noted.folder), { today: answers[0].checkedOn })
    const told = answers.flatMap(({ items }) => items)
    expect(findings.length).toBeGreaterThan(0)
    const places = told.map(({ code, line }) => `${code} ${line}`)
    expect(places.toSorted()).toEqual(findings.map(({ code, at }) => `${code} ${at.line}`).toSorted())
    expect(told.flatMap(({ witnesses }) => witnesses).map(({ on }) => on)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]),
    )
    for (const { sentence } of told) expect(sentence.zh).toMatch(/\p{Script=Han}/u)
  })

  it('of a policy that there is not are refused', async () => {
    expect((await get('nothing')).json()).toMatchObject({ status: 400, problems: [{ path: 'policy' }] })
  })
})

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { BadInput } from '../../ground/door.ts'
import { openRulebook } from '../../law/door.ts'
import { filesOf, makeService, type NewService } from './made-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongban-new-service-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const spec: NewService = {
  id: 'pool-subsidy',
  titleZh: '泳池补贴',
  titleEn: 'Pool subsidy',
  applicant: 'person',
  region: '430000',
  clause: 'P1.01',
  document: '示例办法',
  from: '2024-02-01',
  prefix: 'YC',
}
const place = pathToFileURL(`${folder}/`)

describe('the folder of a new service', () => {
  it('holds everything that a service holds, and its rule can be read and decides', () => {
    expect(makeService(place, spec)).toContain('regions/430000/values.yaml')
    const rulebook = openRulebook(spec.id, new URL(`${spec.id}/`, place))
    const question = { policy: spec.id, on: '2024-02-01', insuredRegion: '430000' }
    const decide = (monthsPaid: number) =>
      rulebook.decideAsShipped({ ...question, facts: { monthsPaid, receivedElsewhere: false } }).decision
    expect(decide(12)).toMatchObject({ outcome: 'granted', because: 'P1.01' })
    expect(decide(11)).toMatchObject({ outcome: 'refused', reason: 'months_paid_below_minimum' })
  })

  it.each(['person', 'employer'] as const)('leaves nothing to be filled in for a benefit of a %s', (applicant) => {
    const texts = filesOf({ ...spec, applicant }).map(([, text]) => text)
    expect(texts.filter((text) => text.includes('{{'))).toEqual([])
    expect(texts.some((text) => text.includes(`applicant: '${applicant}'`))).toBe(true)
  })

  it.each([
    { says: 'an id that is taken', change: {}, path: 'id' },
    { says: 'an id of one word', change: { id: 'pool' }, path: 'id' },
    { says: 'an id that leads elsewhere', change: { id: '../x-y' }, path: 'id' },
    { says: 'a title with quotation marks', change: { id: 'a-b', titleZh: "泳池'补贴" }, path: 'titleZh' },
    { says: 'a day that is none', change: { id: 'a-b', from: '2024-02-30' }, path: 'from' },
    { says: 'a region of five digits', change: { id: 'a-b', region: '43000' }, path: 'region' },
    { says: 'a clause without a number', change: { id: 'a-b', clause: 'law' }, path: 'clause' },
    { says: 'a prefix of small letters', change: { id: 'a-b', prefix: 'yc' }, path: 'prefix' },
  ])('refuses $says and writes nothing', ({ change, path }) => {
    const before = readdirSync(folder)
    let thrown: unknown
    try {
      makeService(place, { ...spec, ...change })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(BadInput)
    expect(thrown instanceof BadInput && thrown.problems.map((problem) => problem.path)).toContain(path)
    expect(readdirSync(folder)).toEqual(before)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadValues, proposeValue } from '../../law/door.ts'
import { longTermInUrumqi, look, open, reviewedFiling, take } from './journey.testing.ts'
import { callRoute, officer, type TestNation, type TestRegion, testNation, testPerson } from './nation.testing.ts'

// Gansu's handling rules (A2) as far as this service carries them.

let nation: TestNation
let gansu: TestRegion
beforeAll(async () => {
  nation = await testNation({ regions: ['620000', '650000'] })
  gansu = nation.region('620000')
})
afterAll(() => nation.close())

describe('A2.11: conclusions are recognised throughout the province', () => {
  it('A2-t1: an appraisal of Tianshui is accepted in Lanzhou; nobody asks for a second one', async () => {
    const appraised = { disability_grade: 4, appraised_in: '620500' }
    const person = await testPerson(gansu, '620100', appraised)
    const filing = await reviewedFiling(nation, gansu, '620100', person, longTermInUrumqi)
    expect(filing.status).toBe('effective')
    const seen = await callRoute(gansu, person.actor, '/form/filing')
    expect(Object(seen).savedProofs).toContainEqual(expect.objectContaining({ zh: '劳动能力鉴定结论' }))
  })

  it('A2.13: the office of the province handles what came to a city; an office of another city does not see it', async () => {
    const person = await testPerson(gansu, '620100')
    const filing = await open(gansu, person.actor, 'filing', longTermInUrumqi, { agency: '620100' })
    const tianshui = await officer(gansu, 'accept', '620500')
    await expect(take(gansu, tianshui, filing.caseId, 'accept', { outcome: 'accepted' })).rejects.toMatchObject({
      code: 'case_not_found',
    })
    const province = await officer(gansu, 'accept', '620000')
    expect((await take(gansu, province, filing.caseId, 'accept', { outcome: 'accepted' })).status).toBe('accepted')
  })
})

describe('A2.05: what shared data say is not asked', () => {
  it('A2-t2: the form asks neither identity, card, insurance, determination nor appraisal; the rule still knows them', async () => {
    const person = await testPerson(gansu, '620100')
    const seen: { fields: Array<{ name: string }>; injuries: unknown[]; savedProofs: Array<{ zh: string }> } = Object(
      await callRoute(gansu, person.actor, '/form/filing'),
    )
    expect(seen.fields.map(({ name }) => name)).toEqual([
      'filingClass',
      'treatmentRegion',
      'residenceSince',
      'residenceProof',
      'opinion.institutionName',
      'opinion.institutionLevel',
      'opinion.issuedOn',
    ])
    expect(seen.injuries).toMatchObject([{ determination: 'done' }])
    expect(seen.savedProofs.map(({ zh }) => zh)).toEqual([
      '居民身份证',
      '社会保障卡',
      '参保证明',
      '认定工伤决定书',
      '劳动能力鉴定结论',
    ])
    const { caseId } = await open(gansu, person.actor, 'filing', longTermInUrumqi, { agency: '620100' })
    const { state } = await look(gansu, gansu.flows.filing, caseId)
    expect(state.form).toEqual(longTermInUrumqi)
    const [event] = await gansu.run((work) => gansu.cases.history(work, caseId))
    expect(event?.body).toMatchObject({ preview: { outcome: 'granted' } })
  })
})

describe('A2.03: six unifications: no city sets a value of its own', () => {
  const cityValue = { service: 'work-injury-settlement', name: 'mealAllowancePerDayFen', insurance: 'work_injury' }
  const proposal = { ...cityValue, region: '620100', value: 4_000, from: '2026-06-01', source: '兰州市示例文件' }

  it('A2-t4: the loader refuses the file of a city', () => {
    const text = `mealAllowancePerDayFen:
  unit: fen
  regionOf: insured
  dates:
    - { value: 4000, from: 2026-06-01, source: 兰州市示例文件 }
`
    const file = { region: '620100', path: 'regions/620100/values.yaml', text, insurance: 'work_injury' } as const
    expect(() => loadValues([file])).toThrow('no value of a city or county inside 620000, which is unified')
    expect(() => loadValues([{ ...file, region: '320100' }])).not.toThrow()
  })

  it('A2-t4: so does the interface by which an administrator proposes a value', async () => {
    const admin = await officer(gansu, 'values_admin', '620100')
    await expect(gansu.run((work) => proposeValue(work, gansu.rulebook.values, proposal), admin)).rejects.toMatchObject(
      { code: 'city_value_in_unified_province', clause: 'A2.03' },
    )
    const provincial = await officer(gansu, 'values_admin')
    const ofProvince = { ...proposal, region: '620000' }
    await expect(
      gansu.run((work) => proposeValue(work, gansu.rulebook.values, ofProvince), provincial),
    ).resolves.toMatch(/^[0-9a-f-]{36}$/)
  })

  it('A2-t4: so does the database', async () => {
    await expect(
      gansu.run((work) =>
        sql`insert into law.value_proposal
            (id, service, name, insurance, region, unit, value, effective_from, source, proposed_by, proposed_at)
            values (${work.newId()}, ${proposal.service}, ${proposal.name}, 'work_injury', '620100', 'fen', '4000', '2026-06-01',
              'test', ${work.newId()}, ${work.now})`.execute(work.db),
      ),
    ).rejects.toThrow(/unified|620100/)
  })
})

describe('A2.07: benefit items are published with their procedures', () => {
  it('to everybody, each with a clause and in both languages', async () => {
    const seen: { items: Array<Record<string, unknown>> } = Object(
      await callRoute(gansu, { kind: 'public' }, '/benefits'),
    )
    expect(seen.items.map(({ code, clause }) => [code, clause])).toEqual([
      ['inpatient_medical', 'A1.14'],
      ['inpatient_rehabilitation', 'A1.14'],
      ['assistive_device', 'A1.15'],
      ['meal_allowance', 'A1.18'],
      ['referral_travel', 'A1.18'],
    ])
    for (const { title, way } of seen.items) {
      for (const text of [title, way])
        expect(text).toEqual({ zh: expect.stringMatching(/./), en: expect.stringMatching(/./) })
    }
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callRoute, type TestNation, type TestRegion, testNation, testOfficer } from './nation.testing.ts'

let nation: TestNation
let home: TestRegion
beforeAll(async () => {
  nation = await testNation()
  home = nation.region('320000')
})
afterAll(() => nation.close())

/** Jiangsu has thirteen prefectures: 40 % are 5.2, so five may take part. */
const pick = async (count: number, goLiveOn: string) => {
  const prefectures = Array.from({ length: count }, (_, index) => `32${String(index + 1).padStart(2, '0')}00`)
  const body = { province: '320000', prefectures, goLiveOn, source: '测试（合成）' }
  return callRoute(home, await testOfficer(home, 'supervisor', { agency: home.region }), '/pilot-areas', { body })
}

describe('A1.03: the pilot’s prefectures, under the ceiling that is law on the day they go live', () => {
  it('refuses more than 40 % on the last day of the pilot, whoever asks', async () => {
    await expect(pick(6, '2025-03-31')).rejects.toMatchObject({ code: 'pilot_share_exceeded' })
  })

  it('takes as many as the ceiling allows', async () => {
    await expect(pick(5, '2025-03-31')).resolves.toMatchObject({ items: expect.anything() })
  })

  it('knows no ceiling from the day on which all take part', async () => {
    await expect(pick(13, '2025-04-01')).resolves.toMatchObject({ items: expect.anything() })
  })
})

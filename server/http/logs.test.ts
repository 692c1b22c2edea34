import { afterAll, beforeAll, expect, it } from 'vitest'
import { clubService } from '../club.testing.ts'
import { browserOf, type TestSite, testSite } from '../testing.ts'

const lines: string[] = []
let site: TestSite
beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(line) }
  site = await testSite({ regions: ['320000'], services: [clubService], log })
})
afterAll(() => site.close())

it('the log tells what was called and how it ended, and nothing of whom', async () => {
  const officer = await browserOf(site.app, '320000', 'nanjing-accept')
  const name = encodeURIComponent('示例·李娜')
  await officer.get(`/people?text=${name}&purpose=counter`)
  await officer.post('/people', { idNumber: '320102199001019999', name: '示例·李娜' })
  await officer.post('/services/club/misfortunes/defect')
  await officer.get(`/nothing/${name}`)
  const log = lines.join('')
  expect(log).toContain('"route":"/320000/api/v1/people","status":200')
  expect(log).toContain('"status":500')
  expect(log).toContain('broken invariant')
  expect(log).toContain('must not be told')
  for (const secret of ['李娜', name, '320102199001019999', '110101199003070000', 'tongban_session', 'purpose']) {
    expect(log).not.toContain(secret)
  }
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bursaryService } from '../bursary.testing.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
let lina: Browser
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [bursaryService()] })
  lina = await browserOf(site.app, '320000', 'li-na')
})
afterAll(() => site.close())

async function asked(answers: object = {}, more: object = {}) {
  const answer = await lina.post('/entitlements', { answers, ...more })
  return answer.json()
}
const lessons = (given: object) => asked({ 'lesson-bursary': given })

describe('what I can get', () => {
  it('looks at every benefit for persons, and asks what no register holds', async () => {
    const { items } = await asked()
    expect(items).toMatchObject([
      {
        ...{ flow: 'lesson-bursary', service: 'bursary', state: 'open' },
        amount: { minFen: 0, maxFen: 100000 },
        question: { name: 'lessons', kind: 'count', label: { zh: '上了几节课？' } },
      },
    ])
  })

  it('asks no more once nothing else matters: too many lessons are refused whatever the instrument', async () => {
    const { items } = await lessons({ lessons: 21 })
    expect(items).toMatchObject([
      {
        state: 'refused',
        because: 'M2',
        meaning: { zh: '课时太多' },
        advice: { en: 'Take fewer lessons.' },
        question: null,
      },
    ])
  })

  it('goes on asking while an answer matters, and then says how much', async () => {
    const open = await lessons({ lessons: 10 })
    expect(open.items).toMatchObject([{ state: 'open', question: { name: 'instrument' }, amount: { maxFen: 50000 } }])
    const certain = await lessons({ lessons: 10, instrument: 'cello' })
    expect(certain.items).toMatchObject([
      {
        ...{ state: 'granted', because: 'M2', question: null, path: '/benefits/lesson-bursary' },
        amount: { minFen: 50000, maxFen: 50000, per: 'once' },
      },
    ])
    expect(certain.items[0].steps.length).toBeGreaterThan(0)
    const people = await lessons({ lessons: 10, instrument: 'other' })
    expect(people.items).toMatchObject([{ state: 'referred', meaning: { zh: '由老师认定' } }])
  })

  it('says what the application itself is then told', async () => {
    const answers = { lessons: 7, instrument: 'piano' }
    const { items } = await lessons(answers)
    const preview = (await lina.post('/benefits/lesson-bursary/preview', { answers })).json()
    expect(items[0]).toMatchObject({
      state: preview.ruling.decision.outcome,
      because: preview.ruling.decision.because,
      amount: { maxFen: preview.ruling.decision.amountFen },
    })
  })

  it('reads only what is asked about again, and refuses what is no benefit or no answer', async () => {
    expect((await asked({}, { flows: [] })).items).toEqual([])
    expect(await asked({ 'band-grant': {} })).toMatchObject({ code: 'bad_input', problems: [{ path: 'body.answers' }] })
    expect(await lessons({ lessons: 'many' })).toMatchObject({ problems: [{ path: 'answers.lesson-bursary.lessons' }] })
  })

  it('what was applied for already is not promised again', async () => {
    const answers = { lessons: 7, instrument: 'piano' }
    const wish = { flow: 'lesson-bursary', step: 'apply', body: { answers } }
    expect((await lina.post('/cases', wish)).statusCode).toBe(200)
    const { items } = (await lina.get('/entitlements')).json()
    expect(items).toMatchObject([
      { state: 'closed', amount: null, meaning: { zh: expect.stringContaining('已经申请') } },
    ])
  })

  it('is for persons: an officer is refused', async () => {
    const officer = await browserOf(site.app, '320000', 'nanjing-accept')
    expect((await officer.post('/entitlements', { answers: {} })).statusCode).toBe(403)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, readMigrations } from '../../ground/door.ts'
import { useAtGate } from './codes.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  const migrations = await readMigrations('svc_invitation_code', new URL('./migrations/', import.meta.url))
  site = await benefitSite({ region: '340000', on: '2024-03-01', service, migrations: [migrations] })
  await site.fund('talent_special', 100_000_000)
})
afterAll(() => site.close())

const graduate = { group: 'graduate_of_this_year', studiesInCity: false, school: '示例大学' }

async function book(actor: Actor, answers = graduate) {
  const { caseId } = await site.open(actor, { flow: 'invitation-code', step: 'book', body: { answers } })
  return z
    .object({ code: z.string(), until: z.string() })
    .loose()
    .parse((await site.view(caseId)).file.state)
}
const use = (request: Parameters<typeof useAtGate>[2]) => site.run((work) => useAtGate(work, site.rulebook, request))

describe('M5.01: an invitation code', () => {
  it('is booked, is one at a time, and opens metro, bus and each named place once', async () => {
    site.moveTo('2024-03-01')
    const { actor } = await site.person({ agency: '340100' })
    const { code, until } = await book(actor)
    expect(until).toBe('2024-03-31')
    await expect(book(actor)).rejects.toMatchObject({ code: 'code_held_already' })
    await use({ code, gate: 'metro' })
    await use({ code, gate: 'metro' })
    await use({ code, gate: 'place', place: '安徽创新馆', placeNamed: true })
    const again = use({ code, gate: 'place', place: '安徽创新馆', placeNamed: true })
    await expect(again).rejects.toMatchObject({ code: 'entries_used_up' })
    await use({ code, gate: 'place', place: '示例湿地', placeNamed: true })
    await expect(use({ code: 'NOSUCHCODE', gate: 'bus' })).rejects.toMatchObject({ code: 'code_unknown' })
    site.moveTo('2024-04-01')
    await expect(use({ code, gate: 'bus' })).rejects.toMatchObject({ code: 'code_not_valid_then' })
  })

  it('is not for who studies in the city', async () => {
    const { actor } = await site.person({ agency: '340100' })
    await expect(book(actor, { ...graduate, studiesInCity: true })).rejects.toMatchObject({
      code: 'studies_in_the_city',
    })
  })

  it('pays back the ticket of who held one on the day of travel', async () => {
    const { actor } = await site.person({ agency: '340100' })
    await book(actor)
    const answers = { ticket: 'rail', priceFen: 45_000, travelledOn: '2024-04-01', ticketNumber: 'G1234-0001' }
    const caseId = await applyAndPay(site, actor, { flow: 'invitation-travel', answers })
    expect((await site.view(caseId)).file.state).toMatchObject({ found: { amountFen: 45_000 } })
  })
})

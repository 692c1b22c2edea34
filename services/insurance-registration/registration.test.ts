import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor } from '../../ground/door.ts'
import { enrol, enrolmentsOf, recordRetirement } from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  const create: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
    flows: service.create(tools).flows,
  })
  site = await benefitSite({ region: '130000', on: '2026-03-02', service: { ...service, create } })
})
afterAll(() => site.close())

const resident = { scheme: 'resident', atSchool: false }
const flexible = { scheme: 'flexible', atSchool: false }

async function register(actor: Actor, answers: Record<string, unknown>) {
  const { caseId } = await site.open(actor, { flow: 'insurance-registration', step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  const { status } = await site.take(await site.officer('review'), caseId, 'decide', { opinion: '属实' })
  return { caseId, status }
}
const insuredOn = async (personId: string, on: string) =>
  (await site.run((work) => enrolmentsOf(work, personId, { on }, 'test'))).map(({ insurance }) => insurance)

describe('registration online (B1.08)', () => {
  it('B1.08: a resident is enrolled from the day of the decision, and asked two things only', async () => {
    const { personId, actor } = await site.person()
    expect((await register(actor, resident)).status).toBe('standing')
    expect(await insuredOn(personId, '2026-03-01')).toEqual([])
    expect(await insuredOn(personId, '2026-03-02')).toEqual(['resident_pension'])
  })

  it('another registration takes the place of the one that stands', async () => {
    site.moveTo('2026-03-02')
    const { personId, actor } = await site.person()
    await register(actor, resident)
    site.moveTo('2026-04-01')
    expect((await register(actor, flexible)).status).toBe('standing')
    expect(await insuredOn(personId, '2026-03-31')).toEqual(['resident_pension'])
    expect(await insuredOn(personId, '2026-04-01')).toEqual(['pension'])
  })

  it('is ended by its person, in the register too', async () => {
    const { personId, actor } = await site.person()
    const { caseId } = await register(actor, flexible)
    await site.take(actor, caseId, 'end', { reason: '到单位就业', to: '2026-04-30' })
    expect(await insuredOn(personId, '2026-04-30')).toEqual(['pension'])
    expect(await insuredOn(personId, '2026-05-01')).toEqual([])
  })

  it('B3.03: whoever another counter has registered, an employer insures, or draws a pension is refused', async () => {
    const twice = await site.person()
    const area = { poolingArea: 'resident_pension:130000', agency: '130000', from: '2026-01-01' }
    await site.run((work) => enrol(work, { personId: twice.personId, insurance: 'resident_pension', ...area }))
    expect((await register(twice.actor, resident)).status).toBe('refused')
    const { employerId } = await site.employer()
    const employed = await site.person()
    await site.run((work) => enrol(work, { personId: employed.personId, employerId, insurance: 'pension', ...area }))
    expect((await register(employed.actor, flexible)).status).toBe('refused')
    const retired = await site.person()
    await site.run((work) => recordRetirement(work, retired.personId, '2026-01-31'))
    expect((await register(retired.actor, flexible)).status).toBe('refused')
  })

  it('whose household is elsewhere registers as a flexible worker, and as a resident there', async () => {
    const decide = (answers: object) =>
      site.run((work) =>
        site.rulebook.decide(work, {
          policy: 'insurance-registration',
          on: '2026-04-01',
          insuredRegion: '130000',
          facts: {
            ...{ ageYears: 40, householdHere: false, insuredByEmployer: false },
            ...{ registeredAlready: false, drawsPension: false, ...answers },
          },
        }),
      )
    expect((await decide(resident)).decision.reason).toBe('registers_at_household')
    expect((await decide(flexible)).decision.outcome).toBe('granted')
  })

  it('B1.09: is offered at sixteen to whoever has no pension insurance', async () => {
    const [offer] = service.create({ rulebook: site.rulebook, cases: () => site.cases }).offers ?? []
    const { personId, actor } = await site.person({ birthOn: '2010-03-07' })
    const event = { kind: 'reached_age' as const, personId, agency: '130000', on: '2026-03-07', reference: 'age-16' }
    const isDue = () => site.run(async (work) => offer?.isDue(work, event))
    expect(await isDue()).toBe(true)
    await register(actor, resident)
    expect(await isDue()).toBe(false)
  })
})

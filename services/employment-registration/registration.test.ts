import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor } from '../../ground/door.ts'
import { employmentStatusesOf } from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '510300', on: '2025-03-01', service: { ...service, create: created } })
})
afterAll(() => site.close())

/** The service without what only the server needs. */
const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})

async function register(actor: Actor, answers: Record<string, unknown>) {
  const { caseId } = await site.open(actor, { flow: 'employment-registration', step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  const { status } = await site.take(await site.officer('review'), caseId, 'decide', { opinion: '属实' })
  return { caseId, status }
}
const statusOn = async (personId: string, on: string) =>
  (await site.run((work) => employmentStatusesOf(work, personId, { on }, 'test'))).map(({ status, form }) => [
    status,
    form,
  ])

const courier = { wanted: 'employed', workForm: 'platform', platform: '示例快递', since: '2025-02-10' }

describe('C7.01: registration of a new-form worker', () => {
  it('a courier without a contract is registered as employed, then as unemployed (C7-t2)', async () => {
    const { personId, actor } = await site.person()
    expect((await register(actor, courier)).status).toBe('standing')
    expect(await statusOn(personId, '2025-02-09')).toEqual([])
    expect(await statusOn(personId, '2025-02-10')).toEqual([['employed', 'platform']])
    expect((await register(actor, { wanted: 'unemployed', workForm: 'none', since: '2025-02-20' })).status).toBe(
      'standing',
    )
    expect(await statusOn(personId, '2025-02-19')).toEqual([['employed', 'platform']])
    expect(await statusOn(personId, '2025-02-20')).toEqual([['unemployed', null]])
    await register(actor, { ...courier, since: '2025-02-25' })
    expect(await statusOn(personId, '2025-02-25')).toEqual([['employed', 'platform']])
  })

  it('is ended by its person, in the register too', async () => {
    const { personId, actor } = await site.person()
    const { caseId } = await register(actor, courier)
    await site.take(actor, caseId, 'end', { reason: '不再从事', to: '2025-02-28' })
    expect(await statusOn(personId, '2025-02-28')).toHaveLength(1)
    expect(await statusOn(personId, '2025-03-01')).toEqual([])
  })

  it('neither what has not begun is registered, nor what would begin before the registration that stands', async () => {
    const { actor } = await site.person()
    const early = await register(actor, { ...courier, since: '2025-03-02' })
    expect((await site.view(early.caseId)).file.state).toMatchObject({ found: { reason: 'not_begun_yet' } })
    await register(actor, courier)
    await expect(
      register(actor, { wanted: 'unemployed', workForm: 'none', since: '2025-02-10' }),
    ).rejects.toMatchObject({
      code: 'standing_begins_too_early',
    })
    expect((await register(actor, { wanted: 'unemployed', workForm: 'none', since: '2025-02-11' })).status).toBe(
      'standing',
    )
  })

  it('who works for an employer is refused, with the reason', async () => {
    const { employerId } = await site.employer()
    const { actor } = await site.person({ employerId })
    expect((await register(actor, courier)).status).toBe('refused')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor } from '../../ground/door.ts'
import { openRulebook } from '../../law/door.ts'
import { service } from './service.ts'

let site: BenefitSite
beforeAll(async () => {
  site = await benefitSite({ region: '130000', on: '2026-05-11', service })
})
afterAll(() => site.close())

const text = '建议窗口中午安排人值班，方便上班的人来办事。'
const write = (actor: Actor, changes: object = {}) =>
  site.open(actor, {
    flow: 'suggestion',
    step: 'write',
    body: { topic: 'counter', text, mayPublish: true, ...changes },
  })

async function publicList(): Promise<unknown> {
  const tools = { rulebook: openRulebook(service.id, service.folder), cases: () => site.cases }
  const [route] = service.create(tools).routes
  return site.run((work) => route?.handle(work, { params: {}, query: {}, body: undefined }) ?? Promise.resolve(), {
    kind: 'public',
  })
}

describe('B2.05: online discussion and suggestions', () => {
  it('is answered within ten working days, published by another officer without a name, and taken down by its writer', async () => {
    const { actor } = await site.person()
    const { caseId } = await write(actor)
    const { deadlines } = await site.view(caseId)
    expect(deadlines).toMatchObject([{ name: 'answer', dueOn: '2026-05-25' }])
    await site.take(await site.officer('accept'), caseId, 'answer', { answer: '六月起中午有人值班。' })
    expect(await publicList()).toEqual({ items: [] })
    await site.take(await site.officer('review'), caseId, 'publish', { outcome: 'published', opinion: '不含个人信息' })
    expect(await publicList()).toMatchObject({ items: [{ topic: 'counter', text, answer: '六月起中午有人值班。' }] })
    await site.take(actor, caseId, 'takeDown', { reason: '不想公开了' })
    expect(await publicList()).toEqual({ items: [] })
    expect((await site.view(caseId)).file.status).toBe('answered')
  })

  it('without the writer’s consent, or about staff, it is never public', async () => {
    const { actor } = await site.person()
    const own = await write(actor, { mayPublish: false })
    await site.take(await site.officer('accept'), own.caseId, 'answer', { answer: '已转有关科室。' })
    expect((await site.view(own.caseId)).file.status).toBe('answered')
    const staff = await write(actor, { topic: 'staff' })
    expect(staff.status).toBe('with_supervision')
    await expect(
      site.take(await site.officer('accept'), staff.caseId, 'answer', { answer: '没有这回事' }),
    ).rejects.toMatchObject({ code: 'step_not_open' })
    await site.take(await site.officer('supervisor'), staff.caseId, 'answerForSupervision', {
      answer: '已核实并整改。',
    })
    expect((await site.view(staff.caseId)).file.status).toBe('answered')
  })

  it('five may be open at a time, and an empty one is not taken', async () => {
    const { actor } = await site.person()
    await expect(write(actor, { text: '太慢' })).rejects.toMatchObject({ code: 'too_short' })
    for (let nth = 0; nth < 5; nth++) await write(actor)
    await expect(write(actor)).rejects.toMatchObject({ code: 'too_many_open', clause: 'B2.05' })
  })
})

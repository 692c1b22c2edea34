import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Id } from '../../ground/door.ts'
import { accessLogOf, beginBenefitSpell } from '../../people/door.ts'
import { person, personOf, type SharingNation, type SharingRegion, sharingNation } from './sharing.testing.ts'

let nation: SharingNation
let gansu: SharingRegion
let accept: Actor
let approve: Actor
let keys = 0

beforeAll(async () => {
  nation = await sharingNation()
  gansu = nation.gansu
  accept = await gansu.officer('accept')
  approve = await gansu.officer('approve')
})
afterAll(() => nation.close())

const order = {
  department: '示例市民政局',
  letter: '示例函〔2026〕1号',
  basis: 'double_benefit_check',
  kind: 'benefits',
  wants: 'lines',
}
const csvOf = (numbers: readonly number[]) =>
  ['idNumber,name', ...numbers.map(personOf).map(({ idNumber, name }) => `${idNumber},${name}`)].join('\n')

function request(body: object) {
  const opening = { flow: 'data-comparison', body: { ...order, ...body }, agency: '620000', subject: {} }
  return gansu.run((work) => gansu.cases.open(work, { ...opening, idempotencyKey: `open-${++keys}` }), accept)
}

const approveIt = (caseId: Id, actor: Actor) =>
  gansu.run(
    (work) =>
      gansu.cases.take(work, {
        ...{ caseId, step: 'approve', body: { outcome: 'approved', opinion: '依据充分' } },
        ...{ expectedSeq: 1, idempotencyKey: `approve-${++keys}` },
      }),
    actor,
  )

const stateOf = async (caseId: Id) => (await gansu.run((work) => gansu.cases.get(work, caseId))).file

function lines(caseId: Id) {
  const route = gansu.parts.routes.find(({ path }) => path === '/comparisons/:caseId/lines')
  return gansu.run(
    (work) => route?.handle(work, { params: { caseId }, query: {}, body: undefined }) ?? Promise.resolve(),
    accept,
  )
}

async function recipient(nth: number) {
  const { personId } = await person(gansu, nth)
  await gansu.run((work) =>
    beginBenefitSpell(work, {
      ...{ personId, kind: 'unemployment_benefit', agency: '620000', from: '2026-03' },
      caseId: work.newId(),
    }),
  )
  return personId
}

describe('B2.03: a list of another department is compared', () => {
  it('by another officer, with the matches line by line, and everybody looked at can see it', async () => {
    const personId = await recipient(101)
    await person(gansu, 102)
    const { caseId, number } = await request({ csv: csvOf([101, 102, 199]) })
    await expect(lines(caseId)).rejects.toMatchObject({ code: 'not_compared_yet' })
    await expect(approveIt(caseId, accept)).rejects.toMatchObject({ code: 'not_your_step' })
    await approveIt(caseId, approve)
    expect(await lines(caseId)).toEqual({
      lines: [
        { line: 1, matches: true },
        { line: 2, matches: false },
        { line: 3, matches: false },
      ],
    })
    const log = await gansu.run((work) => accessLogOf(work, personId))
    expect(log.map(({ purpose }) => purpose)).toContain(`数据比对 ${number}：示例市民政局（double_benefit_check）`)
  })

  it('tells no small number where only the number is asked for', async () => {
    const few = [201, 202, 203, 204]
    for (const nth of few) await recipient(nth)
    const small = await request({ csv: csvOf(few), wants: 'count' })
    await approveIt(small.caseId, approve)
    expect((await stateOf(small.caseId)).state).toMatchObject({ compared: true, matches: null })
    await expect(lines(small.caseId)).rejects.toMatchObject({ code: 'only_count_asked' })
    await recipient(205)
    const enough = await request({ csv: csvOf([...few, 205]), wants: 'count' })
    await approveIt(enough.caseId, approve)
    expect((await stateOf(enough.caseId)).state).toMatchObject({ matches: 5 })
  })

  it('refuses a basis that is not listed for it, and says every line that is wrong', async () => {
    await expect(request({ csv: csvOf([101]), kind: 'employments' })).rejects.toMatchObject({
      code: 'basis_not_listed',
    })
    await expect(request({ csv: `${csvOf([101])}\n620102198406020000,示例·错\n1,` })).rejects.toMatchObject({
      problems: [{ path: 'csv line 3' }, { path: 'csv line 4' }],
    })
    await expect(request({ csv: 'idNumber,name\n' })).rejects.toMatchObject({ problems: [{ path: 'csv' }] })
  })
})

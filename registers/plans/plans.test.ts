import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { importShippedLists } from '../lists/all-lists.ts'
import type { List, ListedRow } from '../lists/list.ts'
import { advanceListRow, currentListRows, importListRows } from '../lists/list-rows.ts'
import { readListYaml } from '../lists/list-trees.ts'
import { targets } from '../lists/targets.ts'
import { registersMigrations } from '../tables.ts'
import { isPolicyItemActive, policyItems } from './policy-items.ts'
import { lastDayOfPilot, pilotItems, pilotPlans } from './talent-pilots.ts'
import { trainingProjects } from './training-projects.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '620000', migrations: [await registersMigrations()] })
  await run(importShippedLists)
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const officer = (role: string, nth: number) =>
  ({ kind: 'staff', userId: idOf(nth), assignmentId: idOf(nth), role, agency: '620000' }) as const
const idOf = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`
const as = <T>(role: string, nth: number, action: (work: Work) => Promise<T>) =>
  inTransaction(node, officer(role, nth), action)
const common = { region: '620000', source: '示例' }
const take = <Row extends ListedRow>(list: List<Row>, ...rows: object[]) =>
  as('values_admin', 1, (work) =>
    importListRows(work, list, readListYaml(JSON.stringify({ rows: rows.map((row) => ({ ...common, ...row })) })).rows),
  )
const told = <Row extends ListedRow>(list: List<Row>, id: string) =>
  run(async (work) => {
    const kept = (await currentListRows(work, list)).find(({ row }) => row.id === id)
    return kept && list.tell(kept.row, work.today)
  })
const word = { zh: '试样', en: 'specimen' }
const problemPaths = (error: BadInput) => error.problems.map(({ path }) => path)

describe('training projects of four stages (C9.03, C9.04)', () => {
  const project = (change: object = {}) => ({
    id: 'care-2026',
    name: { zh: '养老护理员培训', en: 'Training of care workers' },
    field: 'elderly_and_child_care',
    demand: [{ vacancy: 'V-2026-001', title: { zh: '养老护理员', en: 'care worker' } }],
    training: word,
    assessment: word,
    service: word,
    ...change,
  })

  it.each([
    ['C9-t1: without any linked vacancy', { demand: undefined }, 'demand'],
    ['C9-t1: with an empty list of vacancies', { demand: [] }, 'demand'],
    ['C9.03: without training', { training: undefined }, 'training'],
    ['C9.03: without assessment', { assessment: undefined }, 'assessment'],
    ['C9.03: without employment service', { service: undefined }, 'service'],
  ])('%s it is incomplete and cannot be approved', async (_, change, missing) => {
    const id = `lacks-${missing}-${JSON.stringify(change).length}`
    await take(trainingProjects, project({ id, ...change }))
    expect((await told(trainingProjects, id))?.state?.en).toBe('incomplete')
    const approve = as('supervisor', 2, (work) => advanceListRow(work, trainingProjects, id))
    await expect(approve).rejects.toMatchObject({
      ...{ code: 'training_project_incomplete', clause: 'C9.03' },
      params: { missingStages: missing },
    })
    const claimed = take(trainingProjects, project({ id, ...change, approvedOn: '2026-05-01' }))
    await expect(claimed).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · approvedOn')
  })

  it('C9.03: with all four stages it is approved, by another role, once', async () => {
    await take(trainingProjects, project())
    const approve = (role: string, nth: number) =>
      as(role, nth, (work) => advanceListRow(work, trainingProjects, 'care-2026'))
    await expect(approve('values_admin', 1)).rejects.toMatchObject({ code: 'register_writer_needed' })
    await expect(approve('supervisor', 1)).rejects.toMatchObject({ code: 'list_step_same_officer' })
    expect(await approve('supervisor', 2)).toHaveProperty('approvedOn')
    await expect(approve('supervisor', 2)).rejects.toMatchObject({ code: 'list_step_not_next' })
    expect((await told(trainingProjects, 'care-2026'))?.state?.en).toBe('approved')
  })

  it('C9.03: a file approves nothing: nor what it adds, nor what it changes of a project that was approved', async () => {
    const id = 'claimed'
    const claim = () => take(trainingProjects, project({ id, approvedOn: '2026-05-01' }))
    await expect(claim()).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · approvedOn')
    await take(trainingProjects, project({ id }))
    await expect(claim()).rejects.toBeInstanceOf(BadInput)
    const approved = await as('supervisor', 2, (work) => advanceListRow(work, trainingProjects, id))
    expect(await take(trainingProjects, approved)).toMatchObject({ unchanged: 1 })
    const changed = { ...approved, training: { zh: '另一培训', en: 'other training' } }
    await expect(take(trainingProjects, changed)).rejects.toBeInstanceOf(BadInput)
    // Changed, it is a draft again; withdrawn, it stays what it was.
    expect(await take(trainingProjects, { ...changed, approvedOn: undefined })).toMatchObject({ changed: 1 })
    expect((await told(trainingProjects, id))?.state?.en).toBe('complete')
    const again = await as('supervisor', 2, (work) => advanceListRow(work, trainingProjects, id))
    expect(await take(trainingProjects, { ...again, withdrawn: word })).toMatchObject({ changed: 1 })
  })

  it('C9.04: only in a field where jobs are many and people short', async () => {
    const refused = take(trainingProjects, project({ id: 'flowers', field: 'flower_arranging' }))
    await expect(refused).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · field')
  })
})

describe('the policy toolbox (C10.01, C10.07)', () => {
  it.each([
    ['C10.01: continued', 'retention-refund', 'continued', true],
    ['C10.01: changed', 'retention-loan-limit', 'changed', true],
    ['C10.03: for the young', 'youth-measures', 'carried out', true],
    ['C10.03: what comes next', 'employment-drive', 'next', false],
    ['C10.06: protection of flexible workers', 'flexible-workers', 'carried out', true],
    ['C10.07: a draft in reserve', 'reserve-hiring', 'in reserve', false],
  ])('%s', async (_, id, state, isActive) => {
    expect((await told(policyItems, id))?.state?.en).toBe(state)
    const kept = (await run((work) => currentListRows(work, policyItems))).find(({ row }) => row.id === id)
    expect(kept && isPolicyItemActive(kept.row, '2026-05-11')).toBe(isActive)
  })

  it('C10.07: a draft in reserve counts from the day on which it is released, and not before', async () => {
    const draft = { id: 'gansu-reserve', name: word, field: 'skills', state: 'reserve' }
    await take(policyItems, draft)
    const released = await as('supervisor', 2, (work) => advanceListRow(work, policyItems, 'gansu-reserve'))
    expect(released).toMatchObject({ state: 'released' })
    const on = released.releasedOn ?? ''
    expect([isPolicyItemActive(released, '2020-01-01'), isPolicyItemActive(released, on)]).toEqual([false, true])
    const again = as('supervisor', 2, (work) => advanceListRow(work, policyItems, 'gansu-reserve'))
    await expect(again).rejects.toMatchObject({ code: 'list_step_not_next' })
    const claimed = take(policyItems, { ...draft, id: 'claimed', state: 'released', releasedOn: '2026-05-01' })
    await expect(claimed).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · releasedOn')
    const undated = take(policyItems, { ...draft, id: 'undated', state: 'released' })
    await expect(undated).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · releasedOn')
  })
})

describe('pilots of the talent reform (C13)', () => {
  const unit = (kind: string) => ({ name: word, kind })
  const item = (change: object = {}) => ({
    ...{ id: 'item-7', name: word, aspect: 'titles', number: '7', isAddition: 'false' },
    units: [unit('prefecture'), unit('university')],
    ...change,
  })

  it.each([
    ['C13-t1: no unit', []],
    ['C13-t1: three units', [unit('prefecture'), unit('prefecture'), unit('institute')]],
  ])('%s - refused', async (_, units) => {
    const refused = take(pilotItems, item({ id: `units-${units.length}`, units }))
    await expect(refused).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · units')
  })

  it.each([
    ['C13-t1: one unit', [unit('enterprise')]],
    ['C13-t1, C13.04: two units', [unit('prefecture'), unit('university')]],
  ])('%s - accepted', async (_, units) => {
    expect(await take(pilotItems, item({ id: `units-${units.length}`, units }))).toMatchObject({ added: 1 })
  })

  it('C13.02: six aspects, and no item beyond the 24 of the notice', async () => {
    const aspects = ['postdoctoral', 'titles', 'continuing_education', 'experts', 'returnees', 'services']
    const rows = aspects.map((aspect, nth) => item({ id: `aspect-${nth}`, aspect, number: String(nth + 19) }))
    expect(await take(pilotItems, ...rows)).toMatchObject({ added: 6 })
    const refused = take(pilotItems, item({ id: 'item-25', number: '25' }))
    await expect(refused).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · number')
    const other = take(pilotItems, item({ id: 'item-other', aspect: 'weather' }))
    await expect(other).rejects.toBeInstanceOf(BadInput)
  })

  it('C13-t3, C13.03: the Corps adds an item that is not among the 24', async () => {
    const added = item({ id: 'corps-1', region: '660000', isAddition: 'true', number: undefined })
    const rows = readListYaml(JSON.stringify({ rows: [{ ...common, ...added }] })).rows
    expect(await run((work) => importListRows(work, pilotItems, rows))).toMatchObject({ added: 1 })
    const numbered = take(pilotItems, item({ id: 'odd', isAddition: 'true' }))
    await expect(numbered).rejects.toSatisfy((error: BadInput) => problemPaths(error)[0] === 'row 1 · number')
  })

  it('C13.06, C13.07: typical cases, evaluation and roll-out are told with the item', async () => {
    const id = 'shown'
    await take(pilotItems, item({ id, typicalCases: [word], evaluation: word, rolledOutOn: '2026-05-01' }))
    expect((await told(pilotItems, id))?.notes.map(({ en }) => en)).toContain('rolled out everywhere from 2026-05-01')
  })

  it('the limits are read from the targets: corrected there, they hold here', async () => {
    const most = (await run((work) => currentListRows(work, targets))).find(
      ({ row }) => row.id === 'talent-pilot-units-most',
    )
    const corrected = [{ place: 'row 1', tree: { ...most?.row, value: '3' } }]
    await expect(
      run(async (work) => {
        await importListRows(work, targets, corrected)
        const three = item({ id: 'three', units: [unit('prefecture'), unit('institute'), unit('university')] })
        const rows = readListYaml(JSON.stringify({ rows: [{ ...common, ...three }] })).rows
        expect(await importListRows(work, pilotItems, rows)).toMatchObject({ added: 1 })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
  })

  const plan = { id: 'gansu-plan', mechanism: word, goals: word, measures: word, scope: word, schedule: word }

  it('C13-t2, C13.05: a plan without responsible unit is incomplete and not submitted', async () => {
    await take(pilotPlans, plan)
    expect(await told(pilotPlans, 'gansu-plan')).toMatchObject({
      state: { en: 'incomplete' },
      notes: [{ en: 'missing: responsible unit' }],
    })
    const submit = () => as('supervisor', 2, (work) => advanceListRow(work, pilotPlans, 'gansu-plan'))
    await expect(submit()).rejects.toMatchObject({ code: 'pilot_plan_incomplete', clause: 'C13.05' })
    await take(pilotPlans, { ...plan, responsibleUnit: word })
    expect(await submit()).toHaveProperty('submittedOn')
  })

  it.each([
    ['2025-07-01', '2027-06-30'],
    ['2024-02-29', '2026-02-27'],
  ])('C13.01: two years from %s end on %s', async (startsOn, lastDay) => {
    expect(await run((work) => lastDayOfPilot(work, startsOn))).toBe(lastDay)
  })
})

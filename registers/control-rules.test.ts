import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { listControlRules, upsertControlRule } from './control-rules.ts'
import { registersMigrations } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const officer = (role: string): Actor => ({
  kind: 'staff',
  userId: '00000000-0000-4000-8000-000000000001',
  assignmentId: '00000000-0000-4000-9000-000000000001',
  role,
  agency: '320000',
})

describe('control rules have a level, words and dates (B3.09, B3.10)', () => {
  const rule = (change: object = {}) => ({
    code: 'filed_twice',
    service: 'club',
    level: 'medium',
    name: { zh: '重复申请', en: 'Applied twice' },
    assumed: true,
    from: '2024-01-01',
    source: 'B3.09',
    ...change,
  })
  const write = (change: object, actor: Actor = systemActor) =>
    as(actor, (work) => upsertControlRule(work, rule(change)))
  const levelsOn = async (service: string, on: string) => {
    const rules = await as({ kind: 'public' }, (work) => listControlRules(work, service, on))
    return rules.map(({ code, level }) => `${code} ${level}`)
  }

  it('a new level takes the place of the old one from its day', async () => {
    await write({})
    await write({ level: 'high', from: '2025-01-01', to: '2025-12-31' })
    expect(await levelsOn('club', '2023-12-31')).toEqual([])
    expect(await levelsOn('club', '2024-12-31')).toEqual(['filed_twice medium'])
    expect(await levelsOn('club', '2025-01-01')).toEqual(['filed_twice high'])
    expect(await levelsOn('club', '2026-01-01')).toEqual([])
    await expect(write({ from: '2025-01-01' })).rejects.toMatchObject({
      code: 'control_rule_dates_clash',
      params: { beginsOn: '2025-01-01' },
    })
  })

  it('holds for its service, or for every one', async () => {
    const { service, ...everywhere } = rule({ code: 'at_night', level: 'low' })
    await as(systemActor, (work) => upsertControlRule(work, everywhere))
    expect(await levelsOn(service, '2024-06-01')).toEqual(['at_night low', 'filed_twice medium'])
    expect(await levelsOn('library', '2024-06-01')).toEqual(['at_night low'])
  })

  it('is written by internal control', async () => {
    await expect(write({ code: 'mine' }, officer('accept'))).rejects.toMatchObject({ code: 'register_writer_needed' })
    expect(await write({ code: 'mine' }, officer('control'))).toMatchObject({ code: 'mine' })
  })

  it.each([
    ['an unknown level', { level: 'severe' }, 'level'],
    ['a name in one language', { name: { zh: '只有中文' } }, 'name.en'],
    ['no source', { source: '' }, 'source'],
    ['an end before the start', { to: '2023-12-31' }, 'to'],
  ])('refuses %s', async (_, change, path) => {
    await expect(write(change)).rejects.toMatchObject({ problems: [{ path }] })
  })
})

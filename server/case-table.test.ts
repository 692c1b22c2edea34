import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../ground/door.ts'
import { openRulebook, type Rulebook } from '../law/door.ts'
import { findingSentence } from '../policy/door.ts'
import { differences, readCaseTable } from './case-table.ts'
import { serviceProblems } from './command/check.ts'
import { serviceFindings } from './policy-check.ts'

const policy = `
import { count, flag, grant, money, policy, refuse } from '../../policy/door.ts'

export const fee = policy({
  id: 'club-fee', title: { zh: '会费', en: 'Club fee' }, from: '2026-01-01', clause: 'article 1',
  facts: { member: flag(), guests: count('person') },
  values: { feeFen: money() },
  results: { dueFen: money() },
  total: 'dueFen',
  decide(facts, values) {
    if (!facts.member) return refuse('not_a_member', 'article 2')
    return grant({ dueFen: values.feeFen }, 'article 3')
  },
})
`
/** The same fee for each member of a family; guests pay nothing. */
const familyPolicy = `
import { count, eachOf, flag, grant, list, money, policy, record, refuse } from '../../policy/door.ts'

export const fee = policy({
  id: 'club-fee', title: { zh: '会费', en: 'Club fee' }, from: '2026-01-01', clause: 'article 1',
  facts: { family: list(record({ member: flag() }), { of: 'person', max: 9 }), member: flag(), guests: count('person') },
  values: { feeFen: money() },
  results: { peopleCounted: count('person') },
  items: { list: 'family', results: { dueFen: money() }, total: 'dueFen' },
  decide(facts, values) {
    return grant({ peopleCounted: facts.guests }, 'article 3', eachOf(facts.family, (one) =>
      one.member ? grant({ dueFen: values.feeFen }, 'article 3') : refuse('not_a_member', 'article 2')))
  },
})
`
const values = 'feeFen: { unit: fen, dates: [{ value: 5000, from: 2026-01-01, source: article 3 }] }\n'
const labels = [
  ...['clauses.article 1', 'clauses.article 2', 'clauses.article 3', 'facts.member', 'facts.guests'],
  ...['values.feeFen', 'results.dueFen', 'reasons.not_a_member', 'advice.not_a_member'],
]
const messages = (names: string[]) => names.map((name) => `${name}: 某某\n`).join('')
const granted = `
  - { id: T1, says: 会员缴费, policy: club-fee, region: '320000', on: 2026-05-11, facts: {}, outcome: granted, amountFen: 5000, results: { dueFen: 5000 } }`
const refused = `
  - { id: T2, says: 非会员不收费, policy: club-fee, region: '320000', on: 2026-05-11, facts: { member: false }, outcome: refused, reason: not_a_member, because: article 2 }`
const table = (cases: string) => `base:\n  club-fee: { member: true, guests: 0 }\ncases:${cases}\n`

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongban-table-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function service(files: {
  cases: string
  zh?: string[]
  en?: string[]
  rule?: string
}): Promise<{ rulebook: Rulebook; folder: URL }> {
  const { cases, zh = labels, en = labels, rule = policy } = files
  const folder = await mkdtemp(join(root, 'club-'))
  const written = { 'policy.ts': rule, 'values.yaml': values, 'cases.yaml': table(cases) }
  const worded = { 'messages.zh.yaml': messages(zh), 'messages.en.yaml': messages(en) }
  for (const [name, text] of Object.entries({ ...written, ...worded })) await writeFile(join(folder, name), text)
  const place = pathToFileURL(`${folder}/`)
  return { rulebook: openRulebook('club', place), folder: place }
}

async function problemsOf(files: Parameters<typeof service>[0]): Promise<string[]> {
  const { rulebook, folder } = await service(files)
  const rules = { id: 'club', rulebook, folder }
  const cases = readCaseTable(folder)
  const unshown = serviceFindings(rules, cases, { today: '2026-01-01' }).filter(({ code }) => code === 'TC1106')
  return [...serviceProblems(rules, cases), ...unshown.map((finding) => findingSentence(finding, 'en'))]
}

describe('a table of cases', () => {
  it('that says what is decided has no problem', async () => {
    expect(await problemsOf({ cases: granted + refused })).toEqual([])
  })

  it('that says something else shows every difference', async () => {
    const { rulebook, folder } = await service({ cases: granted })
    const expected = must(readCaseTable(folder)[0], 'a case')
    expect(differences(rulebook, { ...expected, amountFen: 5001, because: 'article 9' })).toEqual([
      'because: expected "article 9", found "article 3"',
      'amountFen: expected 5001, found 5000',
    ])
    expect(differences(rulebook, { ...expected, facts: { member: true, guests: -1 } })).toHaveLength(1)
  })

  it('must show every code that the policies can answer', async () => {
    expect(await problemsOf({ cases: granted })).toEqual([
      'no case comes to `not_a_member`; add one to the table of cases',
    ])
  })

  it('says what each item comes to, where a policy decides item by item', async () => {
    const cases = `
  - { id: T3, says: 家庭会费, policy: club-fee, region: '320000', on: 2026-05-11, facts: { family: [{ member: true }, { member: false }] }, outcome: granted, items: [{ outcome: granted, amountFen: 5000 }, { outcome: refused, reason: not_a_member }] }`
    const zh = [...labels, 'facts.family', 'facts.family.member', 'results.peopleCounted', 'items.dueFen']
    expect(await problemsOf({ cases, zh, en: zh, rule: familyPolicy })).toEqual([])
    const { rulebook, folder } = await service({ cases, zh, en: zh, rule: familyPolicy })
    const expected = must(readCaseTable(folder)[0], 'a case')
    const swapped = { ...expected, items: [...(expected.items ?? [])].reverse() }
    expect(differences(rulebook, swapped)).toContain('items.0.outcome: expected "refused", found "granted"')
    expect(differences(rulebook, { ...expected, items: [] })).toEqual(['items: expected 0, found 2'])
  })

  it('goes with sentences in both languages', async () => {
    const without = (name: string) => labels.filter((label) => label !== name)
    expect(await problemsOf({ cases: granted + refused, en: without('facts.member') })).toEqual([
      'messages.en.yaml has no sentence for facts.member',
    ])
    const forgotten = without('advice.not_a_member')
    expect(await problemsOf({ cases: granted + refused, zh: forgotten, en: forgotten })).toEqual([
      'messages.zh.yaml has no sentence for advice.not_a_member',
      'messages.en.yaml has no sentence for advice.not_a_member',
    ])
    const { rulebook, folder } = await service({ cases: granted, en: without('facts.member') })
    const expected = must(readCaseTable(folder)[0], 'a case')
    expect(differences(rulebook, expected)).toEqual([expect.stringContaining('facts.member')])
  })

  it('that does not parse says where', async () => {
    const wrong = granted.replace("'320000'", 'nowhere').replace('outcome: granted', 'outcome: perhaps')
    await expect(problemsOf({ cases: wrong })).rejects.toMatchObject({
      problems: [{ path: 'cases.yaml.cases[0].region' }, { path: 'cases.yaml.cases[0].outcome' }],
    })
  })
})

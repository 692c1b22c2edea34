import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeNodeKeys, must, Refusal, systemRandom } from '../ground/door.ts'
import { readCaseTable } from './case-table.ts'
import { keepSecrets } from './secrets.ts'
import { openServiceRules } from './services.ts'

const command = fileURLToPath(new URL('../bin/tongban.js', import.meta.url))

type Ended = { code: number | null; out: string; err: string }

function tongban(parameters: string[], input = '', environment: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...parameters], { env: { ...process.env, ...environment } })
    const ended: Ended = { code: null, out: '', err: '' }
    child.stdout.on('data', (text) => {
      ended.out += text
    })
    child.stderr.on('data', (text) => {
      ended.err += text
    })
    child.on('close', (code) => resolve({ ...ended, code }))
    child.stdin.end(input)
  })
}

let folder: string
let decided: Awaited<ReturnType<typeof someCases>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-command-'))
  decided = await someCases()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** One granted and one refused case of whatever service there is. */
async function someCases() {
  const [rules] = await openServiceRules()
  const table = readCaseTable(must(rules, 'a service').folder)
  const find = (outcome: string) =>
    must(
      table.find((each) => each.outcome === outcome),
      `a case that is ${outcome}`,
    )
  return { granted: find('granted'), refused: find('refused') }
}

/** A case of a policy whose figures nobody has set for Beijing. */
async function caseOfOneRegion() {
  const cases = (await openServiceRules()).flatMap((rules) =>
    readCaseTable(rules.folder).map((each) => ({ ...each, rules })),
  )
  const isUnset = ({ rules, policy, on, facts }: (typeof cases)[number]) => {
    try {
      rules.rulebook.decideAsShipped({ policy, on, facts, insuredRegion: '110000' })
      return false
    } catch (error) {
      return error instanceof Refusal && error.code === 'value_not_in_force'
    }
  }
  return must(cases.find(isUnset), 'a policy of one region')
}

const parametersOf = ({ policy, region, on }: { policy: string; region: string; on: string }) => [
  'decide',
  ...[policy, '--region', region, '--on', on],
]

describe('tongban decide', () => {
  it('ends with 0 for a grant and for a refusal, and prints the decision', async () => {
    for (const each of [decided.granted, decided.refused]) {
      const ended = await tongban([...parametersOf(each), '--json', '--facts', JSON.stringify(each.facts)])
      expect(ended).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(ended.out)).toMatchObject({
        outcome: each.outcome,
        reason: each.reason ?? null,
        policy: { id: each.policy, irHash: expect.any(String), valuesHash: expect.any(String) },
      })
    }
  })

  it('takes facts from a file and from standard input', async () => {
    const facts = JSON.stringify(decided.granted.facts)
    const file = join(folder, 'facts.json')
    await writeFile(file, facts)
    const fromFile = await tongban([...parametersOf(decided.granted), '--json', '--facts', `@${file}`])
    const fromInput = await tongban([...parametersOf(decided.granted), '--json', '--facts', '-'], facts)
    expect(JSON.parse(fromFile.out)).toMatchObject({ outcome: 'granted' })
    expect(fromInput.out).toBe(fromFile.out)
  })

  it('explains in both languages', async () => {
    const parameters = [...parametersOf(decided.refused), '--explain', '--facts', JSON.stringify(decided.refused.facts)]
    const zh = await tongban(parameters)
    const en = await tongban([...parameters, '--lang', 'en'])
    expect(zh.out).toMatch(/不予通过/)
    expect(en.out).toMatch(/Refused/)
    expect(en.out.split('\n').length).toBeGreaterThan(5)
  })

  it.each([
    ['JSON that does not parse', ['--facts', '{'], ['facts']],
    ['facts that are a list', ['--facts', '[]'], ['facts']],
    ['a file that is not there', ['--facts', '@/nowhere.json'], ['facts']],
    ['a day that does not exist', ['--facts', '{}', '--on', '2026-02-30'], ['on']],
    ['a region that does not exist', ['--facts', '{}', '--region', '999999'], ['region']],
    ['a fact that the policy does not have', ['--facts', '{"noSuchFact":1}'], ['facts.noSuchFact']],
  ])('ends with 2 for %s, and says what is wrong as JSON', async (_, parameters, paths) => {
    const ended = await tongban(['decide', decided.granted.policy, '--json', ...parameters])
    expect(ended).toMatchObject({ code: 2, out: '' })
    const { problems } = JSON.parse(ended.err)
    expect(problems.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(paths))
    for (const problem of problems) {
      expect(problem).toEqual({ path: expect.any(String), expected: expect.any(String), found: expect.any(String) })
    }
  })

  it('ends with 2 for a policy that does not exist, and names those that do', async () => {
    const ended = await tongban(['decide', 'no-such-policy', '--facts', '{}'])
    expect(ended.code).toBe(2)
    expect(JSON.parse(ended.err).problems[0]).toMatchObject({ path: 'policy', found: 'no-such-policy' })
    expect(ended.err).toContain(decided.granted.policy)
  })
})

describe('tongban decide, why not and what would change it', () => {
  const asked = () => [...parametersOf(decided.refused), '--facts', JSON.stringify(decided.refused.facts)]

  it('tells the conditions in the way and the changes, in both languages and as JSON', async () => {
    const zh = await tongban([...asked(), '--why-not', '--change'])
    expect(zh.code).toBe(0)
    expect(zh.out).toContain('哪些条件不满足')
    expect(zh.out).toContain('怎样改变结果')
    const en = await tongban([...asked(), '--why-not', '--change', 'granted', '--lang', 'en'])
    expect(en.out).toContain('What stands in the way\n  Refused. Reason:')
    const json = await tongban([...asked(), '--why-not', '--change', '--json'])
    const { whyNot, changes } = JSON.parse(json.out)
    expect(whyNot.obstacles[0]).toMatchObject({ outcome: 'refused', reason: decided.refused.reason })
    for (const change of changes.changes) expect(change.decision.outcome).toBe('granted')
  })

  it.each([
    'soon',
    'more:',
    'more:nothing',
    'more:amountFen:much',
    'more:amountFen:1:2',
    'more:amountFen:99999999999999999999',
    'refused:no_such_reason',
    'granted:well',
  ])('ends with 2 for the goal %s', async (goal) => {
    const ended = await tongban([...asked(), '--change', goal])
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(ended.err).problems[0]).toMatchObject({ path: 'change', found: goal })
  })
})

describe('tongban ask', () => {
  const asked = (facts: object) => {
    const [, ...parameters] = parametersOf(decided.granted)
    return ['ask', ...parameters, '--json', '--facts', JSON.stringify(facts)]
  }

  it('asks one fact after the other until the answer is the decision', async () => {
    const facts: Record<string, unknown> = decided.granted.facts
    const open = JSON.parse((await tongban(asked({}))).out)
    expect(open).toMatchObject({ is: 'open', next: { fact: expect.any(String) } })
    const certain = JSON.parse((await tongban(asked(facts))).out)
    expect(certain).toMatchObject({ is: 'certain', verdict: { outcome: 'granted' } })
    const told = await tongban([...asked({}).filter((each) => each !== '--json'), '--lang', 'en'])
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toContain('To be asked next: ')
  })

  it('ends with 2 for a fact that the policy does not have', async () => {
    const ended = await tongban(asked({ noSuchFact: 1 }))
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(ended.err).problems[0]).toMatchObject({ path: 'facts.noSuchFact' })
  })
})

describe('tongban capsule and tongban verify', () => {
  const seal = (...more: string[]) => {
    const [, ...parameters] = parametersOf(decided.granted)
    return tongban(['capsule', ...parameters, '--facts', JSON.stringify(decided.granted.facts), ...more], '', {
      TONGBAN_DATA: folder,
    })
  }
  const verify = (...parameters: string[]) => tongban(['verify', ...parameters], '', { TONGBAN_DATA: folder })

  it('seals with a key and verifies with its public half; an altered capsule is told', async () => {
    const keys = makeNodeKeys(systemRandom)
    const [keyFile, publicFile, sealed] = [
      join(folder, 'pair.json'),
      join(folder, 'public.pem'),
      join(folder, 'one.json'),
    ]
    await writeFile(keyFile, JSON.stringify({ keys }))
    await writeFile(publicFile, keys.signingPublicKey)
    expect(await seal('--key', keyFile, '--out', sealed)).toEqual({ code: 0, out: '', err: '' })
    expect(await verify(sealed, '--key', publicFile, '--lang', 'en')).toMatchObject({ code: 0, err: '' })
    const unknown = await verify(sealed, '--json')
    expect(unknown.code).toBe(3)
    expect(JSON.parse(unknown.out).findings).toMatchObject([{ finding: 'key_unknown' }])
    const altered = { ...JSON.parse(await readFile(sealed, 'utf8')), on: '2020-02-02' }
    await writeFile(sealed, JSON.stringify(altered))
    const ended = await verify(sealed, '--key', keyFile, '--lang', 'en')
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('Altered after it was sealed: the day.')
  })

  it('uses the keys of the node, and ends with 2 where there are none', async () => {
    const broken = join(folder, 'broken.json')
    await writeFile(broken, JSON.stringify({ signingPrivateKey: 'none', signingPublicKey: 'none' }))
    const [none, unusable] = [await seal(), await seal('--key', broken)]
    expect(unusable).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(unusable.err).problems[0]).toMatchObject({ path: 'key', found: broken })
    expect(none).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(none.err).problems[0]).toMatchObject({ path: 'key' })
    await keepSecrets(folder, decided.granted.region, systemRandom)
    const sealed = await seal()
    const file = join(folder, 'two.json')
    await writeFile(file, sealed.out)
    expect(await verify(file)).toMatchObject({ code: 0, err: '' })
  })

  it('ends with 2 for what is no capsule', async () => {
    const file = join(folder, 'none.json')
    await writeFile(file, '{}')
    expect((await verify(file)).code).toBe(2)
    expect((await verify(join(folder, 'not-there.json'))).code).toBe(2)
  })
})

describe('tongban', () => {
  it('lists the policies', async () => {
    const ended = await tongban(['policies', '--json'])
    expect(ended.code).toBe(0)
    expect(JSON.parse(ended.out)).toContainEqual(expect.objectContaining({ id: decided.granted.policy }))
    expect((await tongban(['policies'])).out).toContain(decided.granted.policy)
  })

  it('finds nothing wrong with what is shipped', { timeout: 120_000 }, async () => {
    expect(await tongban(['check'])).toMatchObject({ code: 0, err: '' })
  })

  it('refuses what is wrong in a trial on made-up people, each by its name', async () => {
    const { policy, on, region } = decided.granted
    const asked = ['simulate', policy, '--on', on, '--region', region, '--people', '500', '--amount', 'nothing']
    const refused = await tongban(asked)
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(refused.err).problems[0]).toMatchObject({ path: 'amount' })
    const malformed = await tongban([...asked, '--set', 'no equals sign'])
    expect(JSON.parse(malformed.err).problems[0]).toMatchObject({ path: 'set', found: 'no equals sign' })
    expect((await tongban(['simulate', policy, '--region', 'nowhere'])).code).toBe(2)
    const long = await tongban(['simulate', policy, '--on', on, '--seed', '99999999999999999999'])
    expect(JSON.parse(long.err).problems[0]).toMatchObject({ path: 'seed' })
  })

  it('tells of figures that nobody has set for a region as of other bad input', async () => {
    const { policy, on } = await caseOfOneRegion()
    const asked = [policy, '--on', on, '--region', '110000', '--lang', 'en']
    for (const command of [['simulate'], ['ask', '--facts', '{}']]) {
      const refused = await tongban([...command, ...asked])
      expect(refused).toMatchObject({ code: 2, out: '' })
      expect(JSON.parse(refused.err).problems).toEqual([
        {
          path: 'region',
          expected: 'a region and a day for which every value is set',
          found: expect.stringContaining('region 110000'),
        },
      ])
    }
  })

  it('ends with 2 for a command that does not exist', async () => {
    expect((await tongban(['no-such-command'])).code).toBe(2)
  })

  it('tells what an installation needs', async () => {
    const healthy = await tongban(['doctor'], '', { TONGBAN_DATA: folder, PORT: '0' })
    expect(healthy).toMatchObject({ code: 0 })
    expect(healthy.out).toMatch(/ok\s+Node 24/)
    const unreachable = { TONGBAN_DATA: folder, PORT: '0', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const ill = await tongban(['doctor'], '', unreachable)
    expect(ill.code).toBe(1)
    expect(ill.out).toMatch(/fail\s+database/)
  })

  it('does not start with settings that do not parse', async () => {
    const ended = await tongban(['start'], '', { PORT: 'eighty', TONGBAN_DATA: folder })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('environment.PORT')
  })
})

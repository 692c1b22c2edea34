import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { books } from './journey.testing.ts'
import { officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'
import { createPostOffice } from './post-office.testing.ts'
import { payPrepaid } from './prepaid.ts'
import { type Way, wholeJourney } from './whole-journey.testing.ts'

// A crash at each named point of everything this service does with money: before the commit nothing is there, after it everything is, and the
// same request with the same key finishes it.

let fault = (_point: string): void => {}
let nation: TestNation
const reached = new Set<string>()
let outcome: unknown
let expected: unknown

/** Runs with a crash at the first point that was not crashed at before; returns its name, or what came out where there is none left. */
async function crashOnce<T>(
  crashed: Set<string>,
  action: () => Promise<T>,
): Promise<{ point: string } | { result: T }> {
  let point: string | undefined
  fault = (name) => {
    if (point !== undefined || crashed.has(name)) return
    point = name
    throw new Error(`crash at ${name}`)
  }
  try {
    const result = await action()
    return point === undefined ? { result } : { point }
  } catch (error) {
    if (point === undefined) throw error
    return { point }
  } finally {
    fault = () => {}
  }
}

/** What a crash must not change by half: the books, and how far every case is. */
async function whatIsThere(region: TestRegion) {
  const cases = await region.run((work) => region.cases.find(work, { limit: 200 }))
  return { books: await books(region), cases: cases.map(({ number, seq, status }) => [number, seq, status]) }
}

/** Does something until it has been crashed at every point it reaches. */
async function crashEverywhere<T>(name: string, region: TestRegion, action: () => Promise<T>): Promise<T> {
  const crashed = new Set<string>()
  for (;;) {
    const before = await whatIsThere(region)
    const attempt = await crashOnce(crashed, action)
    if ('result' in attempt) return attempt.result
    crashed.add(attempt.point)
    reached.add(`${name}: ${attempt.point}`)
    if (!attempt.point.endsWith('.after-commit')) expect(await whatIsThere(region), attempt.point).toEqual(before)
  }
}

/** Messages arrive at once, each with a crash at every point of taking it. */
function wayWith(
  office: ReturnType<typeof createPostOffice>,
  regions: () => readonly TestRegion[],
  act: Way['act'],
): Way {
  async function everything(): Promise<void> {
    for (const region of regions()) await region.exchange.pump()
    const [letter] = office.waiting()
    if (!letter) return
    const region = regions().find((candidate) => candidate.region === letter.to)
    if (!region) throw new Error(`no region ${letter.to}`)
    await act('message', region, () => office.deliver(letter))
    return everything()
  }
  return { act, everything, someTime: everything, until: everything }
}

beforeAll(async () => {
  for (const crashing of [false, true]) {
    const office = createPostOffice()
    nation = await testNation({
      regions: ['000000', '320000', '650000'],
      transport: office.transport,
      faults: (point) => fault(point),
    })
    let keys = 0
    const act: Way['act'] = (name, region, action) => {
      const key = `${name} ${++keys}`
      return crashing ? crashEverywhere(name, region, () => action(key)) : action(key)
    }
    const result = await wholeJourney(
      nation,
      wayWith(office, () => nation.regions, act),
    )
    if (crashing) outcome = result
    else {
      expected = result
      await nation.close()
    }
  }
}, 300_000)
afterAll(() => nation.close())

describe('a crash at every named point', () => {
  it('S-02: and the request repeated with its key ends as if nothing had happened', () => {
    expect(outcome).toEqual(expected)
  })

  it('of an advance, before its commit, leaves no advance', async () => {
    // Repeating it with the same key is for the HTTP door, which answers once per key; here every attempt would be a new advance.
    const home = nation.region('320000')
    const payer = await officer(home, 'pay')
    const before = await whatIsThere(home)
    const crashed = new Set<string>()
    while (!crashed.has('test.before-commit')) {
      const attempt = await crashOnce(crashed, () => home.run((work) => payPrepaid(work, '650000', 100), payer))
      if ('result' in attempt) throw new Error('an advance was paid without a commit')
      crashed.add(attempt.point)
      reached.add(`advance: ${attempt.point}`)
      expect(await whatIsThere(home), attempt.point).toEqual(before)
    }
  })

  it('meets every point that this folder names', () => {
    const folder = new URL('./', import.meta.url)
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const named = sources.flatMap((source) => [...source.matchAll(/work\.reach\('([^']+)'\)/g)].map(([, name]) => name))
    const met = new Set([...reached].map((line) => line.split(': ')[1]))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !met.has(name ?? ''))).toEqual([])
  })

  it('of which this is the list', async () => {
    const own = [...reached].filter((line) => /: (filing|prepaid|stay|home|claim|payment|clearing|hub)\./.test(line))
    await expect(`${own.sort().join('\n')}\n`).toMatchFileSnapshot('./golden/crash-points.txt')
  })
})

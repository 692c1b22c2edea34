import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { compileJavaScript } from '../kernel/javascript.ts'
import { populate } from '../population.ts'
import { simulate } from '../simulate/simulate.ts'
import type { ResolvedValues } from '../values.ts'
import type { LiveAnswer } from './messages.ts'
import { type LiveWorker, makeLivePopulation } from './population.ts'
import { answerRequests } from './worker-side.ts'

/** The worker's side with real WebAssembly, talked to through copies as through a thread's border. */
function createWorker(): LiveWorker {
  const listeners: ((event: { data: LiveAnswer }) => void)[] = []
  const answer = answerRequests((message) => {
    for (const listener of listeners) listener({ data: structuredClone(message) })
  })
  return {
    addEventListener(type, listener) {
      if (type === 'message') listeners.push(listener)
    },
    postMessage: (request) => void answer(structuredClone(request)),
    terminate() {},
  }
}

const rows = 400_000

const cases = EXAMPLE_FILES.flatMap((file) => {
  const ir = exampleIr(file)
  const body = ir.bodies.at(-1) ?? expect.unreachable()
  return body.total === undefined ? [] : [{ name: file, ir, body, amount: body.total }]
})

/** Every amount of money in the values, half as much again. */
function dearer(values: ResolvedValues): ResolvedValues {
  const more = (value: unknown) => (typeof value === 'number' ? Math.floor(value * 1.5) : value)
  return Object.fromEntries(
    Object.entries(values).map(([name, resolved]) => {
      const { value, unit } = resolved
      if (unit !== 'fen') return [name, resolved]
      if (typeof value === 'number') return [name, { ...resolved, value: Math.floor(value * 1.5) }]
      const table = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, Number(more(entry))]))
      return [name, { ...resolved, value: table }]
    }),
  )
}

describe.each(cases)('$name in workers', ({ ir, body, amount }) => {
  const sets = [exampleValues, dearer(exampleValues)]
  const share = { body, sets, seed: 11, rows, spreads: {}, amount }

  it('says what one run over the whole population says, whatever the number of workers', async () => {
    const after = sets.map(dearer)
    const whole = await simulate({
      before: { body, sets },
      after: { body, sets: after },
      population: populate(body, { rows, seed: 11, sets: 2 }),
      bind: (plan, facts, outcomes) => compileJavaScript(plan).bind(facts, outcomes),
    })
    for (const workers of [1, 3]) {
      const live = await makeLivePopulation({ ...share, workers, createWorker })
      const { largestGain, ...told } = (await live.price(after)) ?? expect.unreachable()
      const { largestGain: gain, ...expected } = whole
      expect(told).toEqual(expected)
      expect(largestGain?.by).toBe(gain?.by)
      const { facts, set } = await live.personOf(largestGain?.row ?? expect.unreachable())
      expect(changeBy(set, facts)).toBe(gain?.by)
      live.close()
    }
    function changeBy(set: number, facts: unknown): number {
      const by = (values: ResolvedValues | undefined) => decide(ir, facts, values ?? {}, body.from).amountFen ?? 0
      return by(after[set]) - by(sets[set])
    }
  })

  it('answers the last price asked for only, and again after larger values than it was compiled for', async () => {
    const live = await makeLivePopulation({ ...share, workers: 2, createWorker })
    const first = live.price(sets.map(dearer))
    const second = live.price(sets)
    expect(await first).toBeUndefined()
    expect((await second)?.all).toMatchObject({ rows, unchanged: rows })
    const much = sets.map((values) => dearer(dearer(dearer(dearer(values)))))
    expect((await live.price(much))?.all.winners.rows).toBeGreaterThan(0)
    expect((await live.price(sets))?.all.unchanged).toBe(rows)
    live.close()
  })
})

it('says so when a worker fails, for example for want of memory', async () => {
  const { body, amount } = cases[0] ?? expect.unreachable()
  const many = { body, sets: [exampleValues], seed: 1, rows: 1e9, spreads: {}, amount, workers: 1, createWorker }
  await expect(makeLivePopulation(many)).rejects.toThrow(/4 GiB/)
})

import { useEffect, useRef, useState } from 'react'
import {
  type Comparison,
  type LivePopulation,
  type LiveWorker,
  type MadePerson,
  makeLivePopulation,
  type ResolvedValues,
} from '../../policy/browser.ts'
import { bodyOfDay, type RuleToTry } from './rule.ts'

/** The seed of the workbench: the same people for everybody, and those of `tongban simulate`. */
export const seed = 1

/** How many people may be made. */
export const peopleChoices = [100_000, 1_000_000, 10_000_000] as const

/** A comparison with what it took. */
export type Priced = { readonly comparison: Comparison; readonly milliseconds: number; readonly workers: number }

/** How far the page is with its people. `people` may be fewer than were asked for: as many as the memory holds. */
export type Pricing =
  | { readonly state: 'making' }
  | { readonly state: 'failed'; readonly error: Error }
  | {
      readonly state: 'ready'
      readonly people: number
      /** Undefined until everyone has been decided for the first time. */
      readonly priced: Priced | undefined
      personOf(row: number): Promise<MadePerson>
    }

const workersMax = 8

/**
 * Makes people in workers and decides them again whenever the values move: one run at a time, each by the newest values, so that the page follows
 * a slider as fast as the machine can. `attempt` makes them anew.
 */
export function useLivePricing(
  rule: RuleToTry,
  people: number,
  sets: readonly ResolvedValues[],
  attempt: number,
): Pricing {
  const [pricing, setPricing] = useState<Pricing>({ state: 'making' })
  const wanted = useRef(sets)
  const wake = useRef(() => {})

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt makes the people anew
  useEffect(() => {
    const workers: Worker[] = []
    let isClosed = false
    const fail = (error: unknown) => {
      if (!isClosed) setPricing({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    }
    setPricing({ state: 'making' })
    makeAsManyAsFit(rule, people, workers)
      .then(({ live, made }) => {
        if (isClosed) return
        const ready = { state: 'ready', people: made, personOf: live.personOf } as const
        wake.current = follow(live, wanted, fail, (comparison, milliseconds) => {
          if (!isClosed) setPricing({ ...ready, priced: { comparison, milliseconds, workers: workers.length } })
        })
        setPricing({ ...ready, priced: undefined })
        wake.current()
      })
      .catch(fail)
    return () => {
      isClosed = true
      wake.current = () => {}
      for (const worker of workers) worker.terminate()
    }
  }, [rule, people, attempt])

  useEffect(() => {
    wanted.current = sets
    wake.current()
  }, [sets])
  return pricing
}

/** Tries with fewer people where there is no memory for more. `workers` are those that are at work. */
async function makeAsManyAsFit(
  rule: RuleToTry,
  people: number,
  workers: Worker[],
): Promise<{ live: LivePopulation; made: number }> {
  const body = bodyOfDay(rule)
  const sets = rule.regions.map(({ values }) => values)
  const count = Math.min(workersMax, navigator.hardwareConcurrency || 1)
  const createWorker = (): LiveWorker => {
    const worker = new Worker(new URL('../../policy/live/worker.ts', import.meta.url), { type: 'module' })
    workers.push(worker)
    return worker
  }
  const make = (rows: number) =>
    makeLivePopulation({
      ...{ body, sets, seed, rows, spreads: rule.spreads, amount: body.total ?? null },
      ...{ workers: count, createWorker },
    })
  const fewer = peopleChoices.filter((choice) => choice < people).toReversed()
  let made = people
  for (;;) {
    try {
      return { live: await make(made), made }
    } catch (error) {
      workers.length = 0
      const next = fewer.shift()
      if (next === undefined) throw error
      made = next
    }
  }
}

/** Returns what to call when the wanted values have changed. */
function follow(
  live: LivePopulation,
  wanted: { readonly current: readonly ResolvedValues[] },
  fail: (error: unknown) => void,
  tell: (comparison: Comparison, milliseconds: number) => void,
): () => void {
  let done: readonly ResolvedValues[] | undefined
  let isRunning = false
  const run = async () => {
    if (isRunning) return
    isRunning = true
    while (done !== wanted.current) {
      const asked = wanted.current
      const began = performance.now()
      const comparison = await live.price(asked)
      done = asked
      if (comparison) tell(comparison, performance.now() - began)
    }
    isRunning = false
  }
  return () => void run().catch(fail)
}

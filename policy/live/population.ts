import type { Comparison } from '../simulate/comparison.ts'
import { joinComparisons } from '../simulate/join.ts'
import type { ResolvedValues } from '../values.ts'
import type { LiveAnswer, LiveRequest } from './messages.ts'
import type { MadePerson, ShareOptions } from './share.ts'

/** What a page needs of a worker; a `Worker` has it. */
export interface LiveWorker {
  postMessage(request: LiveRequest): void
  /** A message has data, an error has a message; a worker whose code could not be loaded has neither. */
  addEventListener(
    type: 'message' | 'error',
    listener: (event: { readonly data?: LiveAnswer; readonly message?: string }) => void,
  ): void
  terminate(): void
}

/** Whose population is made, and by how many workers. */
export interface LiveOptions extends Omit<ShareOptions, 'firstRow'> {
  readonly workers: number
  readonly createWorker: () => LiveWorker
}

/** A made-up population that is decided again whenever a value moves. */
export interface LivePopulation {
  /** Decides everyone by these values and compares with those that are law. Undefined when a later call has overtaken this one. */
  price(sets: readonly ResolvedValues[]): Promise<Comparison | undefined>
  /** One person, by the row that a comparison names. */
  personOf(row: number): Promise<MadePerson>
  /** Ends the workers and gives their memory back; nothing that was asked is answered any more. */
  close(): void
}

/**
 * Makes a population in workers, each its share; the same people whatever their number.
 * @throws Error when a worker fails, for example for want of memory: make fewer people then
 */
export async function makeLivePopulation({
  workers,
  createWorker,
  rows,
  ...share
}: LiveOptions): Promise<LivePopulation> {
  const shares = sharesOf(rows, workers).map((part) => ({ ...part, line: talkTo(createWorker()) }))
  const close = () => {
    for (const { line } of shares) line.close()
  }
  try {
    await Promise.all(shares.map(({ line, ...part }) => line.make({ ...share, ...part })))
  } catch (error) {
    close()
    throw error
  }
  let last = 0
  return {
    async price(sets) {
      last++
      const id = last
      const parts = await Promise.all(shares.map(({ line }) => line.price(id, sets)))
      const told = parts.filter((part) => part !== undefined)
      return id === last && told.length === shares.length ? joinComparisons(told) : undefined
    },
    personOf(row) {
      const owner = shares.find(({ firstRow, rows: owned }) => row >= firstRow && row < firstRow + owned)
      if (owner === undefined) throw new RangeError(`there is no row ${row} of ${rows}`)
      return owner.line.personOf(row)
    },
    close,
  }
}

function sharesOf(rows: number, workers: number): { firstRow: number; rows: number }[] {
  const parts = Math.max(1, Math.min(workers, Math.ceil(rows / 65_536)))
  const edges = Array.from({ length: parts + 1 }, (_, part) => Math.floor((rows * part) / parts))
  return edges.slice(0, parts).map((firstRow, part) => ({ firstRow, rows: (edges[part + 1] ?? rows) - firstRow }))
}

/** One worker as calls with answers. A price that another has overtaken is answered with undefined. */
function talkTo(worker: LiveWorker) {
  let making: { resolve(): void; reject(error: Error): void } | undefined
  let pricing: { id: number; resolve(comparison: Comparison | undefined): void; reject(error: Error): void } | undefined
  const asking = new Map<number, { resolve(person: MadePerson): void; reject(error: Error): void }>()
  let questions = 0
  const fail = (message: string) => {
    const error = new Error(message)
    for (const waiting of [making, pricing, ...asking.values()]) waiting?.reject(error)
    asking.clear()
  }
  worker.addEventListener('error', ({ message = 'the worker could not be loaded' }) => fail(message))
  worker.addEventListener('message', ({ data }) => {
    if (data === undefined) return
    if (data.told === 'made') making?.resolve()
    else if (data.told === 'failed') fail(data.error)
    else if (data.told === 'priced' && pricing?.id === data.id) {
      pricing.resolve(data.comparison)
      pricing = undefined
    } else if (data.told === 'person') {
      asking.get(data.id)?.resolve(data.person)
      asking.delete(data.id)
    }
  })
  return {
    make: (share: ShareOptions) =>
      new Promise<void>((resolve, reject) => {
        making = { resolve, reject }
        worker.postMessage({ ask: 'make', share })
      }),
    price: (id: number, sets: readonly ResolvedValues[]) =>
      new Promise<Comparison | undefined>((resolve, reject) => {
        pricing?.resolve(undefined)
        pricing = { id, resolve, reject }
        worker.postMessage({ ask: 'price', id, sets })
      }),
    personOf: (row: number) =>
      new Promise<MadePerson>((resolve, reject) => {
        questions++
        asking.set(questions, { resolve, reject })
        worker.postMessage({ ask: 'person', id: questions, row })
      }),
    close: () => worker.terminate(),
  }
}

import { Worker } from 'node:worker_threads'
import { createRunner, type RunOrder, type ShardState, type ShardTotals, stopShard } from './runner.ts'
import type { Shard } from './shard.ts'
import { addTotals, noTotals } from './totals.ts'

/** To a worker: a run begins, by the order that comes with it or else by that of the run before; then its shards; then its end. */
export type ToWorker =
  | { readonly is: 'begin'; readonly thread: number; readonly order?: RunOrder }
  | { readonly is: 'shard'; readonly shard: Shard; readonly state: ShardState }
  | { readonly is: 'end' }

/** From a worker: one answer for each shard, in their order. */
export type FromWorker =
  | { readonly is: 'done'; readonly totals: ShardTotals }
  | { readonly is: 'failed'; readonly message: string }

/** Whoever works on the shards of one order. */
export interface Team {
  /** How many work at once; 1 means this very thread. */
  readonly threads: number
  run(shard: Shard, state: ShardState): Promise<ShardTotals>
  /** Gives the threads back; none of them may be at work. */
  release(): void
}

/** A team of this thread alone, or of worker threads, which are kept for the next team. */
export function assembleTeam(order: RunOrder, threads: number): Team {
  return threads === 1 ? soloTeam(order) : workerTeam(order, threads)
}

/** Lets everything else have its turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function soloTeam(order: RunOrder): Team {
  const runner = createRunner(order, 0)
  return {
    threads: 1,
    async run(shard, state) {
      const blocks = runner.run(shard, state)
      for (;;) {
        const block = blocks.next()
        if (block.done) return block.value
        await pause()
      }
    },
    release: () => {},
  }
}

/** Threads that have nothing to do. A thread takes some tens of milliseconds to start, so they are kept; they hold no process open. */
const idle: Worker[] = []

/** Ends the threads that are kept. Whoever runs batches again starts new ones. */
export async function closeBatchThreads(): Promise<void> {
  await Promise.all(idle.splice(0).map((worker) => worker.terminate()))
}

function startWorker(): Worker {
  // The package is run from its source and from its build.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
  return new Worker(new URL(file, import.meta.url))
}

function workerTeam(order: RunOrder, threads: number): Team {
  const members = Array.from({ length: threads }, (_, thread) => member(idle.pop() ?? startWorker(), order, thread))
  return {
    threads,
    async run(shard, state) {
      const parts = members.map((each) => each.run(shard, state))
      for (const part of parts) part.catch(() => stopShard(state))
      // Everybody has answered before anything is made of it: an answer that is still to come would be taken for one of the next run.
      await Promise.allSettled(parts)
      return (await Promise.all(parts)).reduce(joinTotals)
    },
    release() {
      for (const each of members) each.release()
    },
  }
}

/** Two parts of one shard. */
function joinTotals(a: ShardTotals, b: ShardTotals): ShardTotals {
  const length = Math.max(a.sets.length, b.sets.length)
  return {
    totals: addTotals(a.totals, b.totals),
    sets: Array.from({ length }, (_, set) => addTotals(a.sets[set] ?? noTotals(), b.sets[set] ?? noTotals())),
  }
}

interface Member {
  run(shard: Shard, state: ShardState): Promise<ShardTotals>
  release(): void
}

interface Waiting {
  resolve(totals: ShardTotals): void
  reject(error: unknown): void
}

/** The order that each worker has: it is copied with its plan, which takes longer than many a run. */
const orders = new WeakMap<Worker, RunOrder>()

function hasOrder(worker: Worker, { plan, bySet, code }: RunOrder): boolean {
  const known = orders.get(worker)
  return known?.plan === plan && known.bySet === bySet && known.code === code
}

function member(worker: Worker, order: RunOrder, thread: number): Member {
  const waiting: Waiting[] = []
  let isBroken = false
  const fail = (error: unknown) => {
    isBroken = true
    for (const each of waiting.splice(0)) each.reject(error)
  }
  const onMessage = (message: FromWorker) => {
    const first = waiting.shift()
    if (message.is === 'done') first?.resolve(message.totals)
    else first?.reject(new Error(`a worker thread failed: ${message.message}`))
  }
  const onExit = () => fail(new Error('a worker thread ended before its work was done'))
  worker.ref()
  worker.on('message', onMessage)
  worker.on('error', fail)
  worker.on('exit', onExit)
  const post = (message: ToWorker) => worker.postMessage(message)
  post({ is: 'begin', thread, ...(hasOrder(worker, order) ? {} : { order }) })
  orders.set(worker, order)
  return {
    run: (shard, state) =>
      new Promise((resolve, reject) => {
        post({ is: 'shard', shard, state })
        waiting.push({ resolve, reject })
      }),
    release() {
      worker.off('message', onMessage)
      worker.off('error', fail)
      worker.off('exit', onExit)
      if (isBroken) return
      post({ is: 'end' })
      worker.unref()
      idle.push(worker)
    },
  }
}

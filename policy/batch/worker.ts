/** What runs in a worker thread: the shards of one run after the other. */
import { parentPort } from 'node:worker_threads'
import { createRunner, type Runner, type RunOrder } from './runner.ts'
import type { FromWorker, ToWorker } from './team.ts'

type ShardMessage = Extract<ToWorker, { is: 'shard' }>

/** That of the last run; the next one may go by it too. */
let order: RunOrder | undefined
let thread = 0
/** Made for the first shard of a run, so that every message but a shard is taken without an answer. */
let runner: Runner | undefined

parentPort?.on('message', (message: ToWorker) => {
  if (message.is === 'shard') {
    parentPort?.postMessage(answerTo(message))
    return
  }
  // What was bound to the memory of the run before is let go.
  runner = undefined
  if (message.is === 'end') return
  thread = message.thread
  order = message.order ?? order
})

function answerTo({ shard, state }: ShardMessage): FromWorker {
  try {
    if (order === undefined) throw new TypeError('a shard came before its order')
    runner ??= createRunner(order, thread)
    const blocks = runner.run(shard, state)
    let block = blocks.next()
    while (!block.done) block = blocks.next()
    return { is: 'done', totals: block.value }
  } catch (error) {
    return { is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

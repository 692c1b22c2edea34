/** What runs in a worker thread: shards of one order after the other. */
import { parentPort } from 'node:worker_threads'
import { createRunner, type Runner } from './runner.ts'
import type { FromWorker, ToWorker } from './team.ts'

let runner: Runner | undefined

parentPort?.on('message', (message: ToWorker) => {
  try {
    answer(message)
  } catch (error) {
    post({ is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

function answer(message: ToWorker): void {
  if (message.is === 'order') {
    runner = createRunner(message.order, message.thread)
    return
  }
  if (runner === undefined) throw new TypeError('a shard came before its order')
  const blocks = runner.run(message.shard, message.state)
  let block = blocks.next()
  while (!block.done) block = blocks.next()
  post({ is: 'done', totals: block.value })
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message)
}

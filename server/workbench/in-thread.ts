import { Worker } from 'node:worker_threads'
import type { PlainDate } from '../../ground/door.ts'
import type { Finding } from '../../policy/door.ts'

/** The rules of a service as another thread opens them: its id and its folder's address. */
type ServiceFolder = { readonly id: string; readonly folder: string }

/** What another thread is to do. */
export type ThreadOrder = { readonly is: 'check'; readonly service: ServiceFolder; readonly today: PlainDate }

/** What the thread tells: the result, once. */
export type FromThread = { readonly is: 'done'; readonly result: readonly Finding[] }

/** Does in a thread of its own what would keep the server from answering for seconds. Throws what the thread failed with. */
export function doInThread(order: ThreadOrder): Promise<readonly Finding[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: order })
    worker.on('message', ({ result }: FromThread) => resolve(result))
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the thread ended without a result')))
  })
}

import { Worker } from 'node:worker_threads'
import { BrokenInvariant, type PlainDate } from '../../ground/door.ts'
import type { Finding } from '../../policy/door.ts'
import type { ServiceRules } from '../services.ts'
import type { SimulationAnswer, SimulationControl, SimulationQuestion } from '../simulation.ts'

/** The rules of a service as another thread opens them: its id and its folder's address. */
type ServiceFolder = { readonly id: string; readonly folder: string }

/** What another thread is to do. */
export type ThreadOrder =
  | { readonly is: 'check'; readonly service: ServiceFolder; readonly today: PlainDate }
  | { readonly is: 'simulate'; readonly service: ServiceFolder; readonly question: SimulationQuestion }

/** What the thread tells: how far it is, and once the result. */
export type FromThread =
  | { readonly is: 'at'; readonly done: number }
  | { readonly is: 'checked'; readonly findings: readonly Finding[] }
  | { readonly is: 'simulated'; readonly answer: SimulationAnswer }

type Rules = Pick<ServiceRules, 'id' | 'folder'>

/** Checks the policies of a service in a thread of its own, which takes seconds. */
export async function checkInThread({ id, folder }: Rules, today: PlainDate): Promise<readonly Finding[]> {
  const told = await doInThread({ is: 'check', service: { id, folder: folder.href }, today })
  if (told.is !== 'checked') throw new BrokenInvariant('the thread checked nothing')
  return told.findings
}

/** `simulatePolicy` in a thread of its own; `signal` ends the thread. */
export async function simulateInThread(
  { id, folder }: Rules,
  question: SimulationQuestion,
  control: SimulationControl,
): Promise<SimulationAnswer> {
  const told = await doInThread({ is: 'simulate', service: { id, folder: folder.href }, question }, control)
  if (told.is !== 'simulated') throw new BrokenInvariant('the thread simulated nothing')
  return told.answer
}

function doInThread(order: ThreadOrder, { onProgress, signal }: SimulationControl = {}) {
  return new Promise<Exclude<FromThread, { is: 'at' }>>((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: order })
    signal?.addEventListener('abort', () => void worker.terminate(), { once: true })
    worker.on('message', (message: FromThread) => {
      if (message.is === 'at') onProgress?.(message.done)
      else resolve(message)
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the thread ended without a result')))
  })
}

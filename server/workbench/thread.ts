/** The thread itself: does one order and tells how far it is and what came out. */
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../ground/door.ts'
import { openRulebook } from '../../law/door.ts'
import { readCaseTable } from '../case-table.ts'
import { serviceFindings } from '../policy-check.ts'
import type { ServiceRules } from '../services.ts'
import { simulatePolicy } from '../simulation.ts'
import type { FromThread, ThreadOrder } from './in-thread.ts'

const port = must(parentPort, 'a thread of its own')
const order: ThreadOrder = workerData

function tell(message: FromThread): void {
  port.postMessage(message)
}

function rulesOf({ id, folder }: ThreadOrder['service']): ServiceRules {
  const url = new URL(folder)
  return { id, folder: url, rulebook: openRulebook(id, url) }
}

const service = rulesOf(order.service)
if (order.is === 'check') {
  tell({ is: 'checked', findings: serviceFindings(service, readCaseTable(service.folder), { today: order.today }) })
} else {
  const answer = await simulatePolicy(service, order.question, { onProgress: (done) => tell({ is: 'at', done }) })
  tell({ is: 'simulated', answer })
}

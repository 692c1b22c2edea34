import { startOfDate } from '../../ground/door.ts'
import type { DemoNation } from '../contract.ts'
import { loanFlowId } from './loan-state.ts'

/** In Hunan a cooperative's loan is guaranteed and waits for the bank. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find('430000')
  if (!node) return
  nation.moveTo(startOfDate('2026-05-06', '09:00'))
  const answers = { group: 'returning_migrant_worker', requestedFen: 20_000_000, purpose: '购买榨油设备' }
  const caseId = await node.open('hunan-borrower', { flow: loanFlowId, step: 'apply', body: { answers } })
  const bankId = node.idOf('institution:hunan-bank')
  await node.take('changsha-review', caseId, 'guarantee', { opinion: '登记属实，用途合理', bankId })
}

import type { ServiceTools } from '../contract.ts'
import { claimFlow } from './flow/claim.ts'
import { clearingFlow } from './flow/clearing.ts'
import { differenceFlow } from './flow/difference.ts'
import { disputeFlow } from './flow/dispute.ts'
import { filingFlow } from './flow/filing.ts'
import { paymentFlow } from './flow/payment.ts'
import { reconciliationFlow } from './flow/reconciliation.ts'
import { statementFlow } from './flow/statement.ts'
import { stayFlow } from './flow/stay.ts'
import { visitFlow } from './flow/visit.ts'

/**
 * Every flow of the service. `filing`, `visit`, `claim` run at home, `stay`, `reconciliation`, `payment` at the host, `difference`, `dispute` and
 * `clearing` at both, `statement` at the hub.
 */
export function flowSet(tools: ServiceTools) {
  return {
    filing: filingFlow(tools),
    stay: stayFlow(tools),
    visit: visitFlow(),
    claim: claimFlow(tools),
    dispute: disputeFlow(tools),
    difference: differenceFlow(tools),
    reconciliation: reconciliationFlow(tools),
    payment: paymentFlow(tools),
    statement: statementFlow(),
    clearing: clearingFlow(tools),
  }
}

/** See `flowSet`. */
export type FlowSet = ReturnType<typeof flowSet>

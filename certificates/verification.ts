import type { Instant, PlainDate, Work } from '../ground/door.ts'
import { findByCode } from './certificate.ts'
import { findVerificationCode } from './code.ts'
import type { Paper } from './paper.ts'

/**
 * What whoever holds a paper learns of it: whether the node issued it and it stands, and what it says; nothing that is not on the paper, except
 * that it was withdrawn, and why.
 */
export type Verification =
  | { state: 'unknown' }
  | {
      state: 'genuine' | 'expired' | 'withdrawn'
      code: string
      issuedAt: Instant
      validUntil: PlainDate | null
      withdrawn: { on: PlainDate; reason: string } | null
      paper: Paper
    }

/** Verifies a code with the last four characters of the holder's number, both as people type them. A wrong one of either is `unknown`. */
export async function verifyCertificate(work: Work, typed: { code: string; lastFour: string }): Promise<Verification> {
  const code = findVerificationCode(typed.code)
  const found = code && (await findByCode(work, { code, lastFour: typed.lastFour.trim() }))
  if (!found) return { state: 'unknown' }
  const { issuedAt, validUntil, withdrawn, paper } = found
  const expired = validUntil !== null && validUntil < work.today
  const state = withdrawn ? 'withdrawn' : expired ? 'expired' : 'genuine'
  return { state, code: found.code, issuedAt, validUntil, withdrawn, paper }
}

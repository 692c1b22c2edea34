import { z } from 'zod'
import { Refusal } from '../ground/door.ts'

/** Runs a statement whose triggers guard the available balance; what they refuse comes out as the `Refusal` `overdraft_refused`. */
export async function refusingOverdraft<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement
  } catch (error) {
    const refused = overdraftError.safeParse(error)
    if (!refused.success) throw error
    throw new Refusal('overdraft_refused', { params: overdraftDetail.parse(JSON.parse(refused.data.detail)) })
  }
}

// As `ledger.require_available` raises it.
const overdraftError = z.object({ constraint: z.literal('overdraft_refused'), detail: z.string() })
const overdraftDetail = z.object({ account: z.string(), party: z.string().nullable(), missingFen: z.int() })

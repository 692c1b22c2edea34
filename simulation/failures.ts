import { BadInput, OperatingFailure, Refusal } from '../ground/door.ts'
import { Crash } from './machine.ts'

/**
 * What an error means to whoever asked: the rules say no (`refused`), nobody knows what happened (`unknown`: ask again), or the product is wrong
 * (`defect`).
 */
export type Failure = { is: 'refused' | 'unknown' | 'defect'; code: string }

/** Tells what an error of the product means. A crash that the simulator made is nobody's defect. */
export function failureOf(error: unknown): Failure {
  if (isCrash(error)) return { is: 'unknown', code: 'crashed' }
  if (error instanceof Refusal || error instanceof BadInput) return { is: 'refused', code: error.code }
  if (error instanceof OperatingFailure) return { is: 'unknown', code: error.code }
  return { is: 'defect', code: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

function isCrash(error: unknown): boolean {
  return error instanceof Crash || (error instanceof Error && error.cause !== undefined && isCrash(error.cause))
}

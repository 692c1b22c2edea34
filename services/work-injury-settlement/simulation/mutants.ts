import type { Mutant } from '../../../simulation/door.ts'

/** Changes of this service that break a promise about money. */
export const mutants: readonly Mutant[] = []

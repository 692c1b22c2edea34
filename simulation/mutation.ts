import { z } from 'zod'
import type { Edit, Mutant } from './play.ts'

// Nothing of the product is imported here: what is loaded before the change is made stays unchanged.

const mutantSchema = z.object({
  name: z.string(),
  breaks: z.string(),
  edits: z.array(z.object({ file: z.string(), find: z.string(), put: z.string() })),
})

/** A mutant as one process passes it to another. */
export function writeMutant(mutant: Mutant): string {
  return JSON.stringify(mutant)
}

/** See `writeMutant`; throws where there is none. */
export function readMutant(text: string | undefined): Mutant {
  return mutantSchema.parse(JSON.parse(text ?? 'null'))
}

/** A text with edits made, each at the one place where it fits; an error where it fits nowhere or twice: the mutant is out of date. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { file, find, put }) => {
    const parts = current.split(find)
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${find}`)
    return parts.join(put)
  }, text)
}

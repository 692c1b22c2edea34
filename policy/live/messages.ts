import type { Comparison } from '../simulate/comparison.ts'
import type { ResolvedValues } from '../values.ts'
import type { MadePerson, ShareOptions } from './share.ts'

/** What a page asks of a worker. Only the last price asked for is answered. */
export type LiveRequest =
  | { readonly ask: 'make'; readonly share: ShareOptions }
  | { readonly ask: 'price'; readonly id: number; readonly sets: readonly ResolvedValues[] }
  | { readonly ask: 'person'; readonly id: number; readonly row: number }

/** What a worker says. `failed` carries what a developer reads; the page has words of its own. */
export type LiveAnswer =
  | { readonly told: 'made' }
  | { readonly told: 'priced'; readonly id: number; readonly comparison: Comparison }
  | { readonly told: 'person'; readonly id: number; readonly person: MadePerson }
  | { readonly told: 'failed'; readonly error: string }

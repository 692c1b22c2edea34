import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { type BothLanguages, parseInput } from '../../ground/door.ts'
import { averageOf, shareOf } from './decimals.ts'
import type { Figure } from './figures.ts'
import { bothFields } from './list.ts'
import { type Quantity, quantityInWords } from './quantities.ts'

/** One number of a figure: the id of its row, and which of its numbers from 1. */
const numberOfFigure = z.tuple([z.string(), z.int().min(1)])

const definition = z.strictObject({
  id: z.string(),
  name: bothFields,
  /** `average`: so much for each one; `share`: what part of it. */
  as: z.enum(['average', 'share']),
  of: numberOfFigure,
  by: numberOfFigure,
})

/** What follows from printed figures. Marked as derived wherever it is shown; it has no row of its own (G4.02). */
export type DerivedFigure = {
  id: string
  name: BothLanguages
  requirement: string | null
  region: string
  from: string[]
  shown: BothLanguages
}

let read: ReadonlyArray<z.infer<typeof definition>> | undefined

function definitions() {
  read ??= parseInput(
    z.array(definition),
    parse(readFileSync(new URL('derived-figures.yaml', import.meta.url), 'utf8')),
  )
  return read
}

/**
 * Averages and shares of the figures that are given; each is left out where a number that it needs is not there, or is told only as more than,
 * nearly or about so much: nothing exact follows from that.
 */
export function derivedFigures(figures: readonly Figure[]): DerivedFigure[] {
  return definitions().flatMap(({ id, name, as, of, by }) => {
    const [figure, sum] = exactNumber(figures, of)
    const [, count] = exactNumber(figures, by)
    if (!figure || !sum || !count) return []
    const shown = as === 'share' ? shareInWords(sum, count) : averageInWords(sum, count)
    if (!shown) return []
    const { requirement = null, region } = figure
    return [{ id, name, requirement, region, from: [...new Set([of[0], by[0]])], shown }]
  })
}

function exactNumber(
  figures: readonly Figure[],
  [id, place]: z.infer<typeof numberOfFigure>,
): [Figure, Quantity] | [undefined, undefined] {
  const figure = figures.find((each) => each.id === id)
  const number = figure?.numbers[place - 1]
  return figure && number?.qualifier === 'exact' ? [figure, number] : [undefined, undefined]
}

function averageInWords(sum: Quantity, count: Quantity): BothLanguages | null {
  const value = averageOf(sum.value, count.value)
  return value === null ? null : quantityInWords({ qualifier: 'exact', value, unit: sum.unit })
}

function shareInWords(part: Quantity, whole: Quantity): BothLanguages | null {
  const value = shareOf(part.value, whole.value)
  return value === null ? null : quantityInWords({ qualifier: 'exact', value, unit: 'share' })
}

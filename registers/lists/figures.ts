import { z } from 'zod'
import type { BothLanguages } from '../../ground/door.ts'
import { bothFields, type List, rowFields, text } from './list.ts'
import { quantityFields, quantityInWords } from './quantities.ts'

const figureFields = z.strictObject({
  ...rowFields,
  /** Whose figure it is, where that is no region. */
  about: bothFields.exactOptional(),
  period: bothFields,
  metric: bothFields,
  /** The number in the words of the text, with 超, 余, 近 or 约. */
  printed: text(),
  numbers: z.array(quantityFields).min(1),
})

/** A figure that a text prints (G4.01): as printed, as plain numbers, and how exactly it is told. */
export type Figure = z.infer<typeof figureFields>

/** Headline figures. What follows from them is calculated when it is asked for (`derived-figures.ts`) and never stands here (G4.02). */
export const figures: List<Figure> = {
  id: 'figures',
  title: { zh: '统计数据台账', en: 'Headline figures' },
  schema: figureFields,
  tell: (figure) => ({ name: figure.metric, state: figureInWords(figure), notes: figure.note ? [figure.note] : [] }),
}

/** All numbers of a figure, each with its qualifier and unit. */
export function figureInWords({ numbers }: Pick<Figure, 'numbers'>): BothLanguages {
  const told = numbers.map((number) => ({ of: number.of, shown: quantityInWords(number) }))
  return {
    zh: told.map(({ of, shown }) => `${of ? `${of.zh} ` : ''}${shown.zh}`).join('；'),
    en: told.map(({ of, shown }) => `${of ? `${of.en} ` : ''}${shown.en}`).join('; '),
  }
}

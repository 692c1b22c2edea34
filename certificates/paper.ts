import { z } from 'zod'
import { formatFen, formatPlainDate, type Language, schemaDate } from '../ground/door.ts'

const schemaBoth = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** What may stand in one place of a paper: words that need no translation, words in both languages, an amount, or a date. */
export const schemaPaperValue = z.union([
  z.string(),
  schemaBoth,
  z.strictObject({ amountFen: z.int() }),
  z.strictObject({ on: schemaDate }),
])
export type PaperValue = z.infer<typeof schemaPaperValue>

const schemaPaperTable = z
  .strictObject({
    title: schemaBoth,
    columns: z.array(schemaBoth).min(1).max(8),
    rows: z.array(z.array(schemaPaperValue)).max(1_000),
  })
  .refine(({ columns, rows }) => rows.every((row) => row.length === columns.length), {
    error: 'rows of as many values as there are columns',
  })

/**
 * What a certificate says, from top to bottom: its title, who issues it, whose it is (`number` masked), facts with their names, sentences,
 * tables, and notes in small type. This is what the node signs and what whoever verifies it is shown; it holds nothing that may not be on paper.
 */
export const schemaPaper = z.strictObject({
  title: schemaBoth,
  issuer: schemaBoth,
  holder: z.strictObject({ name: z.string().min(1), number: z.string().min(1) }),
  facts: z.array(z.strictObject({ label: schemaBoth, value: schemaPaperValue })).default([]),
  sentences: z.array(schemaBoth).default([]),
  tables: z.array(schemaPaperTable).default([]),
  notes: z.array(schemaBoth).default([]),
})
export type Paper = z.infer<typeof schemaPaper>

/** A paper as a service writes it: what it has none of may be left out. */
export type NewPaper = z.input<typeof schemaPaper>

/** A value as it is printed: amounts in yuan with thousands separators, dates in words. */
export function paperValueText(value: PaperValue, language: Language): string {
  if (typeof value === 'string') return value
  if ('amountFen' in value) return formatFen(value.amountFen)
  if ('on' in value) return formatPlainDate(value.on, language)
  return value[language]
}

/** Where somebody who holds the paper checks it; `origin` is the address that the site was asked under. */
export function verificationAddress(origin: string, code: string): string {
  return `${origin}/${code.slice(0, 6)}/resident/verify?code=${code}`
}

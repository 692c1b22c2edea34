import { z } from 'zod'
import { isPlainDate } from './dates.ts'

/** A real calendar date `YYYY-MM-DD`. */
export const schemaDate = z
  .string()
  .refine(isPlainDate, { error: 'a calendar date YYYY-MM-DD' })
  .meta({ format: 'date' })

/** An instant in UTC with a `Z`. */
export const schemaInstant = z.iso.datetime()

/** A non-negative whole amount of fen. */
export const schemaFen = z.int().min(0)

/** The id of a thing (UUID). */
export const schemaId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'an id (UUID in lower case)' })

/** A region code of GB/T 2260: six digits. */
export const schemaRegion = z.string().regex(/^\d{6}$/, { error: 'a region code of six digits (GB/T 2260)' })

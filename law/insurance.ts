import { z } from 'zod'

/** The five social insurances (Social Insurance Law, article 2). */
export const insurance = z.enum(['pension', 'medical', 'work_injury', 'unemployment', 'maternity'])

/** One of the five social insurances. */
export type Insurance = z.infer<typeof insurance>

import { z } from 'zod'

/** Parses the kept parameters of a message sentence. */
export const messageParamsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

import type { z } from 'zod'

/** What an address answers, by its schema; undefined where it does not answer within a second, or otherwise. */
export async function findJson<Answer>(
  url: string,
  schema: z.ZodType<Answer>,
  headers: Record<string, string> = {},
): Promise<Answer | undefined> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(1000) })
    return schema.parse(await answer.json())
  } catch {
    return undefined
  }
}

import type { z } from 'zod'
import { BadInput, type Problem } from './errors.ts'

/** Parses what came in through a door with a schema; throws `BadInput` with every problem, its path, what was expected and found. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, path = ''): z.infer<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new BadInput(parsed.error.issues.map((issue) => problemOf(issue, path)))
}

/** One zod issue in the house's form. */
export function problemOf(issue: z.core.$ZodIssue, path = ''): Problem {
  const where = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    path,
  )
  return { path: where, expected: expectation(issue), found: shorten(issue.input) }
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected
    case 'invalid_value':
      return issue.values.map(String).join(' | ')
    case 'too_small':
      return bound('at least', '>=', issue.origin, issue.minimum)
    case 'too_big':
      return bound('at most', '<=', issue.origin, issue.maximum)
    case 'unrecognized_keys':
      return `no ${issue.keys.join(', ')}`
    default:
      return issue.message
  }
}

function bound(words: string, sign: string, origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${words} ${limit} characters`
  return origin === 'array' ? `${words} ${limit} entries` : `${sign} ${limit}`
}

function shorten(found: unknown): string {
  if (found === undefined) return 'nothing'
  const text = typeof found === 'string' ? found : JSON.stringify(found)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

import type { z } from 'zod'

/** What is wrong with a row, each with the column it stands in (`numbers.1.value`) and what belongs there, in both languages. */
export function problemsOfRow(error: z.ZodError): Array<{ path: string; expected: string; found: string }> {
  return error.issues.map((issue) => ({
    path: columnOf(issue.path),
    expected: expectation(issue),
    found: shown(issue.input),
  }))
}

/** Lists count from 1 in a file. */
function columnOf(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.')
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '必填 / needed' : `${issue.expected}`
    case 'invalid_value': {
      const values = issue.values.map(String).join(' | ')
      return `以下之一 / one of: ${values}`
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ')
      return `没有这些列 / no such columns: ${keys}`
    }
    case 'too_small':
      return `至少 ${issue.minimum} / at least ${issue.minimum}`
    case 'too_big':
      return `至多 ${issue.maximum} / at most ${issue.maximum}`
    default:
      return issue.message
  }
}

function shown(found: unknown): string {
  if (found === undefined) return '—'
  const text = typeof found === 'string' ? found : JSON.stringify(found)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  decide,
  type Facts,
  formatReadProblem,
  type ItemVerdict,
  type PolicyIr,
  ReadProblems,
  type ResolvedValues,
  readPolicies,
  unitCode,
} from './door.ts'

/** Every example of LANGUAGE.md, read and run in the policy that the page begins with. */

const page = readFileSync(new URL('LANGUAGE.md', import.meta.url), 'utf8')
const words = [
  ...['addDays', 'addMonths', 'choice', 'count', 'countOf', 'date', 'daysBetween', 'eachOf', 'everyOf', 'filterOf'],
  ...['firstOf', 'flag', 'grant', 'hasItem', 'includes', 'keyed', 'list', 'max', 'min', 'money', 'monthsBetween'],
  ...['optional', 'policy', 'rate', 'record', 'refer', 'refuse', 'rises', 'share', 'someOf', 'sortOf', 'sumOf', 'text'],
]

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text)
}

const [policyText = '', ...examples] = blocks('ts')
const [factsText = '', valuesText = '', matcherText = ''] = blocks('json')

/** The policy of the page with another body. */
function policyWith(statements: string): string {
  const source = policyText.replace(/decide\(facts, values\) \{[\s\S]*?\n {2}\},/, () => {
    return `decide(facts, values) {\n${statements}\n  },`
  })
  return `import { ${words.join(', ')} } from '@tongban/policy'\n${source}`
}

const facts: Facts = JSON.parse(factsText)

function valuesOf(ir: PolicyIr): ResolvedValues {
  const given: Record<string, ResolvedValues[string]['value']> = JSON.parse(valuesText)
  const units = ir.bodies[0]?.values ?? {}
  const resolved = Object.entries(given).map(([name, value]) => {
    const unit = units[name]
    return [
      name,
      { value, unit: unit ? unitCode(unit) : '', from: '2024-01-01', source: 'S1', region: 'club' },
    ] as const
  })
  return Object.fromEntries(resolved)
}

function told({ outcome, reason, because, results }: ItemVerdict): string {
  const given = Object.entries(results).map(([name, { value }]) => `${name} ${value}`)
  return [outcome, ...(reason === null ? [] : [reason]), because, ...given.toSorted()].join(' ')
}

/** What an example comes to: its outcome and those of items, or the codes of what is refused in it. */
function outcomeOf(statements: string): string {
  try {
    const [ir] = readPolicies(policyWith(statements), 'fee.ts')
    if (ir === undefined) return 'no policy'
    const decision = decide(ir, facts, valuesOf(ir), '2024-06-01')
    return [decision, ...(decision.items?.outcomes ?? [])].map(told).join('; ')
  } catch (error) {
    if (!(error instanceof ReadProblems)) throw error
    return error.problems
      .map(({ code }) => code)
      .toSorted()
      .join(' ')
  }
}

describe('the page about the language', () => {
  it('shows an example for each word of a body', () => {
    const shown = examples.join('\n')
    const ofBodies = words.filter((word) => !policyText.includes(`${word}(`) || word === 'refuse')
    expect(ofBodies.filter((word) => !shown.includes(`${word}(`))).toEqual([])
  })

  it.each(
    examples.map((example) => {
      const [statements = '', expected] = example.trimEnd().split('\n//> ')
      return [statements.split('\n')[0], statements, expected] as const
    }),
  )('%s ...', (_, statements, expected) => {
    expect(outcomeOf(statements)).toBe(expected)
  })

  it('has a problem matcher that takes a problem apart', () => {
    const { pattern } = JSON.parse(matcherText)
    const problem = { file: 'a/fee.ts', line: 9, column: 5, code: 'TB2001', found: 'x', instead: 'y' } as const
    const parts = new RegExp(pattern.regexp).exec(formatReadProblem(problem))
    expect(['file', 'line', 'column', 'severity', 'code', 'message'].map((part) => parts?.[pattern[part]])).toEqual([
      ...['a/fee.ts', '9', '5', 'error', 'TB2001', 'found x; y'],
    ])
  })
})

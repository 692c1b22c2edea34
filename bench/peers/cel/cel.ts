import { Environment } from '@marcbachmann/cel-js'
import { answerOfRecord, type CaseEngine, caseWay, plainValues } from '../cases.ts'
import { expressionsOf } from './expressions.ts'

/** The Common Expression Language by cel-js, parsed once; whole numbers of CEL are bigints. It tells no steps. */
export const cel: CaseEngine = async (rule, cases) => {
  const expressions = expressionsOf(rule)
  if (expressions === undefined) return undefined
  const environment = new Environment({ unlistedVariablesAreDyn: true })
  const steps = Object.entries(expressions).map(([name, text]) => ({ name, run: environment.parse(text) }))
  const sets = rule.sets.map((_, set) => withBigints(plainValues(rule, set)))
  const variables = cases.map(({ facts, set }) => ({ ...Object(withBigints(facts)), v: sets[set] }))
  return [
    caseWay(
      { label: 'cel-js' },
      (place) => {
        const known: Record<string, unknown> = { ...variables[place] }
        for (const { name, run } of steps) {
          known[name] = run(known)
          if (name === 'reason' && known.reason !== '') break
        }
        return known
      },
      (known) => answerOfRecord(known, Object.keys(rule.body.results)),
    ),
  ]
}

function withBigints(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withBigints(each)]))
}

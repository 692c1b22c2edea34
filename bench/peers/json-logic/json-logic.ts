import { LogicEngine } from 'json-logic-engine'
import { answerOfRecord, type CaseEngine, caseWay, plainValues } from '../cases.ts'
import { logicsOf } from './logic.ts'

/** JSON-logic, each named logic compiled to a function, with one operator added (`floor`), as its users do. It tells no steps. */
export const jsonLogic: CaseEngine = async (rule, cases) => {
  const logics = logicsOf(rule)
  if (logics === undefined) return undefined
  const engine = new LogicEngine()
  engine.addMethod('floor', (figure) => Math.floor(Number(figure)), { deterministic: true })
  const steps = Object.entries(logics).map(([name, logic]) => ({ name, run: engine.build(logic) }))
  const sets = rule.sets.map((_, set) => plainValues(rule, set))
  const data = cases.map(({ facts, set }) => ({ ...facts, values: sets[set] }))
  return [
    caseWay(
      { label: 'json-logic-engine, compiled' },
      (place) => {
        const known: Record<string, unknown> = { ...data[place] }
        for (const { name, run } of steps) {
          known[name] = run(known)
          if (name === 'reason' && known.reason !== null) break
        }
        return known
      },
      (known) => answerOfRecord(known, Object.keys(rule.body.results)),
    ),
  ]
}

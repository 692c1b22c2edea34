import { columnTerm, plain, quoted } from './names.ts'
import type { Term } from './terms.ts'

/** One column of a step, with what it says in the rule. */
interface StepColumn {
  readonly name: string
  readonly text: string
  readonly note: string
}

/**
 * The steps of a query, each a `WITH` query over the one before: a column that is used twice is computed once, and the text stays as long
 * as the rule. Columns that do not need each other share a step.
 */
export class Steps {
  readonly #first: string
  readonly #steps: StepColumn[][] = []

  /** @param first name of the `WITH` query that the first step is over */
  constructor(first: string) {
    this.#first = first
  }

  /** Adds a column, in the last step or, when it refers to a column of that, in a new one. */
  add(name: string, { text }: Term, note: string): void {
    const current = this.#steps.at(-1)
    const column = { name, text, note }
    if (current === undefined || current.some((other) => refersTo(text, other.name))) this.#steps.push([column])
    else current.push(column)
  }

  /** Name of the last step. */
  get last(): string {
    return this.#steps.length === 0 ? this.#first : stepName(this.#steps.length)
  }

  /** The `WITH` queries of the steps, in order. */
  queries(fence: string): string[] {
    return this.#steps.map((columns, index) => {
      const from = index === 0 ? this.#first : stepName(index)
      const lines = columns.map(({ name, text, note }, place) => {
        const separator = place === columns.length - 1 ? '' : ','
        return `    ${note}\n    ${text} AS ${plain(name)}${separator}`
      })
      const end = fence === '' ? '' : `\n  ${fence}`
      return `${quoted(stepName(index + 1))} AS NOT MATERIALIZED (\n  SELECT r.*,\n${lines.join('\n')}\n  FROM ${quoted(from)} AS r${end}\n)`
    })
  }
}

function stepName(number: number): string {
  return `step_${number}`
}

/** Never misses a column; one that only begins alike, or stands in a text between quotes, costs a step and nothing else. */
function refersTo(text: string, column: string): boolean {
  return text.includes(columnTerm(column).text)
}

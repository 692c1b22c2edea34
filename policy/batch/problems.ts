/** One cell, or one whole column, that a run cannot use. */
export interface CellProblem {
  /** The row, counted from 1 without any line of names; 0 where the column as a whole is wrong. */
  readonly row: number
  /** The column, with the place of the item in a list (`bills.2.amountFen`). */
  readonly column: string
  readonly expected: string
  readonly found: string
  /** What to do about it. */
  readonly mend: string
}

/** A population with cells that cannot be read; nothing of it was decided. */
export class BatchProblems extends Error {
  override readonly name = 'BatchProblems'
  /** The first ones, as many as were asked for. */
  readonly problems: readonly CellProblem[]
  /** How many were found before reading stopped. */
  readonly found: number

  constructor(problems: readonly CellProblem[], found: number) {
    const told = problems.map(sentenceOf)
    if (found > problems.length) told.push(`and ${found - problems.length} more`)
    super(told.join('\n'))
    this.problems = problems
    this.found = found
  }
}

/** Problems as they are found. */
export interface ProblemLog {
  note(problem: CellProblem): void
  readonly isEmpty: boolean
  /** True when as many have been noted as anybody wants to read: there is no point in looking further. */
  readonly isFull: boolean
  error(): BatchProblems
}

/** A log that keeps the first `limit` problems and counts the others. */
export function createProblemLog(limit: number): ProblemLog {
  const kept: CellProblem[] = []
  let found = 0
  return {
    note(problem) {
      found++
      if (kept.length < limit) kept.push(problem)
    },
    get isEmpty() {
      return found === 0
    },
    get isFull() {
      return found >= limit
    },
    error: () => new BatchProblems(kept, found),
  }
}

function sentenceOf({ row, column, expected, found, mend }: CellProblem): string {
  const place = row === 0 ? `column ${column}` : `row ${row}, column ${column}`
  return `${place}: expected ${expected}, found ${found}; ${mend}`
}

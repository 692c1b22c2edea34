import type { SourceSpan } from '../ir.ts'

/**
 * The rules of the language, by code. The text says what to write instead; what was found is said where it is found.
 * 10xx the definition, 11xx statements, 12xx expressions, 20xx units, 30xx ranges.
 */
export const RULES = {
  TB1001: 'write TypeScript that parses and only types that can be stripped',
  TB1002: 'write `export const name = policy({ ... })` at the top level of the file',
  TB1003:
    'a definition has id, title, from, clause, facts, values, results, decide, and may have to, total, items, promises',
  TB1004: 'write the literal itself, in the form shown in LANGUAGE.md',
  TB1005: 'give each body of a policy days of its own: `from` to `to`, both included',
  TB1006: 'write an object of units here, inline or as a `const` of this file; spread only such objects',
  TB1007: 'write one of the units of LANGUAGE.md',
  TB1008: 'write whole numbers from the exact range (below 2^53), the lesser as `min`',
  TB1009: 'name a result declared as money()',
  TB1010: 'write `items: { list, results, total }`, where `list` names a fact that is a list of records',
  TB1011:
    "write rises('result', { with: 'fact' }) or falls(...), of a result that is a quantity with a quantity, date or flag",
  TB1012: 'declare `min` and `max` of the count: a table by number has at most 100 keys',
  TB1101: 'write the method `decide(facts, values) { ... }` with plain parameter names',
  TB1102: 'write only `const`, `if`, `switch` and `return`',
  TB1103: 'let every path end in `return grant(...)`, `return refuse(...)` or `return refer(...)`',
  TB1104: 'remove what can never run',
  TB1105: "return grant({ ... }, 'clause'), refuse('reason', 'clause') or refer('reason', 'clause')",
  TB1106: 'write a literal: a reason in lower-case words joined by underscores, a clause that is not empty',
  TB1107: 'write `const name = expression` with a name of its own',
  TB1108: 'switch on a choice, with literal cases that each return',
  TB1109: 'grant only results that the policy declares, and always the total',
  TB1110:
    'write eachOf(facts.list, (item) => outcome) of the list that `items` declares, as the third argument of an outcome',
  TB1201: 'write only the expressions of LANGUAGE.md',
  TB1202: 'use facts, values, a `const` above, or import the word from the policy library',
  TB1203: 'declare the name, or correct it',
  TB1204: 'write `===` or `!==`',
  TB1205: 'call a word of the language with the arguments that LANGUAGE.md shows',
  TB1206: 'declare the figure in `values`, where it has a unit, dates and a source; only 0 and 1 may stand in a body',
  TB1207: "name the rounding 'half_up', 'down' or 'up'",
  TB1208: 'write a list operation: countOf(facts.items, item => condition)',
  TB1209: 'take the inner list operation out into a `const`',
  TB1210:
    'write hasItem(selection, item): a `const` that selects records of the list that is being looked at, and the item itself',
  TB1211: "name the order 'ascending' or 'descending'",
  TB2001: 'bring both sides to one unit',
  TB2002: 'use an operator that has a meaning for this unit',
  TB2003: 'compare it with something: only a flag is a condition',
  TB2004: 'compare it with null first',
  TB2005: 'use one of the words that it can be here',
  TB2006: 'put it where a unit follows from the other side',
  TB3001: 'declare a smaller `max`, or cap it with min(...), so that it stays below 2^53',
  TB3002: 'bound it with max(...) or min(...), compare it first, or declare the result with other bounds',
  TB3003: 'take the share of what cannot be negative: max(amount, 0)',
  TB3004: 'declare a smaller `max`: dates move by at most a hundred years',
  TB3005: 'decide the other numbers first, bound it with min(...) and max(...), or give the table more keys',
  TB3006: 'select a count that cannot be negative: max(n, 0)',
} as const

/** The number of a rule of the reader, `TB1001` and on. */
export type RuleCode = keyof typeof RULES

const LIST_WORDS = 'write a list operation: countOf, sumOf, someOf, everyOf, filterOf, sortOf, firstOf or eachOf'
const SORT_WORDS = "write sortOf(list, (item) => quantity, 'ascending')"

/** What to write instead of TypeScript that people reach for first, by the kind of its syntax. */
const INSTEAD_OF: ReadonlyMap<string, string> = new Map([
  ['VariableDeclaration', 'write `const`: a name keeps its value'],
  ['ForStatement', LIST_WORDS],
  ['ForOfStatement', LIST_WORDS],
  ['ForInStatement', LIST_WORDS],
  ['WhileStatement', LIST_WORDS],
  ['FunctionDeclaration', 'write a `const` for what the function computes'],
  ['ExpressionStatement', 'write `const` or `return`: nothing is done for its effect'],
  ['ThrowStatement', 'write `return refuse(...)` or `return refer(...)`'],
  ['TemplateLiteral', 'text is compared, never made; write a literal in quotes'],
  ['ArrayExpression', 'a list of words stands only in includes([...], word)'],
  ['ArrowFunctionExpression', 'a function stands only in a list operation'],
  ['??', 'write `x === null ? other : x`'],
  ['/', 'declare the quotient as a fact, or write share(amount, rate)'],
  ['%', 'declare the remainder as a fact'],
  ['undefined', 'what is absent is `null`'],
  ['Math.max', 'write max(a, b), imported from the policy library'],
  ['Math.min', 'write min(a, b), imported from the policy library'],
  ['Math.round', "write share(amount, rate, 'half_up')"],
  ['Math.floor', "write share(amount, rate, 'down')"],
  ['Math.ceil', "write share(amount, rate, 'up')"],
  ['eachOf', 'eachOf stands as the third argument of an outcome'],
  ['.filter', 'write filterOf(list, (item) => condition)'],
  ['.sort', SORT_WORDS],
  ['.toSorted', SORT_WORDS],
  ['.slice', 'write firstOf(list, n)'],
  ['.some', 'write someOf(list, (item) => condition)'],
  ['.every', 'write everyOf(list, (item) => condition)'],
  ['.reduce', 'write sumOf(list, (item) => quantity)'],
  ['.length', 'write countOf(list, (item) => true)'],
  ['.map', 'write sumOf(list, (item) => quantity), or decide each item with eachOf'],
  ['.find', 'write firstOf(filterOf(list, (item) => condition), 1)'],
  ['.includes', "write includes(['a', 'b'], word), or hasItem(selection, item)"],
])

/** What to write instead of a kind of syntax, an operator, a name or a `.method` that the language has no place for. */
export function findInstead(found: string): string | undefined {
  return INSTEAD_OF.get(found)
}

/** One thing that the reader does not accept. */
export interface ReadProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: RuleCode
  /** What stands in the source. */
  readonly found: string
  /** What to write instead. */
  readonly instead: string
}

/** All that the reader does not accept in one file, in the order of the file. Its message is the list in the problem format of editors. */
export class ReadProblems extends Error {
  override readonly name = 'ReadProblems'
  readonly problems: readonly ReadProblem[]

  constructor(problems: readonly ReadProblem[]) {
    super(problems.map(formatReadProblem).join('\n'))
    this.problems = problems
  }
}

/** `path:line:column - error TB1102: found ...; write ...`, as `tsc` prints problems. */
export function formatReadProblem(problem: ReadProblem): string {
  const { file, line, column, code, found, instead } = problem
  return `${file}:${line}:${column} - error ${code}: found ${found}; ${instead}`
}

/** Collects the problems of one file while reading goes on. */
export class ProblemList {
  readonly #file: string
  readonly #problems: ReadProblem[] = []
  readonly #seen = new Set<string>()

  constructor(file: string) {
    this.#file = file
  }

  /** Notes a problem and returns undefined, so that a reader can `return problems.add(...)` in place of what it could not read. */
  add(
    at: Pick<SourceSpan, 'line' | 'column'>,
    code: RuleCode,
    found: string,
    instead: string = RULES[code],
  ): undefined {
    // An outcome whose clause depends on a condition is read once for each side.
    const key = `${at.line}:${at.column} ${code} ${found}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#problems.push({ file: this.#file, line: at.line, column: at.column, code, found, instead })
  }

  /** @throws ReadProblems unless nothing was noted */
  throwIfAny(): void {
    if (this.#problems.length === 0) return
    throw new ReadProblems(this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column))
  }
}

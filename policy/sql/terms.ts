/** A piece of SQL and how tightly it holds together, so that parentheses stand only where they are needed. */
export interface Term {
  readonly text: string
  readonly level: Level
}

/** From the loosest to the tightest. */
export type Level = (typeof LEVEL)[keyof typeof LEVEL]

/** Both databases bind in this order; `NOT` before a comparison, comparisons never side by side. */
export const LEVEL = { or: 0, and: 1, not: 2, comparison: 3, sum: 4, product: 5, atom: 6 } as const

/** A piece that needs no parentheses anywhere. */
export function atom(text: string): Term {
  return { text, level: LEVEL.atom }
}

/** The text of a piece where at least this level is needed. */
export function at(level: Level, term: Term): string {
  return term.level >= level ? term.text : `(${term.text})`
}

/** Two pieces and an operator between them that binds to the left. */
export function infix(level: Level, left: Term, operator: string, right: Term): Term {
  const next = level === LEVEL.comparison ? LEVEL.sum : level
  return { text: `${at(next, left)} ${operator} ${tighter(level, right)}`, level }
}

/** All of them must hold; `TRUE` for none. */
export function allOf(terms: readonly Term[]): Term {
  const [first, ...rest] = terms
  if (first === undefined) return atom('TRUE')
  return rest.reduce((all, term) => infix(LEVEL.and, all, 'AND', term), first)
}

/** The contrary of a condition. */
export function not(term: Term): Term {
  return { text: `NOT ${at(LEVEL.comparison, term)}`, level: LEVEL.not }
}

/** A piece that another type is given to. */
export function cast(term: Term, type: string): Term {
  return atom(`${at(LEVEL.atom, term)}::${type}`)
}

function tighter(level: Level, term: Term): string {
  return term.level > level ? term.text : `(${term.text})`
}

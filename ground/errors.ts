/** Values that a message sentence may name. Names end in their unit, which also decides how they are shown (`ground/messages.ts`). */
export type MessageParams = Record<string, string | number | boolean | null>

/** One thing wrong with what was sent in. `path` as in `lines[3].amountFen`; expected and found in plain words. */
export type Problem = { path: string; expected: string; found: string }

/**
 * The rules say no. Not a fault of the platform: the caller is told the code, the clause it stands on and, through the message files
 * (`<code>` and `<code>.advice`), what they can do.
 */
export class Refusal extends Error {
  readonly code: string
  readonly clause: string | undefined
  readonly params: MessageParams
  constructor(code: string, options: { clause?: string; params?: MessageParams } = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.clause = options.clause
    this.params = options.params ?? {}
  }
}

/** What came in does not parse. Lists every problem, not only the first; nothing was changed. */
export class BadInput extends Error {
  readonly code: string
  readonly problems: Problem[]
  constructor(problems: Problem[], code = 'bad_input') {
    super(problems.map((problem) => `${problem.path}: expected ${problem.expected}, found ${problem.found}`).join('; '))
    this.name = 'BadInput'
    this.code = code
    this.problems = problems
  }
}

/** Something outside failed (a partner, the database, the disk). Nothing was half done; the same request with the same key may be sent again. */
export class OperatingFailure extends Error {
  readonly code: string
  readonly params: MessageParams
  constructor(code: string, params: MessageParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'OperatingFailure'
    this.code = code
    this.params = params
  }
}

/** What must always hold does not. A defect: stop, keep the evidence, tell an engineer. */
export class BrokenInvariant extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'BrokenInvariant'
  }
}

/** Narrows away `undefined`; throws `BrokenInvariant` saying what was missing. */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new BrokenInvariant(`missing: ${what}`)
  return value
}

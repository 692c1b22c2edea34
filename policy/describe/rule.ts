import type { Block, EndStatement, IfStatement, PolicyBody, Statement, SwitchStatement } from '../ir.ts'
import { fill } from '../phrases.ts'
import { isEnd } from '../walk.ts'
import type { DescribedLine } from './description.ts'
import type { Telling } from './telling.ts'

/** Which labels a result has: those of the whole, or those of an item. */
type ResultLabels = 'results' | 'items'

/** The rule as numbered sentences, in the order of the text. */
export function ruleLines(telling: Telling, { block }: PolicyBody): DescribedLine[] {
  return new RuleText(telling).block(block, '', 0, 'results')
}

class RuleText {
  readonly #telling: Telling

  constructor(telling: Telling) {
    this.#telling = telling
  }

  /** The sentences of a block, numbered on from `prefix`. */
  block(block: Block, prefix: string, depth: number, labels: ResultLabels): DescribedLine[] {
    const lines: DescribedLine[] = []
    let count = 0
    for (const statement of block) {
      const number = `${prefix}${count + 1}`
      const told = this.#statement(statement, number, depth, labels)
      if (told.length > 0) count++
      lines.push(...told)
      // What an `else` would say is told after a numbered sentence of its own.
      if (statement.do !== 'if' || statement.otherwise === undefined) continue
      lines.push(...this.#otherwise(statement.otherwise, `${prefix}${count + 1}`, depth, labels))
      count++
    }
    return lines
  }

  #statement(statement: Statement, number: string, depth: number, labels: ResultLabels): DescribedLine[] {
    const { words } = this.#telling
    switch (statement.do) {
      case 'const':
        return this.#const(statement, number, depth, labels)
      case 'if':
        return this.#if(statement, number, depth, labels)
      case 'switch':
        return this.#switch(statement, number, depth, labels)
      default:
        return this.#end(statement, { number, depth, pattern: words.plainly, a: '' }, labels)
    }
  }

  /** A `const` without a label is told where it is used. */
  #const(
    statement: Extract<Statement, { do: 'const' }>,
    number: string,
    depth: number,
    labels: ResultLabels,
  ): DescribedLine[] {
    const { words } = this.#telling
    const label = this.#telling.remember(statement, labels)
    if (label === undefined) return []
    const isCondition = statement.is.unit.kind === 'flag'
    const told = isCondition ? this.#telling.condition(statement.is, true) : this.#telling.quantity(statement.is)
    return [{ number, depth, text: fill(isCondition ? words.isCondition : words.isDefined, { a: label, b: told }) }]
  }

  #if({ condition, block }: IfStatement, number: string, depth: number, labels: ResultLabels): DescribedLine[] {
    const { words } = this.#telling
    const a = this.#telling.condition(condition, true)
    const [only] = block
    if (block.length === 1 && only !== undefined && isEnd(only)) {
      return this.#end(only, { number, depth, pattern: words.ifThen, a }, labels)
    }
    return [{ number, depth, text: fill(words.ifMore, { a }) }, ...this.block(block, `${number}.`, depth + 1, labels)]
  }

  #otherwise(block: Block, number: string, depth: number, labels: ResultLabels): DescribedLine[] {
    const { words } = this.#telling
    const [only] = block
    if (block.length === 1 && only !== undefined && isEnd(only)) {
      return this.#end(only, { number, depth, pattern: words.otherwise, a: '' }, labels)
    }
    return [{ number, depth, text: words.otherwiseMore }, ...this.block(block, `${number}.`, depth + 1, labels)]
  }

  #switch({ on, cases }: SwitchStatement, number: string, depth: number, labels: ResultLabels): DescribedLine[] {
    const { words } = this.#telling
    const sides = cases.flatMap(({ options, block }, index) => {
      const own = `${number}.${index + 1}`
      const a = this.#telling.choices(options)
      const [only] = block
      if (block.length === 1 && only !== undefined && isEnd(only)) {
        return this.#end(only, { number: own, depth: depth + 1, pattern: words.forWords, a }, labels)
      }
      const heading = { number: own, depth: depth + 1, text: fill(words.forWordsMore, { a }) }
      return [heading, ...this.block(block, `${own}.`, depth + 2, labels)]
    })
    return [{ number, depth, text: fill(words.byWord, { a: this.#telling.quantity(on) }) }, ...sides]
  }

  /** An outcome in the sentence that leads to it, and after it what is decided item by item. */
  #end(
    end: EndStatement,
    { number, depth, pattern, a }: { number: string; depth: number; pattern: string; a: string },
    labels: ResultLabels,
  ): DescribedLine[] {
    const { words, phrases } = this.#telling
    const line = { number, depth, text: fill(pattern, { a, b: this.#outcome(end, labels) }) }
    if (end.each === undefined) return [line]
    const heading = { depth: depth + 1, text: fill(words.eachOf, { a: phrases.label(`facts.${end.each.list.name}`) }) }
    return [line, heading, ...this.block(end.each.block, `${number}.`, depth + 1, 'items')]
  }

  #outcome(end: EndStatement, labels: ResultLabels): string {
    const { words, phrases } = this.#telling
    const clause = phrases.label(`clauses.${end.clause}`)
    if (end.do !== 'grant') return fill(words[end.do], { a: phrases.label(`reasons.${end.reason}`), b: clause })
    const results = Object.entries(end.results).flatMap(([name, result]) => {
      const label = phrases.label(`${labels}.${name}`)
      if (this.#telling.isWorkedOut(result)) {
        return [fill(words.resultFlag, { a: label, b: this.#telling.condition(result, true) })]
      }
      const told = this.#telling.term(result)
      // A result that has just been told under its own name is not told again.
      return told === label ? [label] : [fill(words.result, { a: label, b: told })]
    })
    if (results.length === 0) return fill(words.grant, { a: clause })
    return fill(words.grantWith, { a: clause, b: results.join(words.semicolon) })
  }
}

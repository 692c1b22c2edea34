import type {
  Binary,
  ConstStatement,
  Expression,
  First,
  Inclusion,
  ListExpression,
  ListOperation,
  Membership,
  Sort,
  TableEntry,
} from '../ir.ts'
import { fill, Phrases } from '../phrases.ts'
import { unitCode } from '../units.ts'
import type { ResolvedValue, ResolvedValues } from '../values.ts'
import type { Language } from '../words.ts'
import { DESCRIBED } from './words.ts'

/** Operators whose sides are told without brackets around a computation of the same kind. */
const CHAINS: ReadonlySet<string> = new Set(['+', '-'])

/** Tells what a rule says, without anybody's facts: what is computed from what, and which condition is meant. */
export class Telling {
  readonly phrases: Phrases
  readonly words: (typeof DESCRIBED)[Language]
  readonly #labels: ReadonlyMap<string, string>
  readonly #values: ResolvedValues
  readonly #consts = new Map<number, { readonly is: Expression; readonly label: string | undefined }>()

  constructor(labels: ReadonlyMap<string, string>, language: Language, values: ResolvedValues) {
    this.phrases = new Phrases(labels, language)
    this.words = DESCRIBED[language]
    this.#labels = labels
    this.#values = values
  }

  /** From here on a `const` can be told. Returns its label; none for one that is told where it is used. */
  remember({ name, is }: ConstStatement, results: 'results' | 'items'): string | undefined {
    const label = this.#labels.get(`locals.${name}`) ?? this.#labels.get(`${results}.${name}`)
    this.#consts.set(is.slot, { is, label })
    return label
  }

  /** A quantity, a date, a word or a list, in words. */
  quantity(expression: Expression): string {
    const { words, phrases } = this
    if (expression.unit.kind === 'flag' && !isRead(expression)) return this.condition(expression, true)
    switch (expression.op) {
      case 'literal':
        return this.#literal(expression)
      case 'fact':
        return phrases.label(`facts.${expression.name}`)
      case 'value':
        return this.#now(phrases.label(`values.${expression.name}`), this.#values[expression.name])
      case 'local':
        return this.#local(expression)
      case 'item':
        return expression.field === undefined
          ? words.theItem
          : fill(words.ofItem, { a: phrases.label(`facts.${expression.list}.${expression.field}`) })
      case 'entry':
        return this.#entry(expression)
      case '?:':
        return fill(words.conditional, {
          a: this.condition(expression.condition, true),
          b: this.part(expression.whenTrue),
          c: this.part(expression.whenFalse),
        })
      case 'countOf':
        return isAlways(expression.each)
          ? fill(words.countAll, { a: this.#listPart(expression.list) })
          : fill(words.countOf, this.#listed(expression))
      case 'sumOf':
        return fill(words.sumOf, { a: this.#listPart(expression.list), b: this.part(expression.each) })
      case 'filterOf':
      case 'sortOf':
      case 'firstOf':
        return this.list(expression)
      default:
        return 'left' in expression ? this.#binary(expression) : this.condition(expression, true)
    }
  }

  /** A list, or those of its items that are meant. */
  list(list: ListExpression): string {
    const { words } = this
    switch (list.op) {
      case 'fact':
        return this.phrases.label(`facts.${list.name}`)
      case 'local':
        return this.#local(list)
      case 'filterOf':
        return fill(words.filterOf, { a: this.#listPart(list.list), b: this.condition(list.each, true) })
      case 'sortOf':
        return this.#sorted(list)
      case 'firstOf':
        return this.#first(list)
    }
  }

  /** When something holds, or does not. */
  condition(expression: Expression, holds: boolean): string {
    const { words } = this
    switch (expression.op) {
      case '!':
        return this.condition(expression.of, !holds)
      case '&&':
      case '||':
        return this.#joined(expression, holds)
      case '===':
      case '!==':
        return this.#equality(expression, holds === (expression.op === '==='))
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#comparison(expression, holds ? expression.op : OPPOSITE[expression.op])
      case 'includes':
        return this.#inclusion(expression, holds)
      case 'hasItem':
        return this.#membership(expression, holds)
      case 'someOf':
        return fill(holds ? words.someOf : words.noneOf, this.#listed(expression))
      case 'everyOf':
        return fill(holds ? words.everyOf : words.notEvery, this.#listed(expression))
      case 'local':
        return this.#namedCondition(expression, holds)
      case '?:': {
        const sides = { b: this.condition(expression.whenTrue, holds), c: this.condition(expression.whenFalse, holds) }
        return fill(words.grouped, {
          a: fill(words.conditional, { a: this.condition(expression.condition, true), ...sides }),
        })
      }
      default:
        return this.#flag(expression, holds)
    }
  }

  /** A label where there is one: a source may be a document that stands for itself. */
  findLabel(key: string): string | undefined {
    return this.#labels.get(key)
  }

  /** A quantity inside a sentence about another one: in brackets when it is computed. */
  part(expression: Expression): string {
    const opened = this.#opened(expression)
    const told = this.quantity(opened)
    return 'left' in opened || opened.op === '?:' ? fill(this.words.grouped, { a: told }) : told
  }

  /** A quantity that stands by itself in a sentence: in brackets only when it has an `if` of its own. */
  term(expression: Expression): string {
    return this.#opened(expression).op === '?:' ? this.part(expression) : this.quantity(expression)
  }

  /** True for a yes or no that is worked out here and not just read. */
  isWorkedOut(expression: Expression): boolean {
    return expression.unit.kind === 'flag' && !isRead(this.#opened(expression))
  }

  /** Words of a choice, each in quotes. */
  choices(options: readonly string[]): string {
    return this.phrases.value(options, 'choice')
  }

  #literal({ value, unit }: Extract<Expression, { op: 'literal' }>): string {
    const told = this.phrases.value(value, unitCode(unit))
    const isWord = unit.kind === 'choice' || unit.kind === 'text'
    return isWord ? fill(this.phrases.words.quoted, { a: told }) : told
  }

  #now(name: string, resolved: ResolvedValue | undefined, key?: string): string {
    const value = resolved?.value
    const content = key !== undefined && typeof value === 'object' ? new Map(Object.entries(value)).get(key) : value
    if (resolved === undefined || content === undefined) return name
    if (typeof content === 'object' && !Array.isArray(content)) return name
    const told = this.phrases.value(Array.isArray(content) ? content.map(String) : content, resolved.unit)
    return fill(resolved.assumed ? this.words.nowAssumed : this.words.now, { a: name, b: told })
  }

  /** What a `const` without a label was made of. */
  #opened(expression: Expression): Expression {
    const known = expression.op === 'local' ? this.#consts.get(expression.of) : undefined
    return known === undefined || known.label !== undefined ? expression : this.#opened(known.is)
  }

  #local(local: Extract<Expression, { op: 'local' }>): string {
    const known = this.#consts.get(local.of)
    return known === undefined ? local.name : (known.label ?? this.quantity(known.is))
  }

  #namedCondition(local: Extract<Expression, { op: 'local' }>, holds: boolean): string {
    const known = this.#consts.get(local.of)
    if (known !== undefined && known.label === undefined) return this.condition(known.is, holds)
    return fill(this.words.flagIs[`${holds}`], { a: known?.label ?? local.name })
  }

  /** A yes or no that is read and not worked out. */
  #flag(expression: Expression, holds: boolean): string {
    const { words, phrases } = this
    switch (expression.op) {
      case 'literal':
        return phrases.value(expression.value === holds, 'flag')
      case 'value': {
        const is = fill(words.flagIs[`${holds}`], { a: phrases.label(`values.${expression.name}`) })
        return this.#now(is, this.#values[expression.name])
      }
      case 'item':
        return expression.field === undefined
          ? fill(words.flagIs[`${holds}`], { a: words.theItem })
          : fill(words.itemFlagIs[`${holds}`], { a: phrases.label(`facts.${expression.list}.${expression.field}`) })
      default:
        return fill(words.flagIs[`${holds}`], { a: this.quantity(expression) })
    }
  }

  #entry({ name, key }: TableEntry): string {
    const table = fill(this.phrases.words.entry, {
      a: this.phrases.label(`values.${name}`),
      b: this.quantity(key),
    })
    const fixed = key.op === 'literal' ? String(key.value) : undefined
    return fixed === undefined ? table : this.#now(table, this.#values[name], fixed)
  }

  #binary(node: Extract<Expression, { left: Expression }>): string {
    const shared = this.phrases.words
    const [a, b] = [this.#side(node, node.left), this.#side(node, node.right)]
    if (node.op === 'share') return fill(shared.share, { a, b, c: shared.roundings[node.rounding] })
    const patterns: Readonly<Record<string, string>> =
      node.left.unit.kind === 'date' ? { ...shared.binary, ...shared.dates } : shared.binary
    return fill(patterns[node.op] ?? '', { a, b })
  }

  /** One side of a computation; a sum of sums needs no brackets. */
  #side(node: Expression, side: Expression): string {
    const isChain = CHAINS.has(node.op) && CHAINS.has(side.op) && 'left' in node && node.left === side
    return isChain ? this.quantity(side) : this.part(side)
  }

  /** A list inside a sentence about it: in brackets when it is a selection without a name. */
  #listPart(list: ListExpression): string {
    const opened = this.#opened(list)
    const isNamed = opened.op === 'fact' || opened.op === 'local'
    return isNamed ? this.list(list) : fill(this.words.grouped, { a: this.list(list) })
  }

  #joined({ op, left, right }: Binary, holds: boolean): string {
    // "Not both" is "the one not, or the other not".
    const isAnd = holds === (op === '&&')
    const part = (side: Expression) => {
      const told = this.condition(side, holds)
      const isOther = (side.op === '&&' || side.op === '||') && side.op !== op
      return isOther ? fill(this.words.grouped, { a: told }) : told
    }
    return `${part(left)}${isAnd ? this.words.and : this.words.or}${part(right)}`
  }

  #equality({ left, right }: Binary, equal: boolean): string {
    const { words } = this
    const [told, other] = left.op === 'literal' ? [right, left] : [left, right]
    const a = this.term(told)
    if (other.op === 'literal' && other.value === null) return fill(equal ? words.absent : words.present, { a })
    const b = this.term(other)
    const shared = this.phrases.words
    if (told.unit.kind === 'date') return fill(shared.dates[equal ? '===' : '!=='], { a, b })
    const isWord = told.unit.kind === 'choice' || told.unit.kind === 'text' || told.unit.kind === 'flag'
    if (isWord) return fill(equal ? words.sameWord : words.otherWord, { a, b })
    return fill(words.compared[equal ? '===' : '!=='], { a, b })
  }

  #comparison({ left, right }: Binary, op: '<' | '<=' | '>' | '>='): string {
    const sides = { a: this.term(left), b: this.term(right) }
    return fill(left.unit.kind === 'date' ? this.phrases.words.dates[op] : this.words.compared[op], sides)
  }

  #inclusion({ options, word }: Inclusion, holds: boolean): string {
    const shared = this.phrases.words
    const b =
      options.op === 'literal' && Array.isArray(options.value)
        ? this.choices(options.value.map(String))
        : this.quantity(options)
    return fill(holds ? shared.oneOf : shared.noneOf, { a: this.quantity(word), b })
  }

  #membership({ list }: Membership, holds: boolean): string {
    return fill(holds ? this.words.hasItem : this.words.hasNoItem, { a: this.list(list) })
  }

  #listed({ list, each }: ListOperation): { a: string; b: string } {
    return { a: this.#listPart(list), b: this.condition(each, true) }
  }

  #sorted({ list, each, order }: Sort): string {
    const patterns = this.words.sorted[each.unit.kind === 'date' ? 'date' : 'quantity']
    const told = fill(patterns[order], { a: this.list(list), b: this.part(each) })
    // What was sorted before stays so where the new order does not decide.
    return this.#opened(list).op === 'sortOf' ? fill(this.words.stable, { a: told }) : told
  }

  /** The first of what is sorted by size are the greatest or the least. */
  #first({ list, count }: First): string {
    const { words } = this
    const c = this.quantity(count)
    if (list.op !== 'sortOf' || list.each.unit.kind === 'date')
      return fill(words.firstOf, { a: this.#listPart(list), b: c })
    const pattern = list.order === 'descending' ? words.highestOf : words.lowestOf
    return fill(pattern, { a: this.#listPart(list.list), b: this.part(list.each), c })
  }
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

/** True for what is read and not computed. */
function isRead({ op }: Expression): boolean {
  return op === 'literal' || op === 'fact' || op === 'value' || op === 'local' || op === 'item' || op === 'entry'
}

function isAlways(each: Expression): boolean {
  return each.op === 'literal' && each.value === true
}

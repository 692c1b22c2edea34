import type { ConstStep, ExplainedNode } from './explain.ts'
import { findCountWords, type Language, PATTERNS } from './words.ts'

/** At most so many items of a list are told one by one. */
const ITEMS_TOLD_MAX = 10

/** Phrases for the expressions of one explanation. Labels that are missing are collected, so that all are reported at once. */
export class Phrases {
  readonly language: Language
  readonly words: (typeof PATTERNS)[Language]
  readonly missing = new Set<string>()
  readonly #labels: ReadonlyMap<string, string>
  /** What each `const` so far was computed from and what it is called, by slot; those of an item last until the next item. */
  readonly #consts = new Map<number, { readonly is: ExplainedNode; readonly label: string | undefined }>()
  /** Selections without a label that have been told, by the slot of their `const`. */
  readonly #selectionsTold = new Set<number>()
  /** Values whose source has been told: once is enough. */
  readonly #sourced = new Set<string>()

  constructor(labels: ReadonlyMap<string, string>, language: Language) {
    this.language = language
    this.words = PATTERNS[language]
    this.#labels = labels
  }

  /**
   * From here on a `const` can be told. Returns its label: its own, or that of the result of the same name; none for one that is told where it
   * is used.
   */
  remember({ name, slot, is }: ConstStep, results: 'results' | 'items'): string | undefined {
    const label = this.#labels.get(`locals.${name}`) ?? this.#labels.get(`${results}.${name}`)
    this.#consts.set(slot, { is, label })
    return label
  }

  label(key: string): string {
    const label = this.#labels.get(key)
    if (label === undefined) this.missing.add(key)
    return label ?? key
  }

  /** What a node came to: a value with its unit, or the items of a selection by their numbers. */
  came({ value, unit, chosen }: ExplainedNode): string {
    const { words } = this
    if (chosen === undefined) return this.value(value, unit)
    if (chosen.length === 0) return words.nothingChosen
    return chosen.map((n) => fill(words.chosen, { n: String(n) })).join(words.listSeparator)
  }

  /** A value with its unit, as people say it. */
  value(value: ExplainedNode['value'], unit: string): string {
    const { words } = this
    if (value === null) return words.absent
    if (typeof value === 'boolean') return value ? words.yes : words.no
    if (typeof value === 'string') return unit === 'date' ? this.date(value) : this.#word(value, unit)
    if (typeof value !== 'number') return value.map((word) => this.#quoted(word, unit)).join(words.listSeparator)
    if (unit === 'fen') return fill(words.money, { a: decimal(value, 2) })
    if (unit === 'ppm') return `${decimal(value, 4).replace(/\.?0+$/, '')}%`
    return this.#count(value, unit)
  }

  date(date: string): string {
    const [year = '', month = '', day = ''] = date.split('-')
    const monthName = MONTHS[Number(month) - 1] ?? month
    return fill(this.words.date, { a: year, b: String(Number(month)), c: String(Number(day)), d: monthName })
  }

  /** A quantity with where it comes from: `fee 600.00 yuan (statutes S3, since ...)`; a computed one in brackets. */
  quantity(node: ExplainedNode): string {
    const opened = this.opened(node)
    return isLeaf(opened) ? this.#leaf(opened) : fill(this.words.nested, { a: this.equation(opened) })
  }

  /** How a quantity was computed and what came out: `a + b = c`. */
  equation(node: ExplainedNode): string {
    const { words } = this
    const opened = this.opened(node)
    if (isLeaf(opened)) return this.#leaf(opened)
    const [condition, chosen] = opened.operands
    if (opened.op === '?:' && condition && chosen) {
      // In the order of the sentence, so that a source is told where a value is first mentioned.
      const b = this.equation(chosen)
      return fill(words.because, { a: this.evidence(condition), b })
    }
    return fill(words.computed, { a: this.#formula(opened), b: this.came(opened) })
  }

  /** What a condition was decided on, each fact as it is: flags and words speak for themselves, comparisons are judged. */
  evidence(node: ExplainedNode): string {
    return this.#evidence(node).join(this.words.evidenceSeparator)
  }

  /** A `const` without a label of its own stands for what it was computed from. */
  opened(node: ExplainedNode): ExplainedNode {
    const known = node.origin?.from === 'local' ? this.#consts.get(node.origin.slot) : undefined
    return known === undefined || known.label !== undefined ? node : this.opened(known.is)
  }

  #word(word: string, unit: string): string {
    return unit === 'choice' ? this.label(`choices.${word}`) : word
  }

  #quoted(word: string, unit: string): string {
    return fill(this.words.quoted, { a: this.#word(word, unit) })
  }

  #count(n: number, label: string): string {
    const pattern = findCountWords(label, this.language) ?? this.label(`units.${label}`)
    const [singular = '', plural = singular] = pattern.split('|')
    return fill(Math.abs(n) === 1 ? singular : plural, { n: counted(n) })
  }

  #name(node: ExplainedNode): string | undefined {
    const { origin } = node
    switch (origin?.from) {
      case undefined:
        return undefined
      case 'fact':
        return this.label(`facts.${origin.name}`)
      case 'item':
        return this.label(origin.field === undefined ? `facts.${origin.list}` : `facts.${origin.list}.${origin.field}`)
      case 'local':
        return this.#consts.get(origin.slot)?.label
      case 'value': {
        const name = this.label(`values.${origin.name}`)
        const [key] = node.operands
        return key === undefined ? name : fill(this.words.entry, { a: name, b: this.value(key.value, key.unit) })
      }
    }
  }

  #leaf(node: ExplainedNode): string {
    const { words } = this
    const name = this.#name(node)
    const value = this.came(node)
    const isWord = (node.unit === 'choice' || node.unit === 'text') && !Array.isArray(node.value)
    if (name === undefined) return isWord ? fill(words.quoted, { a: value }) : value
    const pattern = node.unit === 'flag' ? words.flag : isWord ? words.word : words.named
    const told = fill(pattern, { a: name, b: value })
    const source = this.#source(node)
    return source === undefined ? told : fill(words.sourced, { a: told, b: source })
  }

  /** Where a value of law comes from, since when, and whether it is assumed. */
  #source({ origin }: ExplainedNode): string | undefined {
    const { words } = this
    if (origin?.from !== 'value' || this.#sourced.has(origin.name)) return undefined
    this.#sourced.add(origin.name)
    // A source may be a document that stands for itself instead of a clause with a label.
    const source = this.#labels.get(`clauses.${origin.source}`) ?? origin.source
    const since = { a: source, b: this.date(origin.since) }
    const told =
      origin.to === undefined ? fill(words.since, since) : fill(words.sinceUntil, { ...since, c: this.date(origin.to) })
    return origin.assumed ? fill(words.assumed, { a: told }) : told
  }

  #formula(node: ExplainedNode): string {
    const { words } = this
    const { op, operands } = node
    const [left, right] = operands
    if (left && isLoop(op)) return this.#loopFormula(node, op, left)
    if (left === undefined || right === undefined) return this.value(node.value, node.unit)
    if (op === 'firstOf') return this.#staged(left, (a) => fill(words.firstOf, { a, b: this.quantity(right) }))
    // A sum of sums needs no brackets.
    const isChain = isSum(this.opened(left)) && isSum(node)
    const [a, b] = [isChain ? this.#formula(this.opened(left)) : this.quantity(left), this.quantity(right)]
    if (op === 'share') return fill(words.share, { a, b, c: words.roundings[node.rounding ?? 'half_up'] })
    const patterns: Readonly<Record<string, string>> =
      left.unit === 'date' ? { ...words.binary, ...words.dates } : words.binary
    return fill(patterns[op] ?? '', { a, b })
  }

  /** How a list is called: by its name. A selection without one is told first, as it was made, and called by its numbers from then on. */
  #list(list: ExplainedNode): { readonly name: string; readonly made?: string } {
    const { words } = this
    const opened = this.opened(list)
    if (isLeaf(opened)) return { name: this.#name(opened) ?? '' }
    const slot = list.origin?.from === 'local' ? list.origin.slot : undefined
    if (slot !== undefined && this.#selectionsTold.has(slot)) {
      return { name: fill(words.selection, { a: this.#baseName(opened), b: this.came(opened) }) }
    }
    if (slot !== undefined) this.#selectionsTold.add(slot)
    return { name: words.those, made: this.equation(opened) }
  }

  /** A formula about a list; how a selection without a name was made is told before it, stage by stage. */
  #staged(list: ExplainedNode, formula: (name: string) => string): string {
    const { name, made } = this.#list(list)
    return made === undefined ? formula(name) : fill(this.words.stages, { a: made, b: formula(name) })
  }

  #membership(list: ExplainedNode, isAmong: boolean): string {
    const { words } = this
    const { name, made } = this.#list(list)
    return fill(isAmong ? words.among : words.notAmong, {
      a: made === undefined ? name : fill(words.nested, { a: made }),
    })
  }

  /** The name of the list that a selection selects from. */
  #baseName(selection: ExplainedNode): string {
    const [list] = selection.operands
    const opened = list && this.opened(list)
    if (opened === undefined) return ''
    return isLeaf(opened) ? (this.#name(opened) ?? '') : this.#baseName(opened)
  }

  #loopFormula(node: ExplainedNode, op: LoopOperator, list: ExplainedNode): string {
    const { words } = this
    const { items = [] } = node
    const isValued = op === 'sumOf' || op === 'sortOf'
    const isCounted = op === 'countOf' && items.every((item) => item.op === 'literal')
    const pattern = isCounted ? words.numberOf : this.#loopPattern(node, op)
    return this.#staged(list, (name) => {
      const text = fill(pattern, { a: name, n: String(items.length) })
      if (items.length === 0 || isCounted) return text
      const told = items.slice(0, ITEMS_TOLD_MAX).map((item, index) => {
        const number = list.chosen?.[index] ?? index + 1
        return fill(words.item, { n: String(number), a: isValued ? this.equation(item) : this.evidence(item) })
      })
      if (items.length > told.length) told.push(fill(words.more, { n: String(items.length - told.length) }))
      return fill(words.items, { a: text, b: told.join(words.itemSeparator) })
    })
  }

  #loopPattern({ items, order = 'ascending' }: ExplainedNode, op: LoopOperator): string {
    const { words } = this
    if (op !== 'sortOf') return words[op]
    return (items?.[0]?.unit === 'date' ? words.dayOrders : words.orders)[order]
  }

  #evidence(node: ExplainedNode): string[] {
    const { words } = this
    const opened = this.opened(node)
    const { op, operands } = opened
    if (isLeaf(opened)) return [this.#leaf(opened)]
    if (op === '!' || op === '&&' || op === '||' || op === '?:')
      return operands.flatMap((operand) => this.#evidence(operand))
    const [left, right] = operands
    const evident = left && right && this.#evident(opened, left, right)
    if (evident !== undefined) return [evident]
    return [fill(words.judged, { a: this.#formula(opened), b: opened.value === true ? words.holds : words.fails })]
  }

  /** Comparisons of words and with null are told as what is the case, which says by itself whether they hold. */
  #evident({ op, value }: ExplainedNode, left: ExplainedNode, right: ExplainedNode): string | undefined {
    const { words } = this
    if (op === 'hasItem') return this.#membership(left, value === true)
    if (op === 'includes') {
      const isListed = Array.isArray(left.value) && left.value.includes(right.value)
      const options = left.op === 'literal' ? this.value(left.value, left.unit) : this.#leaf(left)
      return fill(isListed ? words.oneOf : words.noneOf, { a: this.quantity(right), b: options })
    }
    if (op !== '===' && op !== '!==') return undefined
    if (right.value === null && right.op === 'literal') {
      if (left.value !== null) return this.quantity(left)
      return fill(words.missing, { a: this.#name(this.opened(left)) ?? '' })
    }
    if (left.unit !== 'choice' && left.unit !== 'text') return undefined
    const told = left.op === 'literal' ? right : left
    const other = told === left ? right : left
    return left.value === right.value
      ? this.quantity(told)
      : fill(words.otherWord, { a: this.quantity(told), b: this.quantity(other) })
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function isSum({ op }: ExplainedNode): boolean {
  return op === '+' || op === '-'
}

/** What looks at the items of a list one by one. */
const LOOPS = ['countOf', 'sumOf', 'someOf', 'everyOf', 'filterOf', 'sortOf'] as const
type LoopOperator = (typeof LOOPS)[number]

function isLoop(op: ExplainedNode['op']): op is LoopOperator {
  return LOOPS.some((loop) => loop === op)
}

/** True for what is read and not computed. */
export function isLeaf({ op }: ExplainedNode): boolean {
  return op === 'literal' || op === 'fact' || op === 'value' || op === 'local' || op === 'item' || op === 'entry'
}

/** Puts parts in the places `{a}` of a pattern; a place without a part stays, so that it is seen. */
export function fill(pattern: string, parts: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w)\}/g, (placeholder, name: string) => parts[name] ?? placeholder)
}

/** A count; thousands are grouped from ten thousand on, so that a year stays a year. */
function counted(value: number): string {
  return Math.abs(value) < 10_000 ? decimal(value, 0).replace(',', '') : decimal(value, 0)
}

/** A whole number of units of 10^-places, as a decimal with grouped thousands: `decimal(123456, 2)` is `1,234.56`. */
function decimal(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = value < 0 ? '−' : ''
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-places)}`
}

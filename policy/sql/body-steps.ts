import {
  type Block,
  type ConstStatement,
  type EndStatement,
  type Expression,
  type IfStatement,
  type ItemDecision,
  type SourceSpan,
  type SwitchStatement,
  sourceOf,
} from '../ir.ts'
import { endsOf, itemEndsOf } from '../kernel/columns.ts'
import type { ItemSource } from './dialect.ts'
import { columnOfLocal, type Local, sourceOfList, type Writing, write } from './expressions.ts'
import { comment, textLiteral } from './literals.ts'
import { columnTerm, type NameSpace } from './names.ts'
import type { Steps } from './steps.ts'
import { allOf, at, atom, LEVEL, not, type Term } from './terms.ts'

/** What a body is turned into steps with; `locals` grows on the way. */
export interface BodyWriting extends Writing {
  readonly locals: Map<number, Local>
  readonly steps: Steps
  readonly space: NameSpace
  /** The column that is true where every required fact and the values are there. */
  readonly isComplete: string
}

/** The columns in which the steps leave what was decided. */
export interface OutcomeColumns {
  /** The number of the outcome, its place in `endsOf`. */
  readonly ending: string
  /** A list with the number of each item's outcome, its place in `itemEndsOf`; only where items are decided. */
  readonly itemEndings?: string
  /** By item result, a list with what each item is granted. */
  readonly itemResults: ReadonlyMap<string, string>
}

/** An outcome with the conditions of the branches around it. Of all whose conditions hold the first in the text is the one reached. */
interface Branch {
  readonly end: EndStatement
  readonly conditions: readonly Term[]
}

/** Adds the steps of a body: a column for each `const`, one for the outcome, and those of the items. */
export function addBodySteps(writing: BodyWriting): OutcomeColumns {
  const { body, steps, space } = writing
  const branches = addBlock(writing, body.block, [])
  const ending = space.add('outcomeNumber', 'query')
  const incomplete = `WHEN NOT ${columnTerm(writing.isComplete).text} THEN NULL ${comment('a required fact or the values are not there')}`
  steps.add(ending, chooseEnd(branches, endsOf(body), [incomplete]), comment('the outcome'))
  return { ending, ...addItemSteps(writing, ending) }
}

/** The text of an outcome as a comment quotes it. */
export function noteOfEnd(end: EndStatement): string {
  return end.do === 'grant' ? `${end.clause}: grant` : `${end.clause}: ${end.do} ${end.reason}`
}

/** The list of the items, which every expression of an item decision is written with. */
function perItem(writing: BodyWriting, { list }: ItemDecision): BodyWriting & { readonly source: ItemSource } {
  return { ...writing, source: sourceOfList(writing, list) }
}

function addItemSteps(writing: BodyWriting, ending: string): Omit<OutcomeColumns, 'ending'> {
  const { body, steps, space } = writing
  const deciding = endsOf(body).flatMap(({ each }, number) => (each === undefined ? [] : [{ number, each }]))
  if (body.items === undefined || deciding.length === 0) return { itemResults: new Map() }
  const branches = new Map(deciding.map(({ each }) => [each, addBlock(perItem(writing, each), each.block, [])]))
  const ends = itemEndsOf(body)
  const add = (column: string, note: string, list: (each: ItemDecision) => Term): void => {
    const cases = deciding.map(({ number, each }) => `WHEN ${number} THEN ${list(each).text}`)
    steps.add(column, atom(`CASE ${columnTerm(ending).text} ${cases.join(' ')} END`), comment(note))
  }
  const itemEndings = space.add('itemOutcomeNumbers', 'query')
  add(itemEndings, 'the outcome of each item', (each) => {
    const { dialect, source } = perItem(writing, each)
    return dialect.mapOf(source, chooseEnd(branches.get(each) ?? [], ends))
  })
  const itemResults = new Map(Object.keys(body.items.results).map((name) => [name, space.add(name, 'item')]))
  for (const [name, column] of itemResults) {
    add(column, `${name} of each item`, (each) => itemResult(writing, each, name, itemEndings))
  }
  return { itemEndings, itemResults }
}

/** One result of each item that is granted one. */
function itemResult(writing: BodyWriting, each: ItemDecision, name: string, itemEndings: string): Term {
  const inside = perItem(writing, each)
  const { dialect, source } = inside
  const ends = itemEndsOf(writing.body)
  const granted = endsOf(each).flatMap((end) => {
    const result = end.do === 'grant' ? end.results[name] : undefined
    return result === undefined ? [] : [`WHEN ${ends.indexOf(end)} THEN ${write(inside, result).text}`]
  })
  if (granted.length === 0) return atom('NULL')
  const number = `${columnTerm(itemEndings).text}[${dialect.itemPlace().text}]`
  return dialect.mapOf(source, atom(`CASE ${number} ${granted.join(' ')} END`))
}

/** The first branch whose conditions hold, as the number of its outcome. */
function chooseEnd(branches: readonly Branch[], ends: readonly EndStatement[], before: readonly string[] = []): Term {
  const [only] = branches
  if (before.length === 0 && only?.conditions.length === 0) return atom(String(ends.indexOf(only.end)))
  const cases = branches.map(({ end, conditions }) => {
    const when = conditions.length === 0 ? 'ELSE' : `WHEN ${allOf(conditions).text} THEN`
    return `${when} ${ends.indexOf(end)} ${comment(noteOfEnd(end))}`
  })
  return atom(`CASE\n      ${[...before, ...cases].join('\n      ')}\n    END`)
}

function addBlock(writing: BodyWriting, block: Block, conditions: readonly Term[]): Branch[] {
  return block.flatMap((statement) => {
    switch (statement.do) {
      case 'const':
        addConst(writing, statement)
        return []
      case 'if':
        return addIf(writing, statement, conditions)
      case 'switch':
        return addSwitch(writing, statement, conditions)
      default:
        return [{ end: statement, conditions }]
    }
  })
}

/** A name for a fact that is a list stays that name; everything else is a column. */
function addConst(writing: BodyWriting, { name, is, at: place }: ConstStatement): void {
  const isFactList = is.op === 'fact' && is.unit.kind === 'list'
  const local: Local = isFactList
    ? { is, column: '', isPerItem: false }
    : addColumn(writing, writing.space.add(name, 'const'), is, place)
  writing.locals.set(is.slot, local)
}

function addColumn(writing: BodyWriting, column: string, is: Expression, place: SourceSpan): Local {
  const { source, dialect, steps, ranges, body } = writing
  // What refers to the column asks for its range.
  ranges.of(is)
  const term = write(writing, is)
  steps.add(column, source === undefined ? term : dialect.mapOf(source, term), comment(sourceOf(body, { at: place })))
  return { is, column, isPerItem: source !== undefined }
}

/** A column of its own for what more than one branch asks for, unless it is no more than a name. */
function shared(writing: BodyWriting, asked: Expression, times: number, kind: string): Term {
  if (times < 2 || asked.op === 'fact' || asked.op === 'local' || asked.op === 'item') return write(writing, asked)
  return columnOfLocal(writing, addColumn(writing, writing.space.addNumbered(kind), asked, asked.at))
}

function addIf(writing: BodyWriting, statement: IfStatement, conditions: readonly Term[]): Branch[] {
  const { condition, block, otherwise = [] } = statement
  const term = shared(writing, condition, endsOf({ block }).length + endsOf({ block: otherwise }).length, 'condition')
  const whenTrue = addBlock(writing, block, [...conditions, term])
  // Where the block always comes to an outcome, what stands after it is reached without saying so.
  const whenFalse = addBlock(writing, otherwise, comesToOutcome(block) ? conditions : [...conditions, not(term)])
  return [...whenTrue, ...whenFalse]
}

function comesToOutcome(block: Block): boolean {
  const last = block.at(-1)
  if (last === undefined || last.do === 'const' || last.do === 'switch') return false
  return last.do !== 'if' || (comesToOutcome(last.block) && comesToOutcome(last.otherwise ?? []))
}

function addSwitch(writing: BodyWriting, { on, cases }: SwitchStatement, conditions: readonly Term[]): Branch[] {
  const word = shared(writing, on, cases.length, 'word')
  return cases.flatMap(({ options, block }) => {
    const isCase: Term = {
      text: `${at(LEVEL.sum, word)} IN (${options.map((option) => textLiteral(option)).join(', ')})`,
      level: LEVEL.comparison,
    }
    return addBlock(writing, block, [...conditions, isCase])
  })
}

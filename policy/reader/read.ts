import type { AnyNode, CallExpression, FunctionExpression, ObjectExpression, Property } from 'acorn'
import { isDate } from '../dates.ts'
import { IR_VERSION, type PolicyBody, type PolicyIr } from '../ir.ts'
import { readBody } from './body.ts'
import { keyOf, readDeclarations, readString } from './declarations.ts'
import { readItems, readPromises } from './items.ts'
import type { RuleCode } from './problems.ts'
import { type BodyReading, findDeclared } from './reading.ts'
import { parseSource, quote, type Source, spanOf } from './source.ts'

/**
 * Reads every policy of a TypeScript source file into its IR. Nothing of the file is run.
 *
 * @param sourceText the text of the file
 * @param fileName how problems name the file
 * @returns one IR for each id, in the order of the file, its dated bodies earliest first; none for a file without policies
 * @throws ReadProblems with everything that is outside the language, not only the first
 */
export function readPolicies(sourceText: string, fileName: string): PolicyIr[] {
  const source = parseSource(sourceText, fileName)
  const bodiesById = new Map<string, PolicyBody[]>()
  for (const call of findPolicyCalls(source)) {
    const definition = readDefinition(source, call)
    if (definition === undefined) continue
    const bodies = bodiesById.get(definition.id)
    if (bodies === undefined) bodiesById.set(definition.id, [definition.body])
    else bodies.push(definition.body)
  }
  const policies = [...bodiesById].map(([id, bodies]) => assemblePolicy(source, id, bodies))
  source.problems.throwIfAny()
  return policies
}

function assemblePolicy({ problems, file }: Source, id: string, unsorted: readonly PolicyBody[]): PolicyIr {
  const bodies = unsorted.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, body] of bodies.entries()) {
    const next = bodies[index + 1]
    if (next === undefined || (body.to !== undefined && body.to < next.from)) continue
    problems.add(
      next.at,
      'TB1005',
      `a body of '${id}' from ${next.from} while the one of ${body.from} lasts to ${body.to ?? 'no end'}`,
    )
  }
  return { irVersion: IR_VERSION, id, file, bodies }
}

/** The calls in `export const name = policy({ ... })`; a call of `policy` anywhere else is a problem. */
function findPolicyCalls(source: Source): CallExpression[] {
  const exported = source.statements.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return []
    return declaration.declarations.flatMap(({ init }) => (init && isPolicyCall(source, init) ? [init] : []))
  })
  for (const { name, at } of source.calls) {
    const isExported = exported.some((call) => call.callee.start === at.start)
    if (source.imports.get(name) !== 'policy' || isExported) continue
    source.problems.add(at, 'TB1002', '`policy(...)` outside an exported const')
  }
  return exported
}

function isPolicyCall(source: Source, node: AnyNode): node is CallExpression {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return false
  return source.imports.get(node.callee.name) === 'policy'
}

const REQUIRED = ['id', 'title', 'from', 'clause', 'facts', 'values', 'results', 'decide'] as const
const OPTIONAL = ['to', 'total', 'items', 'promises'] as const

type Entry = (typeof REQUIRED | typeof OPTIONAL)[number]
type Entries = Partial<Record<Entry, Property>>

const ENTRIES: ReadonlySet<string> = new Set([...REQUIRED, ...OPTIONAL])

function isEntry(name: string | undefined): name is Entry {
  return name !== undefined && ENTRIES.has(name)
}

function readDefinition(source: Source, call: CallExpression): { id: string; body: PolicyBody } | undefined {
  const [object] = call.arguments
  if (object?.type !== 'ObjectExpression' || call.arguments.length !== 1) {
    return source.problems.add(spanOf(call), 'TB1002', quote(source, call))
  }
  const { id, title, from, to, clause, facts, values, results, total, items, promises, decide } = readEntries(
    source,
    object,
  )
  if (!id || !title || !from || !clause || !facts || !values || !results || !decide) return undefined

  const units = {
    facts: readDeclarations(source, facts.value, 'facts'),
    values: readDeclarations(source, values.value, 'values'),
    results: readDeclarations(source, results.value, 'results'),
  }
  const totalName = total && readTotal(source, total, units.results)
  const itemResults = items && readItems(source, items, units.facts)
  const declared = {
    ...units,
    ...(totalName === undefined ? {} : { total: totalName }),
    ...(itemResults === undefined ? {} : { items: itemResults }),
    ...(promises === undefined ? {} : { promises: readPromises(source, promises, units) }),
  }
  const { block, slots } = readDecide(source, decide, declared)

  const idText = readText(source, id, (text) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text))
  const titles = readTitle(source, title)
  const fromDate = readText(source, from, isDate)
  const toDate = to && readText(source, to, (text) => isDate(text) && (fromDate === undefined || fromDate <= text))
  const clauseText = readText(source, clause, (text) => text !== '')
  if (idText === undefined || titles === undefined || fromDate === undefined || clauseText === undefined)
    return undefined
  const body: PolicyBody = {
    title: titles,
    from: fromDate,
    ...(toDate === undefined ? {} : { to: toDate }),
    clause: clauseText,
    ...declared,
    block,
    slots,
    source: source.text.slice(call.start, call.end),
    at: spanOf(call),
  }
  return { id: idText, body }
}

/** The properties of a definition by name; what is missing or unknown is noted. */
function readEntries(source: Source, object: ObjectExpression): Entries {
  const entries: Entries = {}
  for (const property of object.properties) {
    const name = property.type === 'Property' ? keyOf(property) : undefined
    if (property.type === 'Property' && isEntry(name) && entries[name] === undefined) entries[name] = property
    else source.problems.add(spanOf(property), 'TB1003', quote(source, property))
  }
  const missing = REQUIRED.filter((name) => entries[name] === undefined)
  if (missing.length > 0) source.problems.add(spanOf(object), 'TB1003', `a definition without ${missing.join(', ')}`)
  return entries
}

function readText(source: Source, property: Property, isRight: (text: string) => boolean): string | undefined {
  const text = readString(property.value)
  return text !== undefined && isRight(text) ? text : malformed(source, property, 'TB1004')
}

function malformed(source: Source, property: Property, code: RuleCode): undefined {
  return source.problems.add(spanOf(property), code, quote(source, property))
}

function readTitle(source: Source, property: Property): PolicyBody['title'] | undefined {
  const titles = new Map<string | undefined, string | undefined>()
  if (property.value.type === 'ObjectExpression') {
    for (const entry of property.value.properties) {
      if (entry.type === 'Property') titles.set(keyOf(entry), readString(entry.value))
    }
  }
  const [zh, en] = [titles.get('zh'), titles.get('en')]
  return zh && en ? { zh, en } : malformed(source, property, 'TB1004')
}

function readTotal(source: Source, property: Property, results: PolicyBody['results']): string | undefined {
  const name = readString(property.value)
  return name !== undefined && findDeclared(results, name)?.kind === 'money'
    ? name
    : malformed(source, property, 'TB1009')
}

function readDecide(
  source: Source,
  property: Property,
  declared: Pick<PolicyBody, 'facts' | 'values' | 'results' | 'total' | 'items'>,
): Pick<PolicyBody, 'block' | 'slots'> {
  const nothing = { block: [], slots: 0 }
  const { value } = property
  const names = property.method && value.type === 'FunctionExpression' ? parameterNames(value) : undefined
  if (value.type !== 'FunctionExpression' || names === undefined)
    return malformed(source, property, 'TB1101') ?? nothing
  const { facts, values } = declared
  const reading: BodyReading = { source, facts, values, factsName: names[0], valuesName: names[1], nextSlot: 0 }
  const block = readBody(reading, declared, value.body)
  return { block, slots: reading.nextSlot }
}

/** The names of the two parameters; a body without use for them may leave them out. */
function parameterNames({ params, async, generator }: FunctionExpression): [string, string] | undefined {
  if (async || generator || params.length > 2) return undefined
  const names = params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : undefined))
  const [facts = 'facts', values = 'values'] = names
  return names.includes(undefined) ? undefined : [facts, values]
}

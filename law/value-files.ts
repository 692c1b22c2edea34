import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { BadInput, type PlainDate, type Problem, problemOf, schemaDate } from '../ground/door.ts'
import type { Insurance } from './insurance.ts'
import { findRegion, type RegionCode } from './regions.ts'
import { findUnificationAgainst } from './unified-provinces.ts'
import { findMisfit, findUnitAdvice } from './value-units.ts'
import type { DatedValue, ValueBook, ValueDefinition } from './values.ts'

/** The content of a value as it is written in a file or a publication. */
export const valueContent = z.union(
  [z.int(), z.string(), z.boolean(), z.array(z.string()).nonempty(), z.record(z.string(), z.int())],
  { error: 'a whole number, a word, true or false, a list of words, or whole numbers by a key' },
)

const valueFile = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'a camelCase name' }),
  z.strictObject({
    unit: z.string(),
    regionOf: z.enum(['insured', 'treatment']).exactOptional(),
    keys: z.array(z.string()).length(1).exactOptional(),
    dates: z.array(
      z.strictObject({
        value: valueContent,
        from: schemaDate,
        to: schemaDate.exactOptional(),
        source: z.string().min(1),
        assumed: z.literal(true).exactOptional(),
        note: z.string().exactOptional(),
        reviewBy: schemaDate.exactOptional(),
        publishedOn: schemaDate.exactOptional(),
      }),
    ),
  }),
)

/**
 * The text of one `values.yaml`: the baseline of a service (region 000000) or what one region sets differently. `path` is shown in problems.
 * `insurance`: the one that its values belong to; a file that does not say is held to the unification of every insurance.
 */
export type ValueFile = { region: RegionCode; path: string; text: string; insurance?: Insurance }

/** Where something stands in a file: keys and indexes from the top. */
type Place = readonly PropertyKey[]

/** A file as read. `problem` makes one about a place in it, written as an editor finds it: `path:line:column name.dates[0]`. */
type ReadValueFile = {
  file: ValueFile
  content: z.infer<typeof valueFile>
  problem(place: Place, expected: string, found: string): Problem
}

/**
 * Reads the value files of a service into one book. Throws `BadInput` `bad_values` with every problem of every file, each with its place,
 * what was found and what to write instead: YAML that does not parse, a shape or unit that is not known, a value that does not fit its
 * unit, dates that end before they begin or overlap, a missing source, an unknown region, two files that disagree on what a value is, and
 * a city's file inside a unified province (A2.03).
 */
export function loadValues(files: readonly ValueFile[]): ValueBook {
  const problems: Problem[] = []
  const book = new Map<string, { definition: ValueDefinition; dated: DatedValue[] }>()
  for (const file of files) {
    const read = readValueFile(file, problems)
    if (read === undefined) continue
    problems.push(...regionProblems(read))
    for (const [name, { dates, ...rest }] of Object.entries(read.content)) {
      const definition: ValueDefinition = { name, ...rest }
      const entry = book.get(name) ?? { definition, dated: [] }
      book.set(name, entry)
      problems.push(...definitionProblems(read, definition, entry.definition))
      for (const [index, content] of dates.entries()) {
        const dated: DatedValue = { region: file.region, ...content }
        problems.push(...dateProblems(read, [name, 'dates', index], definition, dated, entry.dated))
        entry.dated.push(dated)
      }
    }
  }
  if (problems.length > 0) throw new BadInput(problems, 'bad_values')
  return book
}

function readValueFile(file: ValueFile, problems: Problem[]): ReadValueFile | undefined {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines })
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0])
    const [found = error.message] = error.message.split('\n')
    problems.push({ path: `${file.path}:${line}:${col}`, expected: 'YAML', found })
  }
  if (document.errors.length > 0) return undefined
  const problem = (place: Place, expected: string, found: string): Problem => {
    const { line, col } = lines.linePos(startOf(document, place))
    return { path: `${file.path}:${line}:${col} ${writePlace(place)}`.trimEnd(), expected, found }
  }
  const parsed = valueFile.safeParse(document.toJS() ?? {}, { reportInput: true })
  if (parsed.success) return { file, content: parsed.data, problem }
  for (const issue of parsed.error.issues) {
    const { expected, found } = problemOf(issue)
    problems.push(problem(issue.path, expected, found))
  }
  return undefined
}

/** The offset of the nearest thing that is really there: what is missing is reported where it should stand. */
function startOf(document: Document, place: Place): number {
  for (let length = place.length; length > 0; length--) {
    const node = document.getIn(place.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function writePlace(place: Place): string {
  return place
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1)
}

function regionProblems({ file, problem }: ReadValueFile): Problem[] {
  if (findRegion(file.region) === undefined) return [problem([], 'a region code of GB/T 2260', file.region)]
  const unified = findUnificationAgainst(file.region, file.insurance)
  if (unified === undefined) return []
  const expected = `no value of a city or county inside ${unified.province}, which is unified (${unified.source})`
  return [problem([], expected, file.region)]
}

function definitionProblems(
  { problem }: ReadValueFile,
  definition: ValueDefinition,
  first: ValueDefinition,
): Problem[] {
  const { name, unit } = definition
  const advice = findUnitAdvice(unit)
  if (advice !== undefined) return [problem([name, 'unit'], advice, unit)]
  if (writeDefinition(definition) === writeDefinition(first)) return []
  return [problem([name], `${writeDefinition(first)}, as in the first file that has it`, writeDefinition(definition))]
}

function writeDefinition({ unit, regionOf, keys }: ValueDefinition): string {
  return `unit ${unit}, regionOf ${regionOf ?? 'not said'}, keys ${keys?.join() ?? 'none'}`
}

function dateProblems(
  { problem }: ReadValueFile,
  place: Place,
  definition: ValueDefinition,
  dated: DatedValue,
  others: readonly DatedValue[],
): Problem[] {
  const problems: Problem[] = []
  const misfit = findMisfit(definition, dated.value)
  if (misfit !== undefined) problems.push(problem([...place, 'value'], misfit, JSON.stringify(dated.value)))
  if (dated.to !== undefined && dated.to < dated.from) {
    problems.push(problem([...place, 'to'], `${dated.from} or later`, dated.to))
  }
  const other = others.find((candidate) => overlaps(candidate, dated))
  if (other !== undefined) {
    problems.push(
      problem(place, `dates apart from ${writeSpan(other)} (end one before the other begins)`, writeSpan(dated)),
    )
  }
  return problems
}

/** Two values of one region that became known on the same day must not both hold on a day. */
function overlaps(one: DatedValue, other: DatedValue): boolean {
  return (
    one.region === other.region &&
    one.publishedOn === other.publishedOn &&
    one.from <= lastDay(other) &&
    other.from <= lastDay(one)
  )
}

function lastDay({ to = '9999-12-31' }: DatedValue): PlainDate {
  return to
}

function writeSpan({ from, to }: DatedValue): string {
  return `${from} to ${to ?? 'no end'}`
}

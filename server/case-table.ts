import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { BadInput, parseInput, Refusal, schemaDate, schemaRegion } from '../ground/door.ts'
import type { Rulebook, Ruling } from '../law/door.ts'
import { type ItemVerdict, MissingLabels } from '../policy/door.ts'

const schemaFacts = z.record(z.string(), z.unknown())

const schemaOutcome = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().exactOptional(),
  because: z.string().exactOptional(),
  amountFen: z.int().exactOptional(),
  /** Only the results that the sentence is about. */
  results: schemaFacts.exactOptional(),
})

const schemaCase = z.strictObject({
  /** The requirement or the catalogue's test that it shows. */
  id: z.string(),
  /** One sentence. */
  says: z.string(),
  policy: z.string(),
  region: schemaRegion,
  treatmentRegion: schemaRegion.exactOptional(),
  on: schemaDate,
  /** The base facts it starts from, where not those of its policy and region. */
  base: z.string().exactOptional(),
  facts: schemaFacts,
  ...schemaOutcome.shape,
  /** What each item comes to, in the order of its list, where the policy decides item by item. */
  items: z.array(schemaOutcome).exactOptional(),
})

const schemaTable = z.strictObject({ base: z.record(z.string(), schemaFacts), cases: z.array(schemaCase) })

/** One line of a service's `cases.yaml`: a sentence, facts, and the decision that must follow. */
export type TableCase = z.infer<typeof schemaCase>

/** A service's table of cases, every case with all of its facts. */
export type CaseTable = TableCase[]

/** Reads a service's `cases.yaml`. Facts a case does not give come from the base it names, else `<policy>@<region>`, else `<policy>`. */
export function readCaseTable(folder: URL): CaseTable {
  const file = new URL('cases.yaml', folder)
  if (!existsSync(file)) throw new BadInput([{ path: file.pathname, expected: 'a table of cases', found: 'no file' }])
  const { base, cases } = parseInput(schemaTable, parse(readFileSync(file, 'utf8')), 'cases.yaml')
  return cases.map((each) => {
    const named = each.base ?? [`${each.policy}@${each.region}`, each.policy].find((name) => name in base)
    return { ...each, facts: { ...(named === undefined ? {} : base[named]), ...each.facts } }
  })
}

/** What differs between the decision and what a case expects; empty when nothing does. */
export function differences(rulebook: Rulebook, expected: TableCase): string[] {
  try {
    return compare(expected, decide(rulebook, expected))
  } catch (error) {
    if (error instanceof BadInput || error instanceof Refusal || error instanceof MissingLabels) return [error.message]
    throw error
  }
}

function decide(rulebook: Rulebook, { policy, region, treatmentRegion, on, facts }: TableCase): Ruling {
  return rulebook.decideAsShipped({
    policy,
    on,
    facts,
    insuredRegion: region,
    ...(treatmentRegion !== undefined && { treatmentRegion }),
  })
}

function compare(expected: TableCase, { decision, sentences }: Ruling): string[] {
  const pairs = expectations(expected, decision)
  // Read here since they are told only when they are read: a decision that cannot be explained is none.
  for (const [language, told] of Object.entries(sentences)) pairs.push([`sentences.${language}`, true, told.length > 0])
  if (expected.items) {
    const found = decision.items?.outcomes ?? []
    pairs.push(['items', expected.items.length, found.length])
    for (const [index, item] of expected.items.entries()) {
      pairs.push(...expectations(item, found[index], `items.${index}.`))
    }
  }
  return pairs
    .filter(([, wanted, found]) => !isDeepStrictEqual(wanted, found))
    .map(([name, wanted, found]) => `${name}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`)
}

/** Name, what is wanted and what was found, for all that is said of one outcome. */
function expectations(
  expected: z.infer<typeof schemaOutcome>,
  found: ItemVerdict | undefined,
  path = '',
): Array<[string, unknown, unknown]> {
  const pairs: Array<[string, unknown, unknown]> = [[`${path}outcome`, expected.outcome, found?.outcome]]
  for (const name of ['reason', 'because', 'amountFen'] as const) {
    if (expected[name] !== undefined) pairs.push([`${path}${name}`, expected[name], found?.[name]])
  }
  for (const [name, value] of Object.entries(expected.results ?? {})) {
    pairs.push([`${path}results.${name}`, value, found?.results[name]?.value])
  }
  return pairs
}

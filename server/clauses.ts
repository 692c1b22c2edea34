import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { parseInput } from '../ground/door.ts'
import { policyMessagesNeeded } from '../policy/door.ts'
import { type ClauseTies, clauseTies, documentOfTie } from '../registers/door.ts'
import type { ServiceRules } from './services.ts'

/** An id of the requirement catalogue, as sources of values name it among laws. */
const requirementId = /\b[A-M]\d{1,2}\.\d{2}\b/g

/** Where the clauses that a service cites stand (`clauses.yaml`); none where it has no such file. Throws `BadInput` with every problem. */
export function clauseTiesOf({ id, folder }: Pick<ServiceRules, 'id' | 'folder'>): ClauseTies {
  const file = new URL('clauses.yaml', folder)
  return existsSync(file) ? parseInput(clauseTies, parse(readFileSync(file, 'utf8')), `${id}/clauses.yaml`) : {}
}

/** A clause as a rule cites it: which policy, and from when to when that rule holds. */
type Citation = { clause: string; by: string; from: string; to?: string }

/** The clauses that the rules of a service and the sources of its values cite. */
export function citationsOf({ rulebook }: ServiceRules): Citation[] {
  const byRules = rulebook.policies.flatMap(({ ir }) =>
    ir.bodies.flatMap((body) =>
      policyMessagesNeeded({ ...ir, bodies: [body] })
        .filter((key) => key.startsWith('clauses.'))
        .map((key) => ({
          clause: key.slice('clauses.'.length),
          by: ir.id,
          from: body.from,
          ...(body.to !== undefined && { to: body.to }),
        })),
    ),
  )
  const byValues = [...rulebook.values].flatMap(([name, { dated }]) =>
    dated.flatMap(({ source, from, to }) =>
      (source.match(requirementId) ?? []).map((clause) => ({
        clause,
        by: name,
        from,
        ...(to !== undefined && { to }),
      })),
    ),
  )
  return [...byRules, ...byValues]
}

/**
 * What stands against the rules of a service being active, one line each: a clause that is tied to no document (G5-t1), and a rule that holds on
 * days on which the document that it stands on does not (G5.02).
 */
export function clauseProblems(service: ServiceRules): string[] {
  const ties = clauseTiesOf(service)
  const problems = citationsOf(service).flatMap(({ clause, by, from, to }) => {
    const tie = ties[clause]
    if (!tie) return [`${by}: clause ${clause} is tied to no document in clauses.yaml`]
    const document = documentOfTie(tie)
    if (!document) return []
    const { id, from: begins = from, to: ends } = document
    const isWithin = from >= begins && (ends === undefined || (to !== undefined && to <= ends))
    return isWithin
      ? []
      : [`${by}: clause ${clause} holds from ${from}${to ? ` to ${to}` : ''}, its document ${id} does not`]
  })
  return [...new Set(problems)]
}

import type { PlainDate } from '../../ground/door.ts'
import { type Finding, findingSentence } from '../../policy/door.ts'
import type { ServiceRules } from '../services.ts'
import { checkInThread } from './in-thread.ts'

/** What the check says of the policies of services; each service is checked once a day, by one thread after the other. */
export type FindingsBook = {
  of(service: Pick<ServiceRules, 'id' | 'folder'>, today: PlainDate): Promise<readonly Finding[]>
}

/** An empty book. */
export function findingsBook(): FindingsBook {
  const known = new Map<string, { today: PlainDate; findings: Promise<readonly Finding[]> }>()
  let last: Promise<unknown> = Promise.resolve()
  return {
    of({ id, folder }, today) {
      const found = known.get(id)
      if (found?.today === today) return found.findings
      const findings = last.then(() => checkInThread({ id, folder }, today))
      last = findings.catch(() => known.delete(id))
      known.set(id, { today, findings })
      return findings
    },
  }
}

/** A finding as a page shows it: in both languages, with the facts and the decisions that show it. */
export function findingTold(finding: Finding) {
  const { level, code, file, at, witnesses } = finding
  return {
    ...{ level, code, file },
    line: at.line,
    at: { start: at.start, end: at.end },
    sentence: { zh: findingSentence(finding, 'zh'), en: findingSentence(finding, 'en') },
    witnesses: witnesses.map(({ on, region, facts, decision, problem }) => ({
      on,
      region: region ?? null,
      facts: factsOf(facts),
      outcome: decision?.outcome ?? null,
      reason: decision?.reason ?? null,
      problem: problem ?? null,
    })),
  }
}

function factsOf(facts: unknown): Record<string, unknown> | null {
  return typeof facts === 'object' && facts !== null ? Object.fromEntries(Object.entries(facts)) : null
}

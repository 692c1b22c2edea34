import type { Messages } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { policyMessagesNeeded } from '../../policy/door.ts'
import { type CaseTable, differences, readCaseTable, type TableCase } from '../case-table.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'

/**
 * Checks what is shipped: every case of every table decides as it says, every code that a policy may answer is hit by a case, and every sentence
 * is there in both languages. (Policies that do not read and values without a source do not even open.) Exit code 1 when something is wrong.
 */
export async function check(): Promise<number> {
  const services = await openServiceRules()
  const counts = { cases: 0, problems: 0 }
  for (const opened of services) {
    const table = readCaseTable(opened.folder)
    const problems = serviceProblems(opened, table)
    counts.cases += table.length
    counts.problems += problems.length
    for (const problem of problems) console.error(`${opened.id}: ${problem}`)
  }
  console.log(`${services.length} services, ${counts.cases} cases, ${counts.problems} problems`)
  return counts.problems === 0 ? 0 : 1
}

/** Everything that is wrong with a service, one line each. */
export function serviceProblems({ rulebook }: ServiceRules, table: CaseTable): string[] {
  const needed = [...new Set(rulebook.policies.flatMap(({ ir }) => policyMessagesNeeded(ir)))]
  const reasons = needed.filter((key) => key.startsWith('reasons.')).map((key) => key.slice('reasons.'.length))
  const missing = missingMessages(rulebook.messages, [...needed, ...reasons.map((reason) => `advice.${reason}`)])
  const shown = new Set(table.flatMap((each) => [each, ...(each.items ?? [])].map(({ reason }) => reason)))
  const unshown = reasons.filter((reason) => !shown.has(reason))
  return [
    ...missing,
    ...unshown.map((reason) => `no case in cases.yaml shows ${reason}`),
    // A decision that cannot be told in words is not made, so the cases wait for their sentences.
    ...(missing.length > 0 ? [] : table.flatMap((each) => caseProblems(rulebook, each))),
  ]
}

function caseProblems(rulebook: Rulebook, each: TableCase): string[] {
  return differences(rulebook, each).map((difference) => `${each.id} ${each.says}: ${difference}`)
}

function missingMessages(messages: Messages, needed: string[]): string[] {
  const known = [...messages.zh.keys(), ...messages.en.keys()]
  const wanted = new Set([...needed, ...known])
  return (['zh', 'en'] as const).flatMap((language) =>
    [...wanted]
      .filter((key) => !messages[language].has(key))
      .map((key) => `messages.${language}.yaml has no sentence for ${key}`),
  )
}

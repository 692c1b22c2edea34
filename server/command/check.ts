import type { Language, Messages } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { formatFinding, policyMessagesNeeded } from '../../policy/door.ts'
import { type CaseTable, differences, readCaseTable, type TableCase } from '../case-table.ts'
import { clauseProblems } from '../clauses.ts'
import { houseConflicts } from '../house-messages.ts'
import { sharedPrefixes } from '../number-prefixes.ts'
import { serviceFindings } from '../policy-check.ts'
import { openServiceRules, openServices, type ServiceRules } from '../services.ts'
import { readDay, tellProblems } from './rule-input.ts'

/** The options of `tongban check`, as typed. */
export type CheckOptions = { on?: string; notes?: boolean; lang: Language }

/**
 * Checks what is shipped: every case of every table decides as it says, every sentence is there in both languages, every clause is tied to where
 * it stands, no rule is active without its document, no code is worded in two ways,
 * no two flows share the letters of their case numbers, and what the check of the policy library finds, errors on standard error and with `--notes` the notes on standard output; with `--on` as of that day. (Policies that
 * do not read and values without a source do not even open.) Exit code 1 when something is wrong.
 */
export function check(options: CheckOptions): Promise<number> {
  return tellProblems(options, () => checkServices(options))
}

async function checkServices({ on, notes, lang }: CheckOptions): Promise<number> {
  const today = readDay(on)
  const days = { ...(on !== undefined && { on: today }), today }
  const services = await openServiceRules()
  const counts = { policies: 0, cases: 0, problems: 0, notes: 0 }
  for (const opened of services) {
    const table = readCaseTable(opened.folder)
    const findings = serviceFindings(opened, table, days)
    const errors = findings.filter(({ level }) => level === 'error').map((finding) => formatFinding(finding, lang))
    const told = findings.filter(({ level }) => level === 'note').map((finding) => formatFinding(finding, lang))
    const own = [...serviceProblems(opened, table), ...clauseProblems(opened)]
    const problems = [...own.map((problem) => `${opened.id}: ${problem}`), ...errors]
    counts.policies += opened.rulebook.policies.length
    counts.cases += table.length
    counts.problems += problems.length
    counts.notes += told.length
    for (const problem of problems) console.error(problem)
    if (notes) for (const note of told) console.log(note)
  }
  const conflicts = [...houseConflicts(services), ...sharedPrefixes(await openServices())]
  for (const conflict of conflicts) console.error(conflict)
  counts.problems += conflicts.length
  const { policies, cases, problems } = counts
  console.log(
    `${services.length} services, ${policies} policies, ${cases} cases, ${problems} problems, ${counts.notes} notes`,
  )
  return problems === 0 ? 0 : 1
}

/** What is wrong with the sentences and the cases of a service, one line each. */
export function serviceProblems({ rulebook }: ServiceRules, table: CaseTable): string[] {
  const needed = [...new Set(rulebook.policies.flatMap(({ ir }) => policyMessagesNeeded(ir)))]
  const reasons = needed.filter((key) => key.startsWith('reasons.')).map((key) => key.slice('reasons.'.length))
  const missing = missingMessages(rulebook.messages, [...needed, ...reasons.map((reason) => `advice.${reason}`)])
  // A decision that cannot be told in words is not made, so the cases wait for their sentences.
  return missing.length > 0 ? missing : table.flatMap((each) => caseProblems(rulebook, each))
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

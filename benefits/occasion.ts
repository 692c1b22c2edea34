import { type Id, type PlainDate, Refusal, takeTurns, type Work } from '../ground/door.ts'
import { type ApplicationFile, applicationState, partyOf, standingFen, subjectOf } from './application-state.ts'
import type { Benefit, BenefitTools, Party } from './benefit.ts'
import { asNode } from './tables.ts'

const closedWithout = ['withdrawn', 'refused', 'not_accepted']
const granted = ['approved', 'returned', 'paid']

/** The word by which a second application for the same thing is known. Refusal `already_applied` while one is open or was granted. */
export async function claimOccasion(
  work: Work,
  tools: BenefitTools,
  benefit: Benefit,
  party: Party,
  { answers, on }: { answers: Readonly<Record<string, unknown>>; on: PlainDate },
): Promise<string> {
  const occasion = benefit.occasionOf?.(answers, on) ?? 'once'
  const over = benefit.mayApplyAgain ? [...closedWithout, ...granted] : closedWithout
  const same = (await applicationsFor(work, tools, benefit, party, occasion)).find(
    ({ status }) => !over.includes(status),
  )
  if (same) throw new Refusal('already_applied', { params: { number: same.number } })
  return occasion
}

/**
 * Before something is granted to a person that another benefit excludes: one grant after the other, so that each sees what the register of benefits was
 * told by the one before. Held until this transaction ends.
 */
export function takeGrantTurns(work: Work, personId: Id): Promise<void> {
  return takeTurns(work, `benefits.grant:${personId}`)
}

/**
 * Before a case is granted: of two applications for one occasion (the first was refused, and is decided again) one is granted. Refusal
 * `granted_elsewhere` where something stands ordered for another.
 */
export async function requireOnlyGrant(
  work: Work,
  tools: BenefitTools,
  benefit: Benefit,
  file: ApplicationFile,
): Promise<void> {
  if (benefit.mayApplyAgain) return
  for (const { caseId, number } of await applicationsFor(work, tools, benefit, partyOf(file), file.state.occasion)) {
    if (caseId === file.id) continue
    const other = await asNode(work, (node) => tools.cases().get(node, caseId))
    if (standingFen(applicationState.parse(other.file.state).orders) > 0) {
      throw new Refusal('granted_elsewhere', { params: { number } })
    }
  }
}

/** A party's applications for an occasion, wherever they were made; held until this transaction ends, so that none is added meanwhile. */
async function applicationsFor(
  work: Work,
  { cases }: BenefitTools,
  { id: flow }: Benefit,
  party: Party,
  occasion: string,
) {
  await takeTurns(work, `benefits.apply:${flow}:${party.id}`)
  const all = await asNode(work, (node) => cases().find(node, { flow, ...subjectOf(party), limit: 1_000 }))
  return all.filter(({ summary }) => summary.occasion === occasion)
}

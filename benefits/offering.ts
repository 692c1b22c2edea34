import { asActor, type Id, Refusal, systemActor, type Work } from '../ground/door.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { decideApplication } from './deciding.ts'

/**
 * Whether a benefit would be granted to a person who applied today with these answers: for offering it (B1.09). Nothing is kept but the access log; what
 * would be refused before the rule is asked is not granted.
 */
export function wouldBeGranted(
  work: Work,
  tools: Pick<BenefitTools, 'rulebook'>,
  benefit: Benefit,
  { personId, answers = {} }: { personId: Id; answers?: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const party = { kind: 'person' as const, id: personId }
  return asActor(work, systemActor, async (node) => {
    try {
      const agency = await benefit.agencyOf(node, party, node.today)
      const { ruling } = await decideApplication(node, tools, benefit, {
        party,
        agency,
        answers,
        appliedOn: node.today,
      })
      return ruling.decision.outcome === 'granted'
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  })
}

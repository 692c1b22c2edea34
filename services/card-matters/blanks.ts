import { sql } from 'kysely'
import { actorUserId, type Id, Refusal, takeTurns, type Work } from '../../ground/door.ts'
import { getOutlet } from './outlets.ts'
import { type BlankMovement, ownTables } from './tables.ts'

/** Blank cards of an outlet: how many there are, and what became of those that were brought. */
export type BlankStock = { left: number; delivered: number; used: number; spoiled: number; returned: number }

/** One movement to write down; `used` names the case whose card was made of it. */
export type BlankMove = { outletId: Id; kind: BlankMovement; cards: number; note: string; caseId?: Id }

/** Counts the blank cards of an outlet. */
export async function blankStock(work: Work, outletId: Id): Promise<BlankStock> {
  const rows = await ownTables(work)
    .selectFrom('svc_card_matters.blank_movement')
    .select(['kind', sql<number>`sum(cards)::int`.as('cards')])
    .where('institution_id', '=', outletId)
    .groupBy('kind')
    .execute()
  const moved = (kind: BlankMovement) => rows.find((row) => row.kind === kind)?.cards ?? 0
  const [delivered, used, spoiled, returned] = [moved('delivered'), moved('used'), moved('spoiled'), moved('returned')]
  return { left: delivered - used - spoiled - returned, delivered, used, spoiled, returned }
}

/** Moves blank cards. Refused: `outlet_unknown`, `blanks_missing` where more would go than there are. */
export async function moveBlanks(work: Work, { outletId, kind, cards, note, caseId }: BlankMove): Promise<void> {
  const outlet = await getOutlet(work, outletId)
  await takeTurns(work, `card-blanks:${outletId}`)
  const { left } = await blankStock(work, outletId)
  if (kind !== 'delivered' && left < cards) throw new Refusal('blanks_missing', { params: { left, cards } })
  await ownTables(work)
    .insertInto('svc_card_matters.blank_movement')
    .values({
      institution_id: outletId,
      agency: outlet.region,
      kind,
      cards,
      note,
      case_id: caseId ?? null,
      user_id: actorUserId(work.actor),
      moved_at: work.now,
    })
    .execute()
}

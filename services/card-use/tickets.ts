import { businessDate, type Id, type Instant, type Work } from '../../ground/door.ts'
import { ownTables } from './tables.ts'

/**
 * The use by which a holder had bought a ticket of a merchant for the day when they came to the gate, that nobody entered with and no money was given
 * back for (B4.02).
 */
export async function findTicket(
  system: Work,
  { personId, merchantId, enteredAt }: { personId: Id; merchantId: Id | null; enteredAt: Instant },
): Promise<Id | undefined> {
  const row = await ownTables(system)
    .selectFrom('svc_card_use.card_use as bought')
    .innerJoin('svc_card_use.terminal as terminal', 'terminal.id', 'bought.terminal_id')
    .select('bought.id')
    .where('bought.person_id', '=', personId)
    .where('bought.kind', '=', 'ticket')
    .where('bought.outcome', '=', 'accepted')
    .where('bought.tapped_on', '=', businessDate(enteredAt))
    .where('bought.tapped_at', '<=', enteredAt)
    .where(({ or, eb }) =>
      or([eb('terminal.employer_id', '=', merchantId), eb('terminal.institution_id', '=', merchantId)]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('svc_card_use.card_use as later').select('later.id').whereRef('later.of_use_id', '=', 'bought.id'),
        ),
      ),
    )
    .orderBy('bought.tapped_at')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

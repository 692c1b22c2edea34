import { type Actor, actorRole, type Id, type Work } from '../ground/door.ts'
import { holdsOn } from './period.ts'
import { peopleTables } from './tables.ts'

/** Somebody who acts in the same role for the same body. */
export type Colleague = { userId: Id; displayName: string }

/** Who acts today in the actor's role for the actor's body, the actor among them, in order of name; nobody for whoever acts for no body. */
export async function colleaguesOf(work: Work): Promise<Colleague[]> {
  const body = bodyOf(work.actor)
  if (!body) return []
  return peopleTables(work)
    .selectFrom('people.assignment as assignment')
    .innerJoin('people.user_account as account', 'account.id', 'assignment.user_id')
    .select(['account.id as userId', 'account.display_name as displayName'])
    .distinct()
    .where('role', '=', actorRole(work.actor))
    .where(body.column, '=', body.value)
    .where(holdsOn(work.today))
    .orderBy('displayName')
    .orderBy('userId')
    .execute()
}

function bodyOf(actor: Actor) {
  switch (actor.kind) {
    case 'staff':
      return { column: 'agency', value: actor.agency } as const
    case 'institution':
      return { column: 'institution_id', value: actor.institutionId } as const
    case 'employer':
      return { column: 'employer_id', value: actor.employerId } as const
    default:
      return undefined
  }
}

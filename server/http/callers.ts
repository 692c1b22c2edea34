import { type Actor, actorRole } from '../../ground/door.ts'
import type { RouteCaller } from '../../services/contract.ts'

/**
 * True when an actor may call a route open to `callers`: the role of an assignment (`accept`), a kind of actor (`person`, `staff`,
 * `institution`, `employer`), `signed_in` for anybody with a session, `public` for everybody.
 */
export function mayCall(actor: Actor, callers: readonly RouteCaller[]): boolean {
  return callers.some(
    (caller) =>
      caller === 'public' ||
      (caller === 'signed_in' && actor.kind !== 'public') ||
      caller === actor.kind ||
      caller === actorRole(actor),
  )
}

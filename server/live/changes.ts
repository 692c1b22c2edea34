import { z } from 'zod'
import { type Actor, actorRole, maySee, schemaId, schemaRegion } from '../../ground/door.ts'

/** The kinds of data that pages are told about. */
export const changeKinds = ['cases', 'tasks', 'notices', 'books', 'exchange'] as const

/** A kind of data that changed: all that a page is ever told. */
export type ChangeKind = (typeof changeKinds)[number]

/** A change as the database tells it (`server/migrations/0003_changes.sql`): what it is of, and whose. */
export const schemaChange = z.strictObject({
  what: z.enum(['case', 'notice', 'transfer', 'exchange']),
  agency: schemaRegion.nullable(),
  personId: schemaId.nullable(),
  institutionId: schemaId.nullable(),
  employerId: schemaId.nullable(),
  /** On whose desk the case lies. */
  roles: z.array(z.string()),
})

/** See `schemaChange`. */
export type Change = z.infer<typeof schemaChange>

/** Whose pages show the books. */
const bookRoles = ['pay', 'audit', 'supervisor', 'control']

/** The kinds of data that are not what they were for this actor; none where the change is not theirs to see. */
export function kindsFor(actor: Actor, change: Change): ChangeKind[] {
  if (change.what === 'exchange') return actor.kind === 'staff' ? ['exchange'] : []
  if (!maySee(actor, change)) return []
  switch (change.what) {
    case 'notice':
      return ['notices']
    case 'transfer':
      return bookRoles.includes(actorRole(actor)) ? ['books'] : []
    case 'case':
      return change.roles.includes(actorRole(actor)) ? ['cases', 'tasks'] : ['cases']
  }
}

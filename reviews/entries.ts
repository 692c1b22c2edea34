import { z } from 'zod'
import { type Id, Refusal, type Work } from '../ground/door.ts'
import { asNode, reviewsTables } from './tables.ts'

/** An application in a round. `material` is what reviewers are shown. */
export type Entry = {
  entryId: Id
  roundId: Id
  caseId: Id
  personId: Id
  group: string
  code: string
  material: Record<string, unknown>
}

/** Puts an application into a round under its code. */
export async function addEntry(work: Work, entry: Omit<Entry, 'entryId'> & { agency: string }): Promise<Id> {
  const entryId = work.newId()
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.entry')
      .values({
        id: entryId,
        round_id: entry.roundId,
        case_id: entry.caseId,
        person_id: entry.personId,
        agency: entry.agency,
        group_key: entry.group,
        code: entry.code,
        material: JSON.stringify(entry.material),
        entered_at: work.now,
      })
      .execute(),
  )
  return entryId
}

/** The entries of a round in order of code. */
export async function entriesOf(work: Work, roundId: Id): Promise<Entry[]> {
  const rows = await asNode(work, (node) =>
    reviewsTables(node)
      .selectFrom('reviews.entry')
      .selectAll()
      .where('round_id', '=', roundId)
      .orderBy('group_key')
      .orderBy('code')
      .execute(),
  )
  return rows.map(({ id, round_id, case_id, person_id, group_key, code, material }) => ({
    entryId: id,
    roundId: round_id,
    caseId: case_id,
    personId: person_id,
    group: group_key,
    code,
    material: z.record(z.string(), z.unknown()).parse(material),
  }))
}

/** An entry of a round by its code. Refusal `review_entry_unknown`. */
export async function getEntry(work: Work, roundId: Id, code: string): Promise<Entry> {
  const entry = (await entriesOf(work, roundId)).find((each) => each.code === code)
  if (!entry) throw new Refusal('review_entry_unknown', { params: { code } })
  return entry
}

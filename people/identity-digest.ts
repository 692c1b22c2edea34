import { blindIndex, type Id, type Instant, type NodeKeys, sm3, unseal, type Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'
import { getPersonRow } from './person-row.ts'
import { peopleTables } from './tables.ts'

/**
 * By what two regions find the same person (B2.03): SM3 over identity number and name, so that neither is told. Regions share no key, so whoever
 * can try all numbers finds it out: it is told to another node and to nobody else, and not kept beside the name.
 */
export function identityDigest(idNumber: string, name: string): string {
  return sm3(`tongban.identity.1\n${idNumber}\n${name}`)
}

/** How a node keeps a digest: under its own key, so that it does not give away the number that is sealed beside it. */
export function identityDigestIndex(keys: NodeKeys, idNumber: string, name: string): string {
  return blindIndex(keys, identityDigest(idNumber, name))
}

/** The digest of a person, to ask another region about them; logged as a reveal of the number. Refused: `person_unknown`. */
export async function revealIdentityDigest(work: Work, personId: Id, purpose: string): Promise<string> {
  const row = await getPersonRow(work, personId)
  await logRead(work, [personId], 'reveal_id_number', purpose)
  return identityDigest(unseal(work.node.keys, row.id_number_sealed), row.name)
}

/** The person of a digest, where this node knows one whom the actor may see. */
export async function findPersonByDigest(work: Work, digest: string, purpose: string): Promise<Id | undefined> {
  await fillIn(work)
  const row = await peopleTables(work)
    .selectFrom('people.person')
    .select('id')
    .where('identity_digest_index', '=', blindIndex(work.node.keys, digest))
    .executeTakeFirst()
  if (!row) return undefined
  await logRead(work, [row.id], 'search_person', purpose)
  return row.id
}

/** The digests of records that were made before there were any. */
async function fillIn(work: Work): Promise<void> {
  const { keys } = work.node
  const people = peopleTables(work)
  const rows = await people
    .selectFrom('people.person')
    .select(['id', 'name', 'id_number_sealed'])
    .where('identity_digest_index', 'is', null)
    .execute()
  for (const { id, name, id_number_sealed } of rows) {
    await people
      .updateTable('people.person')
      .set({ identity_digest_index: identityDigestIndex(keys, unseal(keys, id_number_sealed), name) })
      .where('id', '=', id)
      .execute()
  }
}

/** Which record another region said, in which answer, and on what day it was true there. */
export type SharedSource = {
  personId: Id
  record: SharedRecordKind
  /** Which one: a month of an insurance, or the record's id. */
  reference: string
  region: string
  answer: string
  saidOn: string
}

/** What may stand on another region's word. */
export type SharedRecordKind = 'contribution' | 'employment' | 'certificate' | 'benefit' | 'death'

/** Writes down on whose word records stand; the node alone does, as it takes them. */
export async function recordSharedSources(work: Work, sources: readonly SharedSource[]): Promise<void> {
  if (sources.length === 0) return
  await peopleTables(work)
    .insertInto('people.shared_source')
    .values(
      sources.map(({ personId, record, reference, region, answer, saidOn }) => ({
        ...{ person_id: personId, record, reference, region, answer, said_on: saidOn, recorded_at: work.now },
      })),
    )
    .execute()
}

/** The records of a person that stand on another region's word, in the order they came. */
export async function sharedSourcesOf(
  work: Work,
  personId: Id,
  purpose: string,
): Promise<Array<SharedSource & { recordedAt: Instant }>> {
  const rows = await peopleTables(work)
    .selectFrom('people.shared_source')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('seq')
    .execute()
  await logRead(work, [personId], 'read_person', purpose)
  return rows.map(({ record, reference, region, answer, said_on, recorded_at }) => ({
    ...{ personId, record, reference, region, answer, saidOn: said_on, recordedAt: recorded_at },
  }))
}

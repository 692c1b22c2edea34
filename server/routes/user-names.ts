import { Refusal, type Work } from '../../ground/door.ts'
import { getUser } from '../../people/door.ts'

/** The names of users, as far as the reader may know them: officers of the agencies that the reader covers. */
export async function namesOfUsers(
  work: Work,
  userIds: ReadonlyArray<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const userId of new Set(userIds)) {
    const name = userId === null ? undefined : await findDisplayName(work, userId)
    if (userId !== null && name !== undefined) names.set(userId, name)
  }
  return names
}

/** Access log entries with the name of who looked, where the reader may know it. */
export async function namedEntries<Entry extends { userId: string | null }>(work: Work, entries: readonly Entry[]) {
  const names = await namesOfUsers(
    work,
    entries.map(({ userId }) => userId),
  )
  return entries.map((entry) => ({ ...entry, displayName: names.get(entry.userId ?? '') ?? null }))
}

/** Undefined for a user whom the reader may not know by name. */
async function findDisplayName(work: Work, userId: string): Promise<string | undefined> {
  try {
    return (await getUser(work, userId)).displayName
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

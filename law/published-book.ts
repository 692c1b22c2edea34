import { BrokenInvariant, type PlainDate, type Work } from '../ground/door.ts'
import { type PublishedValue, publishedValues } from './published-values.ts'
import type { DatedValue, ValueBook } from './values.ts'
import { findWithdrawals } from './withdrawn-values.ts'

/**
 * A service's shipped book with what was published on this node through `knownOn` and not taken back by then. A publication of a name that the
 * book no longer has is left out, since no rule asks for it; one whose unit is no longer that of the book is a `BrokenInvariant`.
 */
export async function bookWithPublications(
  work: Work,
  service: string,
  shipped: ValueBook,
  knownOn: PlainDate = work.today,
): Promise<ValueBook> {
  const book = new Map(shipped)
  for (const { id, name, unit, ...publication } of await standingValues(work, service, knownOn)) {
    const entry = book.get(name)
    if (entry === undefined) continue
    if (entry.definition.unit !== unit) {
      throw new BrokenInvariant(`published value ${id} is in ${unit}, the book has ${entry.definition.unit}`)
    }
    book.set(name, { ...entry, dated: [...entry.dated, datedOf(publication)] })
  }
  return book
}

/** What was published through a day and not taken back by then. */
async function standingValues(work: Work, service: string, knownOn: PlainDate): Promise<PublishedValue[]> {
  const published = await publishedValues(work, service, knownOn)
  const withdrawals = await findWithdrawals(
    work,
    published.map(({ id }) => id),
  )
  const withdrawn = new Set(
    withdrawals.filter(({ withdrawnOn }) => withdrawnOn <= knownOn).map(({ proposalId }) => proposalId),
  )
  return published.filter(({ id }) => !withdrawn.has(id))
}

function datedOf(publication: Omit<PublishedValue, 'id' | 'name' | 'unit'>): DatedValue {
  const { region, value, from, to, source, note, publishedOn } = publication
  return {
    region,
    value,
    from,
    source,
    publishedOn,
    ...(to !== undefined && { to }),
    ...(note !== undefined && { note }),
  }
}

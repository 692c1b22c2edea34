import type { CaseRow } from '../../cases/door.ts'
import type { Work } from '../../ground/door.ts'
import { maskedNamesOf } from '../../people/door.ts'

/** Rows of a list of cases as officers read them: each with its person's masked name, where the officer's agency covers the person. */
export async function withMaskedNames(
  work: Work,
  rows: CaseRow[],
): Promise<Array<CaseRow & { personNameMasked?: string }>> {
  if (work.actor.kind !== 'staff') return rows
  const names = await maskedNamesOf(
    work,
    rows.flatMap(({ subject }) => subject.personId ?? []),
  )
  return rows.map((row) => {
    const personNameMasked = names.get(row.subject.personId ?? '')
    return personNameMasked === undefined ? row : { ...row, personNameMasked }
  })
}

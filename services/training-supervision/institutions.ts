import { asActor, BadInput, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { getEmployer } from '../../people/door.ts'
import { type TrainingField, trainingTables } from './tables.ts'

/** A training institution with its licence. */
export type Institution = {
  employerId: Id
  agency: string
  name: string
  licenceNumber: string
  licensedFrom: PlainDate
  licensedTo: PlainDate | null
  fields: TrainingField[]
}

/** What entering a licence takes. */
export type NewLicence = Omit<Institution, 'name' | 'agency'>

/** Enters an institution's licence and the fields that it permits. Refusal `licence_entered_before`. */
export async function licenseInstitution(work: Work, licence: NewLicence): Promise<void> {
  const { employerId, licensedFrom, licensedTo } = licence
  if (licensedTo !== null && licensedTo < licensedFrom) {
    throw new BadInput([{ path: 'licensedTo', expected: `a day from ${licensedFrom} on`, found: licensedTo }])
  }
  const fields = [...new Set(licence.fields)]
  const { agency } = await asActor(work, systemActor, (node) => getEmployer(node, employerId))
  await asActor(work, systemActor, async (node) => {
    const entered = await trainingTables(node)
      .insertInto('svc_training_supervision.institution')
      .values({
        employer_id: employerId,
        agency,
        licence_number: licence.licenceNumber,
        licensed_from: licensedFrom,
        licensed_to: licensedTo,
        recorded_at: node.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(entered.numInsertedOrUpdatedRows ?? 0) === 0) {
      throw new Refusal('licence_entered_before', { params: { number: licence.licenceNumber } })
    }
    const rows = fields.map((field) => ({ employer_id: employerId, agency, field }))
    await trainingTables(node).insertInto('svc_training_supervision.licensed_field').values(rows).execute()
  })
}

/** An institution. Refusal `training_institution_unknown`. */
export function getInstitutionOf(work: Work, employerId: Id): Promise<Institution> {
  return asActor(work, systemActor, async (node) => {
    const row = await trainingTables(node)
      .selectFrom('svc_training_supervision.institution')
      .selectAll()
      .where('employer_id', '=', employerId)
      .executeTakeFirst()
    if (!row) throw new Refusal('training_institution_unknown', { clause: 'C8.01' })
    const fields = await trainingTables(node)
      .selectFrom('svc_training_supervision.licensed_field')
      .select('field')
      .where('employer_id', '=', employerId)
      .orderBy('field')
      .execute()
    const term = await trainingTables(node)
      .selectFrom('svc_training_supervision.licence_term')
      .select('licensed_to')
      .where('employer_id', '=', employerId)
      .orderBy('nth', 'desc')
      .executeTakeFirst()
    const { name } = await getEmployer(node, employerId)
    return {
      employerId,
      agency: row.agency,
      name,
      licenceNumber: row.licence_number,
      licensedFrom: row.licensed_from,
      licensedTo: term ? term.licensed_to : row.licensed_to,
      fields: fields.map(({ field }) => field),
    }
  })
}

/** Extends, shortens or, where the authority that gave it has revoked it, ends a licence: from now on it goes to another day; null: without end. */
export async function changeLicenceTerm(
  work: Work,
  { employerId, licensedTo, reason }: { employerId: Id; licensedTo: PlainDate | null; reason: string },
): Promise<void> {
  const { agency, licensedFrom } = await getInstitutionOf(work, employerId)
  if (licensedTo !== null && licensedTo < licensedFrom) {
    throw new BadInput([{ path: 'licensedTo', expected: `a day from ${licensedFrom} on`, found: licensedTo }])
  }
  await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .insertInto('svc_training_supervision.licence_term')
      .values({
        ...{ agency, employer_id: employerId },
        ...{ licensed_to: licensedTo, reason, recorded_at: node.now },
      })
      .execute(),
  )
}

/** The institutions that the actor may see, by number of their licence. */
export async function institutionsOf(work: Work): Promise<Institution[]> {
  const rows = await trainingTables(work)
    .selectFrom('svc_training_supervision.institution')
    .select('employer_id')
    .orderBy('licence_number')
    .limit(500)
    .execute()
  return Promise.all(rows.map(({ employer_id }) => getInstitutionOf(work, employer_id)))
}

/** Whether an institution's licence permits a field on a day. */
export function isLicensed({ licensedFrom, licensedTo, fields }: Institution, field: string, on: PlainDate): boolean {
  return licensedFrom <= on && (licensedTo === null || on <= licensedTo) && fields.some((each) => each === field)
}

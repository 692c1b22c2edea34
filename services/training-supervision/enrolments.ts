import { asActor, type Id, Refusal, systemActor, takeTurns, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { certificatesOf } from '../../people/door.ts'
import { requireGranted } from './asking.ts'
import { findListing, getProject } from './catalogue.ts'
import { getClass } from './classes.ts'
import { getInstitutionOf, isLicensed } from './institutions.ts'
import { isSanctioned } from './supervision/sanctions.ts'
import { type ClassRow, trainingTables } from './tables.ts'

/**
 * Enrols somebody in a class (B1.05). Those who come at the same moment take turns, so that no class is overfull. Refused by the rule:
 * `already_enrolled`, `recruitment_suspended`, `project_not_in_catalogue` (C8-t3), `class_full`, ...
 */
export async function enrolTrainee(
  work: Work,
  rulebook: Rulebook,
  { classId, personId, by }: { classId: Id; personId: Id; by: 'person' | 'institution' },
): Promise<Id> {
  return asActor(work, systemActor, async (node) => {
    const of = await getClass(node, classId)
    await takeTurns(node, `training enrolment:${classId}`)
    const facts = await enrolmentFacts(node, of, personId)
    await requireGranted(node, rulebook, { policy: 'training-enrolment', on: node.today, agency: of.agency, facts })
    const id = node.newId()
    await trainingTables(node)
      .insertInto('svc_training_supervision.enrolment')
      .values({
        ...{ id, class_id: classId, agency: of.agency, employer_id: of.employer_id, person_id: personId },
        ...{ enrolled_on: node.today, enrolled_by: by, withdrawn_on: null },
      })
      .execute()
    return id
  })
}

async function enrolmentFacts(node: Work, of: ClassRow, personId: Id) {
  const project = await getProject(node, of.project_id)
  const institution = await getInstitutionOf(node, of.employer_id)
  const enrolled = await trainingTables(node)
    .selectFrom('svc_training_supervision.enrolment')
    .select('person_id')
    .where('class_id', '=', of.id)
    .where('withdrawn_on', 'is', null)
    .execute()
  const certificates = await certificatesOf(node, personId, {}, 'enrolment in training')
  return {
    inCatalogue: (await findListing(node, project.id, node.today)) !== undefined,
    licensed: isLicensed(institution, project.field, node.today),
    recruitmentSuspended: await isSanctioned(node, of.employer_id, 'suspend_recruitment'),
    begun: node.today >= of.starts_on,
    alreadyEnrolled: enrolled.some(({ person_id }) => person_id === personId),
    alreadyCertified: certificates.some(
      ({ occupation, level, revokedOn }) =>
        revokedOn === null && occupation === project.occupation && level <= project.level,
    ),
    enrolled: enrolled.length,
    capacity: of.capacity,
  }
}

/** Takes one's own enrolment back, before the class begins. Refusals `training_enrolment_unknown`, `withdrawal_after_begin`. */
export async function withdrawEnrolment(work: Work, personId: Id, enrolmentId: Id): Promise<void> {
  await asActor(work, systemActor, async (node) => {
    const row = await trainingTables(node)
      .selectFrom('svc_training_supervision.enrolment as enrolment')
      .innerJoin('svc_training_supervision.class as class', 'class.id', 'enrolment.class_id')
      .select('class.starts_on')
      .where('enrolment.id', '=', enrolmentId)
      .where('person_id', '=', personId)
      .where('withdrawn_on', 'is', null)
      .forUpdate('enrolment')
      .executeTakeFirst()
    if (!row) throw new Refusal('training_enrolment_unknown')
    if (node.today >= row.starts_on) throw new Refusal('withdrawal_after_begin', { params: { beganOn: row.starts_on } })
    await trainingTables(node)
      .updateTable('svc_training_supervision.enrolment')
      .set({ withdrawn_on: node.today })
      .where('id', '=', enrolmentId)
      .execute()
  })
}

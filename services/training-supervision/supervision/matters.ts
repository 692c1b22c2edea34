import { asActor, type Id, Refusal, systemActor, type Work } from '../../../ground/door.ts'
import { trainingTables } from '../tables.ts'

type Matter = { caseId: Id; classId: Id; agency: string; employerId: Id }

/** Notes that a case is open about a class. Refusal `matter_open` where another one is. */
export function openMatter(
  work: Work,
  { caseId: case_id, classId: class_id, agency, employerId }: Matter,
): Promise<void> {
  return asActor(work, systemActor, async (node) => {
    const noted = await trainingTables(node)
      .insertInto('svc_training_supervision.matter')
      .values({ case_id, class_id, agency, employer_id: employerId, is_open: true })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(noted.numInsertedOrUpdatedRows ?? 0) === 0) throw new Refusal('matter_open')
  })
}

/** Notes that a case is decided. */
export function closeMatter(work: Work, caseId: Id): Promise<void> {
  return asActor(work, systemActor, (node) => setOpen(node, caseId, false))
}

/** Notes that a case is open again. Refusal `matter_open` where another one about the class was opened meanwhile. */
export function reopenMatter(work: Work, { caseId, classId }: Pick<Matter, 'caseId' | 'classId'>): Promise<void> {
  return asActor(work, systemActor, async (node) => {
    const other = await trainingTables(node)
      .selectFrom('svc_training_supervision.matter')
      .select('case_id')
      .where('class_id', '=', classId)
      .where('is_open', '=', true)
      .executeTakeFirst()
    if (other) throw new Refusal('matter_open')
    await setOpen(node, caseId, true)
  })
}

async function setOpen(node: Work, caseId: Id, isOpen: boolean): Promise<void> {
  await trainingTables(node)
    .updateTable('svc_training_supervision.matter')
    .set({ is_open: isOpen })
    .where('case_id', '=', caseId)
    .execute()
}

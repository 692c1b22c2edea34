import { asActor, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../../ground/door.ts'
import { type SanctionKind, trainingTables } from '../tables.ts'

/** A sanction as decided; `endedOn` where it does not stand any more. */
export type Sanction = {
  sanctionId: Id
  caseId: Id
  classId: Id
  kind: SanctionKind
  from: PlainDate
  endedOn: PlainDate | null
}

/** The sanctions against an institution, the newest first. */
export function sanctionsOf(work: Work, employerId: Id): Promise<Sanction[]> {
  return asActor(work, systemActor, async (node) => {
    const rows = await trainingTables(node)
      .selectFrom('svc_training_supervision.sanction as sanction')
      .leftJoin('svc_training_supervision.sanction_end as ended', 'ended.sanction_id', 'sanction.id')
      .select(['sanction.id', 'case_id', 'class_id', 'kind', 'sanction.from_on', 'ended.from_on as ended_on'])
      .where('sanction.employer_id', '=', employerId)
      .orderBy('sanction.id', 'desc')
      .execute()
    return rows.map((row) => ({
      sanctionId: row.id,
      caseId: row.case_id,
      classId: row.class_id,
      kind: row.kind,
      from: row.from_on,
      endedOn: row.ended_on,
    }))
  })
}

/** Whether a sanction of a kind stands against an institution. */
export async function isSanctioned(work: Work, employerId: Id, kind: SanctionKind): Promise<boolean> {
  return (await sanctionsOf(work, employerId)).some((sanction) => sanction.kind === kind && sanction.endedOn === null)
}

type Against = { caseId: Id; classId: Id; agency: string; employerId: Id }

/** Imposes sanctions of a case from today on; the trainees named are disallowed where the subsidy is recovered. */
export function impose(
  work: Work,
  { caseId, classId, agency, employerId: employer_id }: Against,
  kinds: readonly SanctionKind[],
  disallowed: readonly Id[],
): Promise<Array<{ sanctionId: Id; kind: SanctionKind }>> {
  return asActor(work, systemActor, async (node) => {
    const rows = kinds.map((kind) => ({
      ...{ id: node.newId(), agency, employer_id, case_id: caseId, class_id: classId, kind },
      ...{ from_on: node.today, recorded_at: node.now },
    }))
    await trainingTables(node).insertInto('svc_training_supervision.sanction').values(rows).execute()
    const recovery = rows.find(({ kind }) => kind === 'recover_subsidy')
    if (recovery && disallowed.length > 0) {
      await trainingTables(node)
        .insertInto('svc_training_supervision.disallowed_trainee')
        .values(
          disallowed.map((person_id) => ({
            ...{ sanction_id: recovery.id, class_id: classId, agency, employer_id, person_id },
          })),
        )
        .execute()
    }
    return rows.map(({ id: sanctionId, kind }) => ({ sanctionId, kind }))
  })
}

/** Ends sanctions of a case from today on. Refusal `sanction_not_in_force`. */
export async function endSanction(
  work: Work,
  { agency, employerId: employer_id }: Pick<Against, 'agency' | 'employerId'>,
  sanctionId: Id,
  reason: string,
): Promise<void> {
  const standing = (await sanctionsOf(work, employer_id)).find((each) => each.sanctionId === sanctionId)
  if (standing?.endedOn !== null) throw new Refusal('sanction_not_in_force')
  await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .insertInto('svc_training_supervision.sanction_end')
      .values({ sanction_id: sanctionId, agency, employer_id, from_on: node.today, reason, recorded_at: node.now })
      .execute(),
  )
}

/** The trainees of a class for whom it gets no subsidy, because a sanction that stands says so. */
export async function disallowedOf(work: Work, classId: Id): Promise<Set<Id>> {
  const rows = await trainingTables(work)
    .selectFrom('svc_training_supervision.disallowed_trainee as disallowed')
    .leftJoin('svc_training_supervision.sanction_end as ended', 'ended.sanction_id', 'disallowed.sanction_id')
    .select('person_id')
    .where('class_id', '=', classId)
    .where('ended.sanction_id', 'is', null)
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

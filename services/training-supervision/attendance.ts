import { asActor, businessDate, type Id, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { findPersonByIdNumber, schemaIdNumber } from '../../people/door.ts'
import { type AttendanceLine, readAttendanceFile } from './attendance-file.ts'
import type { LineProblem } from './sheet-file.ts'
import { type ClassRow, type MoneyKind, trainingTables } from './tables.ts'

const purpose = 'attendance of subsidised training'

/**
 * Takes over an attendance file whole, or not at all with everything that is wrong by row. Lines that were imported before are counted and left as
 * they are.
 */
export async function importAttendance(
  work: Work,
  of: ClassRow,
  content: Buffer,
): Promise<{ imported: number; known: number; problems: LineProblem[] }> {
  const { lines, problems } = await readAttendanceFile(content)
  return asActor(work, systemActor, async (node) => {
    const enrolled = new Set((await traineesOf(node, of.id)).map(({ person_id }) => person_id))
    const people = new Map<string, Id>()
    for (const each of lines) {
      const found = await personOfLine(node, of, each, { enrolled, people })
      if (typeof found !== 'string') problems.push(found)
    }
    if (problems.length > 0) {
      return { imported: 0, known: 0, problems: problems.toSorted((one, other) => one.row - other.row) }
    }
    let imported = 0
    for (const { row: _, idNumber, inAt, outAt, isTerminal, ...at } of lines) {
      const { id: class_id, agency, employer_id } = of
      const entered = await trainingTables(node)
        .insertInto('svc_training_supervision.attendance')
        .values({
          ...{ id: node.newId(), class_id, agency, employer_id, person_id: people.get(idNumber) ?? '' },
          ...{ in_at: inAt, out_at: outAt, device: at.device, is_terminal: isTerminal },
          ...{ latitude_e6: at.latitudeE6, longitude_e6: at.longitudeE6, imported_at: node.now, corrects: null },
        })
        .onConflict((conflict) =>
          conflict.columns(['class_id', 'person_id', 'in_at']).where('corrects', 'is', null).doNothing(),
        )
        .executeTakeFirst()
      imported += Number(entered.numInsertedOrUpdatedRows ?? 0)
    }
    return { imported, known: lines.length - imported, problems: [] }
  })
}

async function personOfLine(
  node: Work,
  { starts_on, ends_on }: ClassRow,
  { row, idNumber, inAt, outAt }: AttendanceLine,
  known: { enrolled: ReadonlySet<Id>; people: Map<string, Id> },
): Promise<Id | LineProblem> {
  const wrong = (column: LineProblem['column'], code: string, params = {}) => ({ row, column, code, params })
  if (outAt > node.now) return wrong('签退', 'cell.not_to_come')
  const day = businessDate(inAt)
  if (day < starts_on || day > ends_on) return wrong('日期', 'cell.day_of_class', { from: starts_on, to: ends_on })
  const seen = known.people.get(idNumber)
  if (seen !== undefined) return seen
  if (!schemaIdNumber.safeParse(idNumber).success) return wrong('证件号码', 'cell.id_number')
  const person = await findPersonByIdNumber(node, idNumber, purpose)
  if (!person || !known.enrolled.has(person.personId)) return wrong('证件号码', 'cell.trainee_of_class')
  known.people.set(idNumber, person.personId)
  return person.personId
}

/** Who is enrolled in a class and has not withdrawn. */
export function traineesOf(work: Work, classId: Id) {
  return trainingTables(work)
    .selectFrom('svc_training_supervision.enrolment')
    .select(['id', 'person_id', 'enrolled_on', 'enrolled_by'])
    .where('class_id', '=', classId)
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
    .execute()
}

/** What an institution reports of an assessment; the certificate where one was given. */
export type NewAssessment = { personId: Id; passed: boolean; certificateNumber: string | null }

/**
 * Enters assessments of a class, once for each trainee. Refusals `not_enrolled`, `assessed_before`, `assessment_before_end`, `certificate_of_other_class`:
 * a certificate is reported of one class, since each class is paid for its own.
 */
export async function enterAssessments(work: Work, of: ClassRow, assessments: readonly NewAssessment[]): Promise<void> {
  if (work.today < of.ends_on) throw new Refusal('assessment_before_end', { params: { endsOn: of.ends_on } })
  await asActor(work, systemActor, async (node) => {
    const enrolled = new Set((await traineesOf(node, of.id)).map(({ person_id }) => person_id))
    for (const { personId, passed, certificateNumber } of assessments) {
      if (!enrolled.has(personId)) throw new Refusal('not_enrolled')
      if (certificateNumber !== null) await requireOfThisClass(node, of, personId, certificateNumber)
      const entered = await trainingTables(node)
        .insertInto('svc_training_supervision.assessment')
        .values({
          ...{ class_id: of.id, agency: of.agency, employer_id: of.employer_id, person_id: personId },
          ...{ assessed_on: node.today, passed, certificate_number: certificateNumber },
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (Number(entered.numInsertedOrUpdatedRows ?? 0) === 0) throw new Refusal('assessed_before')
    }
  })
}

/** Refusal `certificate_of_other_class`: what was reported of another class, and counts there, is not reported of this one. */
export async function requireOfThisClass(node: Work, { id }: ClassRow, personId: Id, certificateNumber: string) {
  const elsewhere = await trainingTables(node)
    .selectFrom('svc_training_supervision.standing_assessment')
    .select('class_id')
    .where('person_id', '=', personId)
    .where('certificate_number', '=', certificateNumber)
    .where('class_id', '!=', id)
    .executeTakeFirst()
  if (elsewhere) throw new Refusal('certificate_of_other_class', { clause: 'C8.05' })
}

/** Records money around a class that an inspector found: whose, for what, by which paper. */
export async function recordMoney(
  work: Work,
  of: ClassRow,
  found: {
    personId: Id | null
    kind: MoneyKind
    counterparty: string
    amountFen: number
    paidOn: string
    source: string
  },
): Promise<void> {
  const { personId, kind, counterparty, amountFen, paidOn, source } = found
  await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .insertInto('svc_training_supervision.money_record')
      .values({
        ...{ id: node.newId(), class_id: of.id, agency: of.agency, employer_id: of.employer_id, person_id: personId },
        ...{ kind, counterparty, amount_fen: amountFen, paid_on: paidOn, source, recorded_at: node.now },
      })
      .execute(),
  )
}

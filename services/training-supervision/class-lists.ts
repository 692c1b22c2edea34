import { z } from 'zod'
import { asActor, BadInput, type Id, Refusal, startOfDate, systemActor, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { findPersonByIdNumber, schemaIdNumber } from '../../people/door.ts'
import { enterAssessments } from './attendance.ts'
import { enterSessions } from './classes.ts'
import { enrolTrainee } from './enrolments.ts'
import { dateCell, type Line, type LineProblem, readSheet, timeCell } from './sheet-file.ts'
import type { ClassRow } from './tables.ts'

/** The lists of a class that institutions hand in as files, with the columns that their first lines name. */
export const listColumns = {
  trainees: ['证件号码'],
  sessions: ['日期', '开始', '结束', '教师证件号码', '内容'],
  assessments: ['证件号码', '结果', '证书编号'],
} as const

/** The lists by name. */
export const listNames = ['trainees', 'sessions', 'assessments'] as const

/** What became of a list: how many of its lines were entered, and by row what was not and why. */
export type ListTaken = { entered: number; problems: LineProblem[] }

const idCell = z.string().refine((text) => schemaIdNumber.safeParse(text).success, { error: 'cell.id_number' })

const traineeLine = z.tuple([idCell]).transform(([idNumber]) => ({ idNumber }))

const sessionLine = z
  .tuple([
    dateCell,
    timeCell,
    timeCell,
    idCell,
    z.string().min(2, { error: 'cell.topic' }).max(80, { error: 'cell.topic' }),
  ])
  .refine(([, from, to]) => to > from, { error: 'cell.after_beginning', path: [2] })
  .transform(([on, from, to, idNumber, topic]) => ({
    ...{ idNumber, topic },
    ...{ startsAt: startOfDate(on, from), endsAt: startOfDate(on, to) },
  }))

const assessmentLine = z
  .tuple([
    idCell,
    z.enum(['合格', '不合格'], { error: 'cell.result' }),
    z.string().refine((text) => text === '' || (text.length >= 6 && text.length <= 40), { error: 'cell.certificate' }),
  ])
  .refine(([, result, number]) => result === '合格' || number === '', {
    error: 'cell.certificate_of_failed',
    path: [2],
  })
  .transform(([idNumber, result, number]) => ({
    ...{ idNumber, passed: result === '合格' },
    certificateNumber: number === '' ? null : number.toUpperCase(),
  }))

/** Takes a list of a class over, line by line: what is right is entered, and of every other line the row and the reason are told. */
export async function takeList(
  work: Work,
  rulebook: Rulebook,
  of: ClassRow,
  { list, content }: { list: (typeof listNames)[number]; content: Buffer },
): Promise<ListTaken> {
  const columns = listColumns[list]
  if (list === 'trainees') {
    return takeLines(work, of, columns, await readSheet(content, columns, traineeLine), (_, personId) =>
      enrolTrainee(work, rulebook, { classId: of.id, personId, by: 'institution' }),
    )
  }
  if (list === 'sessions') {
    return takeLines(
      work,
      of,
      columns,
      await readSheet(content, columns, sessionLine),
      ({ idNumber: _, ...hours }, teacherId) => enterSessions(work, of, [{ teacherId, ...hours }]),
    )
  }
  return takeLines(
    work,
    of,
    columns,
    await readSheet(content, columns, assessmentLine),
    ({ idNumber: _, ...found }, personId) => enterAssessments(work, of, [{ personId, ...found }]),
  )
}

/** Where a refusal is not of the person of the line: the column that it is about. */
const columnOfRefusal: Readonly<Record<string, string>> = {
  'cell.day_of_class': '日期',
  session_already_begun: '开始',
  certificate_of_other_class: '证书编号',
}

async function takeLines<Read extends { idNumber: string }>(
  work: Work,
  of: ClassRow,
  columns: readonly string[],
  { lines, problems }: { lines: Array<Line<Read>>; problems: LineProblem[] },
  enter: (read: Read, personId: Id) => Promise<unknown>,
): Promise<ListTaken> {
  const column = columns.find((each) => each.endsWith('证件号码')) ?? ''
  const found = [...problems]
  let entered = 0
  for (const { row, read } of lines) {
    const person = await asActor(work, systemActor, (node) =>
      findPersonByIdNumber(node, read.idNumber, 'subsidised training'),
    )
    if (!person) {
      found.push({ row, column, code: 'person_unknown', params: {} })
      continue
    }
    const problem = await refusalOf(of, () => enter(read, person.personId))
    if (problem) found.push({ row, column: columnOfRefusal[problem.code] ?? column, ...problem })
    else entered += 1
  }
  return { entered, problems: found.toSorted((one, other) => one.row - other.row) }
}

/** Why a line is refused; nothing where it is entered. What is refused has written nothing. */
async function refusalOf(
  { starts_on: from, ends_on: to }: ClassRow,
  enter: () => Promise<unknown>,
): Promise<Pick<LineProblem, 'code' | 'params'> | undefined> {
  try {
    await enter()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) {
      const params = Object.entries(error.params).map(([name, value]) => [name, String(value)])
      return { code: error.code, params: Object.fromEntries(params) }
    }
    if (error instanceof BadInput) return { code: 'cell.day_of_class', params: { from, to } }
    throw error
  }
}

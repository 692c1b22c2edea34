import { z } from 'zod'
import { type Instant, startOfDate } from '../../ground/door.ts'
import { dateCell, type LineProblem, readSheet, timeCell } from './sheet-file.ts'

/** The columns of an attendance file, as its first line names them. */
export const attendanceColumns = ['证件号码', '日期', '签到', '签退', '设备', '设备类型', '纬度', '经度'] as const

/** One line of an attendance file; `row` as the person sees it (1 = header). */
export type AttendanceLine = {
  row: number
  idNumber: string
  inAt: Instant
  outAt: Instant
  device: string
  isTerminal: boolean
  latitudeE6: number
  longitudeE6: number
}

/** Reads attendance from CSV or an Excel workbook: every line, and every problem. @throws BadInput for what is no such file */
export async function readAttendanceFile(
  content: Buffer,
): Promise<{ lines: AttendanceLine[]; problems: LineProblem[] }> {
  const { lines, problems } = await readSheet(content, attendanceColumns, line)
  return { lines: lines.map(({ row, read }) => ({ row, ...read })), problems }
}

function degrees(max: number) {
  const error = max === 90 ? 'cell.latitude' : 'cell.longitude'
  return z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,8})?$/, { error })
    .refine((text) => Math.abs(Number(text)) <= max, { error })
}

const line = z
  .tuple([
    z.string().min(1, { error: 'cell.id_number' }),
    dateCell,
    timeCell,
    timeCell,
    z.string().min(1, { error: 'cell.device' }).max(60, { error: 'cell.device' }),
    z.enum(['考勤机', '手机'], { error: 'cell.device_kind' }),
    degrees(90),
    degrees(180),
  ])
  .refine(([, , came, left]) => left > came, { error: 'cell.after_coming', path: [3] })
  .transform(([idNumber, on, came, left, device, kind, latitude, longitude]) => ({
    ...{ idNumber, device, isTerminal: kind === '考勤机' },
    ...{ inAt: startOfDate(on, came), outAt: startOfDate(on, left) },
    ...{ latitudeE6: Math.round(Number(latitude) * 1e6), longitudeE6: Math.round(Number(longitude) * 1e6) },
  }))

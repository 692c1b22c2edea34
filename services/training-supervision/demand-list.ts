import { z } from 'zod'
import type { Work } from '../../ground/door.ts'
import { recordDemand } from './catalogue.ts'
import type { ListTaken } from './class-lists.ts'
import { dateCell, readSheet } from './sheet-file.ts'

const columns = ['职业编码', '空岗数', '意愿人数', '统计日期', '来源'] as const

const countCell = z
  .string()
  .regex(/^\d{1,6}$/, { error: 'cell.count' })
  .transform(Number)

const textCell = z.string().min(2, { error: 'cell.text' }).max(200, { error: 'cell.text' })

const line = z
  .tuple([textCell, countCell, countCell, dateCell, textCell])
  .transform(([occupation, vacancies, wishes, from, source]) => ({ occupation, vacancies, wishes, from, source }))

/** Takes counts of vacant posts and wishes over: what is right is entered, and of every other line the row and the reason are told. */
export async function takeDemand(
  work: Work,
  { agency, content }: { agency: string; content: Buffer },
): Promise<ListTaken> {
  const { lines, problems } = await readSheet(content, columns, line)
  for (const { read } of lines) await recordDemand(work, { agency, ...read })
  return { entered: lines.length, problems }
}

import { z } from 'zod'
import { BadInput, type BothLanguages, type PlainDate, type Work } from '../../ground/door.ts'
import { isWithin, nationCode } from '../../law/door.ts'
import { compareDecimals, compareShare, type Decimal, shareOf, sharePpm, subtractDecimals } from './decimals.ts'
import { bothFields, dayField, decimalField, type List, rowFields, text } from './list.ts'
import { currentListRows, importListRows } from './list-rows.ts'
import { quantityInWords, unitField } from './quantities.ts'

const targetFields = z.strictObject({
  ...rowFields,
  indicator: bothFields,
  comparison: z.enum(['at_least', 'at_most', 'about']),
  value: decimalField,
  unit: unitField,
  period: bothFields,
  /** Each region below the one that it was set for has to reach it by itself. */
  scope: z.enum(['whole', 'each_province', 'each_item']).exactOptional(),
})

/** A numeric goal of a region (G2.01). */
export type Target = z.infer<typeof targetFields>

/** Goals with the comparison that the text gives them (G2.02): at least, at most, about. */
export const targets: List<Target> = {
  id: 'targets',
  title: { zh: '目标任务', en: 'Targets' },
  schema: targetFields,
  tell: (target) => ({
    name: target.indicator,
    state: targetInWords(target),
    notes: [target.period, ...(target.note ? [target.note] : [])],
  }),
}

const actualFields = z.strictObject({
  ...rowFields,
  target: z.string().min(1),
  on: dayField,
  value: decimalField,
  /** The whole that `value` is a part of, where the goal is a share: 5 of 13. */
  whole: decimalField.exactOptional(),
})

/** What was reached of a target by a day, as a region reports it. Correcting it is a new version; the earlier ones stay. */
export type Actual = z.infer<typeof actualFields>

/** What was reached of targets. */
export const actuals: List<Actual> = {
  id: 'actuals',
  title: { zh: '完成情况', en: 'What was reached' },
  schema: actualFields,
  tell: ({ target, on, value, whole, note }) => ({
    name: { zh: target, en: target },
    state: { zh: `${on}：${value}${whole ? ` / ${whole}` : ''}`, en: `${on}: ${value}${whole ? ` of ${whole}` : ''}` },
    notes: note ? [note] : [],
  }),
  async problemsOf(work, rows) {
    const known = new Map((await currentListRows(work, targets)).map(({ row }) => [row.id, row]))
    return rows.flatMap((row, index) => {
      const target = known.get(row.target)
      if (!target) {
        return [{ index, path: 'target', expected: '已登记目标的编号 / the id of a target', found: row.target }]
      }
      if (target.region !== nationCode && !isWithin(row.region, target.region)) {
        const expected = `${target.region} 及其所辖地区 / ${target.region} or below`
        return [{ index, path: 'region', expected, found: row.region }]
      }
      if ((target.unit === 'share') === (row.whole !== undefined)) return []
      const expected = target.unit === 'share' ? '比例须有总数 / a share needs its whole' : '不填 / none: no share'
      return [{ index, path: 'whole', expected, found: row.whole ?? '—' }]
    })
  },
}

/** How far a target is: `information` for "about", which is never failed (G2.02). `missing` is what lacks, or what is too much. */
export type Progress = {
  outcome: 'met' | 'not_met' | 'information'
  ratioPpm: number | null
  missing: Decimal | null
  on: PlainDate
  shown: BothLanguages
}

/** An actual held against its target by the target's own comparison, exactly; a share is shown rounded. */
export function progressOf(target: Target, actual: Actual): Progress {
  const { comparison, value, unit } = target
  const { whole } = actual
  const compared = whole === undefined ? compareDecimals(actual.value, value) : compareShare(actual.value, whole, value)
  const isMet = comparison === 'at_most' ? compared <= 0 : compared >= 0
  const reached = whole === undefined ? actual.value : (shareOf(actual.value, whole) ?? '0')
  const short = comparison === 'at_most' ? subtractDecimals(reached, value) : subtractDecimals(value, reached)
  return {
    outcome: comparison === 'about' ? 'information' : isMet ? 'met' : 'not_met',
    ratioPpm: sharePpm(reached, value),
    missing: isMet || comparison === 'about' ? null : short,
    on: actual.on,
    shown: quantityInWords({ qualifier: 'exact', value: reached, unit }),
  }
}

/** What an officer reports of a target: the day, the number, the whole of a share, and where it is taken from. */
export const reportFields = z.strictObject({
  on: dayField,
  value: decimalField,
  whole: decimalField.exactOptional(),
  source: text(),
})

/**
 * Reports for this node's region what was reached of a target by a day; said again for the same day, it is the next version. Throws `BadInput` as an
 * import does, and `Refusal` `register_writer_needed`.
 */
export async function reportActual(work: Work, target: string, report: z.infer<typeof reportFields>): Promise<void> {
  const { region } = work.node
  if (report.on > work.today) {
    throw new BadInput([{ path: 'on', expected: '不晚于今天 / no day to come', found: report.on }])
  }
  const tree = { id: `${region}-${target}@${report.on}`, region, target, ...report }
  await importListRows(work, actuals, [{ place: target, tree }])
}

/** `≥ 10,000,000 person-times`; about 30. */
export function targetInWords({ comparison, value, unit }: Target): BothLanguages {
  const { zh, en } = quantityInWords({ qualifier: 'exact', value, unit })
  const sign = {
    at_least: { zh: '不少于', en: '≥ ' },
    at_most: { zh: '不超过', en: '≤ ' },
    about: { zh: '约', en: '≈ ' },
  }[comparison]
  return { zh: `${sign.zh}${zh}`, en: `${sign.en}${en}` }
}

/** A target with everything that was reported of it, by region and day, the last day first. */
export type ReportedTarget = { target: Target; actuals: Array<{ actual: Actual; progress: Progress; version: number }> }

/** Targets with their progress; `query` as of `currentListRows`. */
export async function listTargets(
  work: Work,
  query: { region?: string; requirement?: string } = {},
): Promise<ReportedTarget[]> {
  const goals = await currentListRows(work, targets, query)
  const reported = Map.groupBy(await currentListRows(work, actuals), ({ row }) => row.target)
  return goals.map(({ row: target }) => ({
    target,
    actuals: (reported.get(target.id) ?? [])
      .map(({ row, version }) => ({ actual: row, progress: progressOf(target, row), version }))
      .toSorted((one, other) => (one.actual.on < other.actual.on ? 1 : -1)),
  }))
}

import { z } from 'zod'
import { addDays, addMonths, type BothLanguages, type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { bothFields, dayField, flagField, type List, type RowProblem, rowFields } from '../lists/list.ts'
import { currentListRows } from '../lists/list-rows.ts'
import { targets } from '../lists/targets.ts'

/** The targets that hold the figures of the pilot; they are read where they are needed, so a corrected row counts at once. */
const limits = {
  items: 'talent-pilot-items',
  fewestUnits: 'talent-pilot-units-fewest',
  mostUnits: 'talent-pilot-units-most',
  years: 'talent-pilot-years',
}

const aspectField = z.enum(['postdoctoral', 'titles', 'continuing_education', 'experts', 'returnees', 'services'])

const aspects: Record<z.infer<typeof aspectField>, BothLanguages> = {
  postdoctoral: { zh: '博士后工作', en: 'postdoctoral work' },
  titles: { zh: '职称和职业资格', en: 'titles and vocational qualifications' },
  continuing_education: { zh: '继续教育', en: 'continuing education' },
  experts: { zh: '专家工作', en: 'expert work' },
  returnees: { zh: '留学人员回国', en: 'returning overseas students' },
  services: { zh: '综合服务及其他工作', en: 'comprehensive services and other work' },
}

const pilotItemFields = z
  .strictObject({
    ...rowFields,
    name: bothFields,
    aspect: aspectField,
    /** Its number among the items of the notice; a province's own addition has none. */
    number: z
      .string()
      .regex(/^[1-9]\d?$/, { error: '事项序号 / the number of the item' })
      .exactOptional(),
    isAddition: flagField,
    units: z.array(
      z.strictObject({ name: bothFields, kind: z.enum(['prefecture', 'university', 'institute', 'enterprise']) }),
    ),
    typicalCases: z.array(bothFields).exactOptional(),
    evaluation: bothFields.exactOptional(),
    rolledOutOn: dayField.exactOptional(),
  })
  .refine(({ isAddition, number }) => (isAddition === 'true') === (number === undefined), {
    path: ['number'],
    error: '通知内的事项有序号，新增的没有 / a number for an item of the notice, none for an addition',
  })

/** A pilot item of a province or of the Corps (C13.02, C13.03) with its pilot units (C13.04) and what came of it (C13.06, C13.07). */
export type PilotItem = z.infer<typeof pilotItemFields>

/** Pilot items. How many units one may name, and how many items the notice has, is read from the targets. */
export const pilotItems: List<PilotItem> = {
  id: 'pilot-items',
  title: { zh: '专业技术人才改革试点事项', en: 'Pilot items of the talent reform' },
  schema: pilotItemFields,
  tell({ name, aspect, isAddition, units, typicalCases = [], rolledOutOn, note }) {
    const own = isAddition === 'true' ? [{ zh: '本地新增事项', en: 'added by the province' }] : []
    const cases = typicalCases.map(({ zh, en }) => ({ zh: `典型案例：${zh}`, en: `typical case: ${en}` }))
    const rolledOut = rolledOutOn
      ? [{ zh: `${rolledOutOn} 起全系统推广`, en: `rolled out everywhere from ${rolledOutOn}` }]
      : []
    return {
      name,
      state: aspects[aspect],
      notes: [...own, ...units.map((unit) => unit.name), ...cases, ...rolledOut, ...(note ? [note] : [])],
    }
  },
  async problemsOf(work, rows) {
    const [fewest, most, items] = await Promise.all([
      limitOf(work, limits.fewestUnits),
      limitOf(work, limits.mostUnits),
      limitOf(work, limits.items),
    ])
    return rows.flatMap(({ units, number }, index): RowProblem[] => [
      ...(units.length < fewest || units.length > most
        ? [
            {
              index,
              path: 'units',
              expected: `${fewest} 至 ${most} 个试点单位 / ${fewest} to ${most} pilot units (C13.04)`,
              found: `${units.length}`,
            },
          ]
        : []),
      ...(number !== undefined && Number(number) > items
        ? [{ index, path: 'number', expected: `不超过 ${items} / at most ${items} (C13.02)`, found: number }]
        : []),
    ])
  },
}

const planParts = ['goals', 'measures', 'scope', 'responsibleUnit', 'schedule'] as const
type PlanPart = (typeof planParts)[number]

const parts: Record<PlanPart, BothLanguages> = {
  goals: { zh: '目标任务', en: 'goals' },
  measures: { zh: '改革举措', en: 'reform measures' },
  scope: { zh: '试点范围', en: 'scope' },
  responsibleUnit: { zh: '责任单位', en: 'responsible unit' },
  schedule: { zh: '进度安排', en: 'schedule' },
}

const pilotPlanFields = z
  .strictObject({
    ...rowFields,
    /** Who drives it: the promotion mechanism of the province. */
    mechanism: bothFields.exactOptional(),
    goals: bothFields.exactOptional(),
    measures: bothFields.exactOptional(),
    scope: bothFields.exactOptional(),
    responsibleUnit: bothFields.exactOptional(),
    schedule: bothFields.exactOptional(),
    startsOn: dayField.exactOptional(),
    submittedOn: dayField.exactOptional(),
  })
  .refine((plan) => plan.submittedOn === undefined || missingParts(plan).length === 0, {
    path: ['submittedOn'],
    error: '五项内容齐全后才能报送 / only with all five parts',
  })

/** A province's plan for the pilot (C13.05). */
export type PilotPlan = z.infer<typeof pilotPlanFields>

/** Implementation plans of provinces: kept as drafts, submitted only when all five parts are there. */
export const pilotPlans: List<PilotPlan> = {
  id: 'pilot-plans',
  title: { zh: '试点实施方案', en: 'Plans of the talent reform pilot' },
  schema: pilotPlanFields,
  tell(plan) {
    const { name } = getRegion(plan.region)
    const missing = missingParts(plan)
    const states = {
      submitted: { zh: '已报送', en: 'submitted' },
      complete: { zh: '内容齐全', en: 'complete' },
      incomplete: { zh: '不完整', en: 'incomplete' },
    }
    return {
      name: { zh: `${name.zh}试点实施方案`, en: `Plan of ${name.en}` },
      state: plan.submittedOn ? states.submitted : missing.length === 0 ? states.complete : states.incomplete,
      notes: missing.map((part) => ({ zh: `缺：${parts[part].zh}`, en: `missing: ${parts[part].en}` })),
    }
  },
  step: {
    title: { zh: '报送', en: 'Submit' },
    mark: 'submittedOn',
    isNext: ({ submittedOn }) => submittedOn === undefined,
    taken(plan, on) {
      const missing = missingParts(plan)
      if (missing.length > 0) {
        throw new Refusal('pilot_plan_incomplete', { clause: 'C13.05', params: { missingParts: missing.join(', ') } })
      }
      return { ...plan, submittedOn: on }
    },
  },
}

/** What C13.05 asks of a plan and this one does not say. */
export function missingParts(plan: Partial<Record<PlanPart, unknown>>): PlanPart[] {
  return planParts.filter((part) => plan[part] === undefined)
}

/** The last day of a pilot that begins on a day: two years (C13.01), as the targets have it. */
export async function lastDayOfPilot(work: Work, startsOn: PlainDate): Promise<PlainDate> {
  return addDays(addMonths(startsOn, 12 * (await limitOf(work, limits.years))), -1)
}

async function limitOf(work: Work, id: string): Promise<number> {
  const kept = (await currentListRows(work, targets)).find(({ row }) => row.id === id)
  if (!kept) throw new Refusal('list_limit_missing', { params: { id } })
  return Number(kept.row.value)
}

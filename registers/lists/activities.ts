import { z } from 'zod'
import { addDays, addMonths, type BothLanguages, daysBetween, isPlainDate, type PlainDate } from '../../ground/door.ts'
import { bothFields, flagField, type List, rowFields } from './list.ts'

/** A day, a month or a year, as far as a text tells it. */
const partialDay = z.string().refine((text) => isPlainDate(`${text}${'-01-01'.slice(text.length - 4)}`), {
  error: '年、年-月或年-月-日 / YYYY, YYYY-MM or YYYY-MM-DD',
})

const activityFields = z
  .strictObject({
    ...rowFields,
    name: bothFields,
    kind: z.enum(['campaign', 'fair', 'market_day', 'programme', 'regulation']),
    theme: bothFields.exactOptional(),
    organisers: bothFields.exactOptional(),
    /** Left out where the text tells no beginning. */
    from: partialDay.exactOptional(),
    /** The text only tells that it had begun by then. */
    isUnderWay: flagField.exactOptional(),
    to: partialDay.exactOptional(),
    /** 1 Monday to 7 Sunday, for what comes back every week. */
    weekday: z.enum(['1', '2', '3', '4', '5', '6', '7']).exactOptional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || firstDay(from) <= lastDay(to), {
    path: ['to'],
    error: '不早于开始 / not before the beginning',
  })

/** An activity of the calendar (G3.01). */
export type Activity = z.infer<typeof activityFields>

/** How an activity stands on a day; `start_unknown` where no text tells the beginning. `nextOn` is the next day of a weekly one. */
export type ActivityStatus = {
  state: 'not_begun' | 'running' | 'ended' | 'start_unknown'
  from: PlainDate | null
  to: PlainDate | null
  nextOn: PlainDate | null
}

/** The status of an activity on a day, its first and last day included; without an end it goes on until further notice. */
export function activityStatus(activity: Activity, on: PlainDate): ActivityStatus {
  const from = activity.from === undefined ? null : firstDay(activity.from)
  const to = activity.to === undefined ? null : lastDay(activity.to)
  const hasEnded = to !== null && on > to
  const isWeekly = activity.weekday !== undefined
  const state = hasEnded
    ? 'ended'
    : from === null
      ? isWeekly
        ? 'running'
        : 'start_unknown'
      : on < from
        ? 'not_begun'
        : 'running'
  return { state, from, to, nextOn: hasEnded ? null : nextWeekday(activity, on) }
}

function nextWeekday({ weekday }: Activity, on: PlainDate): PlainDate | null {
  if (weekday === undefined) return null
  return addDays(on, (Number(weekday) - weekdayOf(on) + 7) % 7)
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: PlainDate): number {
  return (((daysBetween(aMonday, day) % 7) + 7) % 7) + 1
}

const aMonday = '2024-01-01'

function firstDay(partial: string): PlainDate {
  return `${partial}${'-01-01'.slice(partial.length - 4)}`
}

function lastDay(partial: string): PlainDate {
  if (partial.length === 10) return partial
  return addDays(addMonths(firstDay(partial), partial.length === 4 ? 12 : 1), -1)
}

const words: Record<ActivityStatus['state'], BothLanguages> = {
  not_begun: { zh: '尚未开始', en: 'not begun' },
  running: { zh: '正在进行', en: 'running' },
  ended: { zh: '已经结束', en: 'ended' },
  start_unknown: { zh: '开始日期未公布', en: 'beginning not told' },
}
const wordsOfRegulation: Record<ActivityStatus['state'], BothLanguages> = {
  ...words,
  not_begun: { zh: '尚未施行', en: 'not in force yet' },
  running: { zh: '已经施行', en: 'in force' },
  ended: { zh: '已经失效', en: 'no longer in force' },
}

const begun = { zh: '已经开始，结束时间未公布', en: 'begun, no end is told' }

/** The status in words: a regulation is in force; of what runs without an end that anybody told, that it has begun. */
export function activityStateInWords({ kind }: Activity, { state, to, nextOn }: ActivityStatus): BothLanguages {
  if (kind === 'regulation') return wordsOfRegulation[state]
  return state === 'running' && to === null && nextOn === null ? begun : words[state]
}

/** What runs when: campaigns, fairs, market days, programmes, regulations. */
export const activities: List<Activity> = {
  id: 'activities',
  title: { zh: '活动日历', en: 'Calendar of activities' },
  schema: activityFields,
  tell: (activity, today) => ({
    name: activity.name,
    state: activityStateInWords(activity, activityStatus(activity, today)),
    notes: [activity.theme, activity.note].filter((each) => each !== undefined),
  }),
}

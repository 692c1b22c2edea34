import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, BadInput, daysBetween, type PlainDate, Refusal } from '../ground/door.ts'

/**
 * The official arrangement of holidays and shifted working days (国务院办公厅关于部分节假日安排的通知), one notice a year.
 * Years outside `firstYear..lastYear` have no notice yet: only weekends can be told there, and only as an assumption.
 */
export type WorkingCalendar = {
  firstYear: number
  lastYear: number
  /** Days off, weekends inside a holiday included. */
  holidays: ReadonlySet<PlainDate>
  /** Saturdays and Sundays that are worked in exchange for a holiday. */
  shiftedWorkingDays: ReadonlySet<PlainDate>
}

/** A date that was counted out. `weekends_only`: some of the days counted lie outside the known calendar. */
export type CountedDate =
  | { date: PlainDate; assumed: false }
  | { date: PlainDate; assumed: true; assumption: 'weekends_only' }

/** The known official calendar, 2004 onwards, as shipped in the npm package chinese-days. */
export const officialCalendar: WorkingCalendar = readPublished()

function readPublished(): WorkingCalendar {
  const holidays = Object.keys(published.holidays)
  const years = holidays.map((date) => Number(date.slice(0, 4)))
  return {
    firstYear: Math.min(...years),
    lastYear: Math.max(...years),
    holidays: new Set(holidays),
    shiftedWorkingDays: new Set(Object.keys(published.workdays)),
  }
}

/** The same calendar as it was known before the notices after `lastYear`; for a fixed view of what is known. */
export function calendarThrough(lastYear: number, calendar = officialCalendar): WorkingCalendar {
  return { ...calendar, lastYear: Math.min(lastYear, calendar.lastYear) }
}

/** True when the calendar of that day's year is known. */
export function isCalendarKnown(date: PlainDate, calendar = officialCalendar): boolean {
  const year = Number(date.slice(0, 4))
  return year >= calendar.firstYear && year <= calendar.lastYear
}

/** True for a working day. Throws `Refusal` `calendar_unknown` for a day whose year has no notice: weekends alone would be a guess. */
export function isWorkingDay(date: PlainDate, calendar = officialCalendar): boolean {
  if (!isCalendarKnown(date, calendar)) {
    const { firstYear, lastYear } = calendar
    throw new Refusal('calendar_unknown', { params: { askedOn: date, firstYear, lastYear } })
  }
  return isProbablyWorkingDay(date, calendar)
}

/** By the notice where there is one, by weekends where there is none; whoever uses it says that the result is assumed. */
function isProbablyWorkingDay(date: PlainDate, calendar: WorkingCalendar): boolean {
  if (!isCalendarKnown(date, calendar)) return !isWeekend(date)
  return calendar.shiftedWorkingDays.has(date) || !(isWeekend(date) || calendar.holidays.has(date))
}

function isWeekend(date: PlainDate): boolean {
  // 2000-01-03 was a Monday.
  const dayOfWeek = daysBetween('2000-01-03', date) % 7
  return (dayOfWeek + 7) % 7 > 4
}

/**
 * The `days`-th working day after `start`. `start` itself is not counted, whether or not it is worked (民法典 article 201: 开始的当日不计入).
 * Zero days is `start`. Days counted outside the known calendar make the result an assumption.
 */
export function addWorkingDays(start: PlainDate, days: number, calendar = officialCalendar): CountedDate {
  return stepWorkingDays(start, days, 1, calendar)
}

/**
 * The `days`-th working day before `end`, which is not counted: ten working days before 2025-12-31 is 2025-12-17 (A3.07; the convention is
 * an assumption, A3-o3). Zero days is `end`.
 */
export function subtractWorkingDays(end: PlainDate, days: number, calendar = officialCalendar): CountedDate {
  return stepWorkingDays(end, days, -1, calendar)
}

function stepWorkingDays(from: PlainDate, days: number, step: 1 | -1, calendar: WorkingCalendar): CountedDate {
  if (!Number.isSafeInteger(days) || days < 0) {
    throw new BadInput([{ path: 'days', expected: 'a whole number, zero or more', found: String(days) }])
  }
  let date = from
  let known = true
  for (let left = days; left > 0; ) {
    date = addDays(date, step)
    known &&= isCalendarKnown(date, calendar)
    if (isProbablyWorkingDay(date, calendar)) left--
  }
  return countedDate(date, known)
}

function countedDate(date: PlainDate, known: boolean): CountedDate {
  return known ? { date, assumed: false } : { date, assumed: true, assumption: 'weekends_only' }
}

/** The date itself when it is worked, else the next working day (民法典 article 203: 法定休假日结束的次日). */
export function workingDayOnOrAfter(start: PlainDate, calendar = officialCalendar): CountedDate {
  let date = start
  let known = isCalendarKnown(date, calendar)
  while (!isProbablyWorkingDay(date, calendar)) {
    date = addDays(date, 1)
    known &&= isCalendarKnown(date, calendar)
  }
  return countedDate(date, known)
}

/**
 * Working days after `start` through `end`: the first day is not counted, the last is, so that
 * `workingDaysBetween(start, addWorkingDays(start, n).date).days === n`. Throws `BadInput` when `end` is before `start`.
 */
export function workingDaysBetween(
  start: PlainDate,
  end: PlainDate,
  calendar = officialCalendar,
): { days: number; assumed: boolean } {
  if (end < start) throw new BadInput([{ path: 'end', expected: `${start} or later`, found: end }])
  let days = 0
  let known = true
  for (let date = start; date < end; ) {
    date = addDays(date, 1)
    known &&= isCalendarKnown(date, calendar)
    if (isProbablyWorkingDay(date, calendar)) days++
  }
  return { days, assumed: !known }
}

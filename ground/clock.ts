import { Temporal } from 'temporal-polyfill'

/** A moment in time as an ISO 8601 string in UTC with milliseconds, e.g. `2026-03-02T01:00:00.000Z`; sorts as text. */
export type Instant = string

/** A business date `YYYY-MM-DD` in China's calendar day (Asia/Shanghai); sorts as text. */
export type PlainDate = string

/** The only source of the present moment. Passed in, never read from the machine by a room. */
export type Clock = { now(): Instant }

/** A clock that a test or the demo world moves by hand. */
export type MovableClock = Clock & { moveTo(instant: Instant): void; advance(milliseconds: number): void }

const zone = 'Asia/Shanghai'

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() }

/** A clock that stands still at `start` until it is moved. */
export function standingClock(start: Instant): MovableClock {
  let current = start
  return {
    now: () => current,
    moveTo: (instant) => {
      current = instant
    },
    advance: (milliseconds) => {
      current = addMilliseconds(current, milliseconds)
    },
  }
}

/** A clock that runs at the speed of `base` but shows `start` now; the demo world's clock. */
export function offsetClock(base: Clock, start: Instant): MovableClock {
  let offset = millisecondsBetween(base.now(), start)
  return {
    now: () => addMilliseconds(base.now(), offset),
    moveTo: (instant) => {
      offset = millisecondsBetween(base.now(), instant)
    },
    advance: (milliseconds) => {
      offset += milliseconds
    },
  }
}

/** `instant` moved by a number of milliseconds, which may be negative. */
export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString()
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}

/** The business date of an instant: the calendar day in Asia/Shanghai. */
export function businessDate(instant: Instant): PlainDate {
  const hour = instant.slice(0, 13)
  // Until then the difference was not always whole hours, or the same in summer.
  if (hour < '1992') return dateOf(instant)
  const known = datesByHour.get(hour)
  if (known !== undefined) return known
  const date = dateOf(instant)
  if (datesByHour.size === hoursMax) datesByHour.clear()
  datesByHour.set(hour, date)
  return date
}

/** Every transaction asks for its day, and lists ask for thousands: all instants of one hour have the same. */
const datesByHour = new Map<string, PlainDate>()
const hoursMax = 100_000

function dateOf(instant: Instant): PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** The first instant of a business date in Asia/Shanghai, optionally at a wall-clock time `HH:MM`. */
export function startOfDate(date: PlainDate, time = '00:00'): Instant {
  const start = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).toInstant()
  return addMilliseconds(start.toString(), 0)
}

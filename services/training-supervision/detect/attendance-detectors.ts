import { businessDate, millisecondsBetween } from '../../../ground/door.ts'
import { type AttendanceRecord, type Detector, type Finding, groupedBy } from './records.ts'

const minute = 60_000

/** C8-t2: one identity is at two classes at overlapping times. */
export const overlappingAttendance: Detector = ({ attendance }, { overlapMinutesMin }) =>
  pairsOfPerson(attendance, (before, after) => {
    if (before.classId === after.classId) return []
    const overlap = Math.min(Date.parse(before.outAt), Date.parse(after.outAt)) - Date.parse(after.inAt)
    return overlap < overlapMinutesMin * minute
      ? []
      : bothClasses(before, after, {
          rule: 'overlapping_attendance',
          violation: 'claiming_in_anothers_name',
          level: 'high',
          params: { minutes: Math.floor(overlap / minute), day: businessDate(after.inAt) },
        })
  })

/** One identity leaves one place and comes to another sooner than one can travel. */
export const impossibleTravel: Detector = ({ attendance }, { travelSpeedMaxKmh, travelDistanceMinMetres }) =>
  pairsOfPerson(attendance, (before, after) => {
    const metres = Math.round(metresBetween(before, after))
    const pause = millisecondsBetween(before.outAt, after.inAt)
    // Overlaps are told by another detector.
    if (metres < travelDistanceMinMetres || pause < 0) return []
    const allowed = (travelSpeedMaxKmh * 1_000 * pause) / 3_600_000
    return metres <= allowed
      ? []
      : bothClasses(before, after, {
          rule: 'impossible_travel',
          violation: 'claiming_in_anothers_name',
          level: 'high',
          params: { metres, minutes: Math.floor(pause / minute), day: businessDate(after.inAt) },
        })
  })

/** Many trainees come in by one device faster than people can. */
export const deviceBurst: Detector = ({ attendance }, { burstTrainees, burstSeconds }) =>
  [...groupedBy(attendance, ({ classId, device }) => `${classId} ${device}`).values()].flatMap((ofDevice) => {
    const days = groupedBy(inOrder(ofDevice), ({ inAt }) => businessDate(inAt))
    return [...days].flatMap(([day, records]) => {
      const burst = longestBurst(records, burstSeconds * 1_000)
      const people = new Set(burst.map(({ personId }) => personId))
      return people.size < burstTrainees
        ? []
        : finding(burst, {
            rule: 'device_burst',
            violation: 'false_training',
            level: 'medium',
            params: { trainees: people.size, seconds: burstSeconds, day },
          })
    })
  })

/** One telephone signs in for several trainees of a class on a day. */
export const sharedPhone: Detector = ({ attendance }, { phoneTraineesMax }) => {
  const phones = attendance.filter(({ isTerminal }) => !isTerminal)
  const days = groupedBy(phones, ({ classId, device, inAt }) => `${classId} ${device} ${businessDate(inAt)}`)
  return [...days.values()].flatMap((records) => {
    const people = new Set(records.map(({ personId }) => personId))
    const [first] = records
    return !first || people.size <= phoneTraineesMax
      ? []
      : finding(records, {
          rule: 'shared_phone',
          violation: 'claiming_in_anothers_name',
          level: 'medium',
          params: { trainees: people.size, day: businessDate(first.inAt) },
        })
  })
}

/** Attendance at times at which the timetable has nothing. */
export const outsideTimetable: Detector = ({ attendance, sessions }, { timetableToleranceMinutes }) => {
  const tolerance = timetableToleranceMinutes * minute
  const spans = sessions.map(({ classId, startsAt, endsAt }) => ({
    classId,
    from: Date.parse(startsAt) - tolerance,
    to: Date.parse(endsAt) + tolerance,
  }))
  const ofClass = groupedBy(spans, ({ classId }) => classId)
  const isOutside = ({ classId, inAt, outAt }: AttendanceRecord) => {
    const [came, left] = [Date.parse(inAt), Date.parse(outAt)]
    return !ofClass.get(classId)?.some(({ from, to }) => came < to && left > from)
  }
  const outside = groupedBy(attendance.filter(isOutside), ({ classId, inAt }) => `${classId} ${businessDate(inAt)}`)
  return [...outside.values()].flatMap((records) => {
    const [first] = records
    return first
      ? finding(records, {
          rule: 'outside_timetable',
          violation: 'false_training',
          level: 'medium',
          params: { records: records.length, day: businessDate(first.inAt) },
        })
      : []
  })
}

/** Lists that were made up: several trainees of a class come and leave at the same minutes, each on every day. */
export const regularAttendance: Detector = ({ attendance }, { regularDaysMin, regularTraineesMin }) =>
  [...groupedBy(attendance, ({ classId }) => classId).values()].flatMap((ofClass) => {
    const people = groupedBy(ofClass, ({ personId }) => personId)
    const regular = [...people.values()].filter((records) => {
      const days = new Set(records.map(({ inAt }) => businessDate(inAt)))
      const times = new Set(records.map(({ inAt, outAt }) => `${inAt.slice(11, 16)} ${outAt.slice(11, 16)}`))
      return days.size >= regularDaysMin && times.size === 1
    })
    return regular.length < regularTraineesMin
      ? []
      : finding(regular.flat(), {
          rule: 'regular_attendance',
          violation: 'false_training',
          level: 'medium',
          params: { trainees: regular.length },
        })
  })

/** A class that is over, and of which much was corrected after it was reported. */
export const manyCorrections: Detector = ({ attendance, corrected }, { correctedMaxPpm }) => {
  const asReported = attendance.filter(({ corrects }) => corrects === null)
  const standing = groupedBy(asReported, ({ classId }) => classId)
  return [...groupedBy(corrected, ({ classId }) => classId)].flatMap(([classId, records]): Finding[] => {
    const reported = (standing.get(classId)?.length ?? 0) + records.length
    if (records.length * 1_000_000 <= reported * correctedMaxPpm) return []
    return [
      {
        rule: 'many_corrections',
        classId,
        violation: 'false_training',
        level: 'low',
        personIds: [...new Set(records.map(({ personId }) => personId))].sort(),
        evidence: records.map(({ attendanceId: id }) => ({ kind: 'attendance', id })),
        params: { records: records.length, reported },
      },
    ]
  })
}

type Described = Pick<Finding, 'rule' | 'violation' | 'level' | 'params'>

function finding(records: readonly AttendanceRecord[], described: Described): Finding[] {
  const [first] = records
  if (!first) return []
  return [
    {
      ...described,
      classId: first.classId,
      personIds: [...new Set(records.map(({ personId }) => personId))].sort(),
      evidence: records.map(({ attendanceId: id }) => ({ kind: 'attendance' as const, id })),
    },
  ]
}

/** The same suspicion for each of the classes it is between. */
function bothClasses(one: AttendanceRecord, other: AttendanceRecord, described: Described): Finding[] {
  const [found] = finding([one, other], described)
  if (!found) return []
  return [...new Set([one.classId, other.classId])].map((classId) => ({ ...found, classId }))
}

/** Every attendance of a person beside the next ones that begin before it ends, and the first that begins after. */
function pairsOfPerson(
  attendance: readonly AttendanceRecord[],
  look: (before: AttendanceRecord, after: AttendanceRecord) => Finding[],
): Finding[] {
  return [...groupedBy(attendance, ({ personId }) => personId).values()].flatMap((records) => {
    const byTime = inOrder(records)
    return byTime.flatMap((before, index) => {
      const found: Finding[] = []
      for (const after of byTime.slice(index + 1)) {
        found.push(...look(before, after))
        if (after.inAt >= before.outAt) break
      }
      return found
    })
  })
}

function inOrder(records: readonly AttendanceRecord[]): AttendanceRecord[] {
  return records.toSorted((one, other) => (one.inAt < other.inAt ? -1 : one.inAt > other.inAt ? 1 : 0))
}

/** The longest run of comings within a span of time. */
function longestBurst(byTime: readonly AttendanceRecord[], span: number): AttendanceRecord[] {
  let best: AttendanceRecord[] = []
  let start = 0
  for (const [end, { inAt }] of byTime.entries()) {
    while (millisecondsBetween(byTime[start]?.inAt ?? inAt, inAt) > span) start++
    if (end - start + 1 > best.length) best = byTime.slice(start, end + 1)
  }
  return best
}

const metresPerDegree = 111_320

/** Distance over a plane, near enough within a country. */
function metresBetween(one: AttendanceRecord, other: AttendanceRecord): number {
  const latitude = (one.latitudeE6 + other.latitudeE6) / 2e6
  const north = ((one.latitudeE6 - other.latitudeE6) / 1e6) * metresPerDegree
  const east = ((one.longitudeE6 - other.longitudeE6) / 1e6) * metresPerDegree * Math.cos((latitude * Math.PI) / 180)
  return Math.hypot(north, east)
}

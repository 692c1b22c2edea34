import { describe, expect, it } from 'vitest'
import { detectAll } from './detect.ts'
import type { AttendanceRecord, Thresholds, TrainingRecords } from './records.ts'
import { plantedFrauds, syntheticTraining } from './synthetic.testing.ts'

const thresholds: Thresholds = {
  overlapMinutesMin: 15,
  burstTrainees: 6,
  burstSeconds: 6,
  phoneTraineesMax: 2,
  timetableToleranceMinutes: 45,
  travelSpeedMaxKmh: 160,
  travelDistanceMinMetres: 3_000,
  traineesPerVacancyMax: 10,
  classesPerYearMax: 3,
  attendedClaimedMinPpm: 200_000,
  regularDaysMin: 3,
  regularTraineesMin: 3,
  correctedMaxPpm: 100_000,
}

describe('C8.05: planted fraud in synthetic classes', () => {
  it.each(['one', 'two', 'three'])('seed %s: every fraud is found in its class, by its detector', (seed) => {
    const { records, planted } = syntheticTraining(seed, 60)
    const found = detectAll(records, thresholds)
    const missed = [...planted].filter(
      ([classId, fraud]) => !found.some((each) => each.classId === classId && each.rule === fraud),
    )
    expect(missed).toEqual([])
    expect(planted.size).toBe(plantedFrauds.length)
  })

  it('at most one honest class in a hundred is suspected of anything', () => {
    const { records } = syntheticTraining('honest', 200)
    // Classes in whose name a planted fraud was done are not honest any more.
    const drawnIn = new Set(['honest-0', 'honest-1', 'honest-2', 'honest-3'])
    const suspected = new Set(
      detectAll(records, thresholds)
        .map(({ classId }) => classId)
        .filter((classId) => classId.startsWith('honest') && !drawnIn.has(classId)),
    )
    expect(suspected.size).toBeLessThanOrEqual(2)
  })

  it('of all suspicions more than nine in ten are of planted fraud', () => {
    const { records, planted } = syntheticTraining('precision', 60)
    const found = detectAll(records, thresholds)
    const right = found.filter(
      ({ classId, rule, personIds }) => planted.get(classId) === rule || personIds.some((id) => id.startsWith('fraud')),
    )
    expect(right.length / found.length).toBeGreaterThan(0.9)
  })
})

const none: TrainingRecords = {
  ...{ classes: [], sessions: [], trainees: [], attendance: [] },
  ...{ assessments: [], certificates: [], money: [], teachers: [] },
  ...{ corrected: [], payments: [], deaths: [] },
}

function attendance(classId: string, from: string, to: string): AttendanceRecord {
  return {
    ...{ attendanceId: `${classId}-${from}`, classId, personId: 'somebody', device: 'terminal', isTerminal: true },
    ...{
      inAt: `2026-03-02T${from}:00.000Z`,
      outAt: `2026-03-02T${to}:00.000Z`,
      latitudeE6: 38_000_000,
      longitudeE6: 114_000_000,
      corrects: null,
    },
  }
}

function rulesIn(records: Partial<TrainingRecords>): string[] {
  return detectAll({ ...none, ...records }, thresholds).map(({ rule, classId }) => `${rule} ${classId}`)
}

describe('C8-t2: one identity at two classes at overlapping times', () => {
  const sessions = ['a', 'b'].map((classId) => ({
    ...{ sessionId: classId, classId, teacherId: classId },
    ...{ startsAt: '2026-03-02T01:00:00.000Z', endsAt: '2026-03-02T09:00:00.000Z' },
  }))

  it('is flagged for both classes, as claimed in another’s name', () => {
    const found = detectAll(
      { ...none, sessions, attendance: [attendance('a', '01:00', '04:00'), attendance('b', '03:00', '05:00')] },
      thresholds,
    )
    expect(
      found.map(({ rule, classId, violation, params }) => ({ rule, classId, violation, minutes: params.minutes })),
    ).toEqual([
      { rule: 'overlapping_attendance', classId: 'a', violation: 'claiming_in_anothers_name', minutes: 60 },
      { rule: 'overlapping_attendance', classId: 'b', violation: 'claiming_in_anothers_name', minutes: 60 },
    ])
    expect(found[0]?.evidence).toHaveLength(2)
  })

  it.each([
    ['fifteen minutes are flagged', '03:45', 2],
    ['fourteen are a clock that is wrong', '03:46', 0],
  ])('C8-o1: %s', (_, from, count) => {
    expect(
      rulesIn({ sessions, attendance: [attendance('a', '01:00', '04:00'), attendance('b', from, '05:00')] }),
    ).toHaveLength(count)
  })
})

describe('C8-t1: a class that another institution teaches', () => {
  it('is flagged as subcontracted', () => {
    const own = {
      ...{ classId: 'a', employerId: 'one', field: 'elderly_care' as const, occupation: 'x', level: 5 },
      ...{ startsOn: '2026-03-02', endsOn: '2026-03-20', vacancies: 3 },
    }
    expect(rulesIn({ classes: [{ ...own, taughtBy: 'two' }] })).toEqual(['subcontracted a'])
    expect(rulesIn({ classes: [{ ...own, taughtBy: 'one' }] })).toEqual([])
  })
})

describe('C8.05: one teacher at two classes at once', () => {
  it('is flagged for every class that is taught meanwhile, also where hours of the first lie between', () => {
    const hours = (sessionId: string, classId: string, from: string, to: string) => ({
      ...{ sessionId, classId, teacherId: 'teacher' },
      ...{ startsAt: `2026-03-02T${from}:00.000Z`, endsAt: `2026-03-02T${to}:00.000Z` },
    })
    const sessions = [
      hours('1', 'a', '01:00', '09:00'),
      hours('2', 'a', '02:00', '03:00'),
      hours('3', 'b', '04:00', '05:00'),
      hours('4', 'c', '09:00', '10:00'),
    ]
    expect(rulesIn({ sessions })).toEqual(['teacher_twice a', 'teacher_twice b'])
  })
})

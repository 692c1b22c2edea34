import type { ResolvedValue, ResolvedValues } from '../door.ts'

function resolved(value: ResolvedValue['value'], unit: string, source: string, assumed?: true): ResolvedValue {
  return { value, unit, from: '2020-01-01', source, region: 'club', ...(assumed ? { assumed } : {}) }
}

/** Values of the example policies. All synthetic. */
export const exampleValues: ResolvedValues = {
  feeByKind: resolved({ adult: 600_00, youth: 200_00, senior: 400_00 }, 'fen', 'S3'),
  guestCreditRate: resolved(333_333, 'ppm', 'S13'),
  guestCreditMaxFen: resolved(100_00, 'fen', 'S13'),
  loyaltyMonthsMin: resolved(60, 'month', 'S13'),
  loyaltyRate: resolved(125_000, 'ppm', 'S13', true),
  termMonths: resolved(12, 'month', 'S10'),
  guestVisitsMin: resolved(3, 'visit', 'S13'),
  openCourts: resolved(['grass', 'hall', 'centre'], 'choice', 'S23'),
  noticeDaysMin: resolved(2, 'day', 'S28'),
  hourlyFen: resolved(80_05, 'fen', 'S28'),
  grassExtraFen: resolved(30_00, 'fen', 'S27', true),
  lateRate: resolved(100_000, 'ppm', 'S28'),
  adultAge: resolved(18, 'age', 'S24'),
  seasonEndsOn: { ...resolved('2024-10-31', 'date', 'S22'), to: '2024-12-31' },
  machineNeedsAdult: resolved(true, 'flag', 'S24'),
  amountByLevel: resolved({ 1: 50_00, 2: 100_00, 3: 150_00, 4: 150_00, 5: 300_00 }, 'fen', 'S31'),
  coursesMax: resolved(3, 'course', 'S35'),
  monthsMin: resolved(12, 'month', 'S34'),
  validMonths: resolved(24, 'month', 'S39'),
  hoursMin: resolved(40, 'hour', 'S37'),
  termHoursMin: resolved(10, 'hour', 'S37'),
  termsCounted: resolved(2, 'term', 'S37'),
  absenceFen: resolved(5_00, 'fen', 'S40', true),
  refundRate: resolved(500_000, 'ppm', 'S44'),
}

import type { Performance, Play, Stage } from '../../../simulation/door.ts'
import { begins, hubRegion, makeCast, provinces } from './cast.ts'
import { isClearingDue, todayOf } from './desk.ts'
import { type Advance, createDirector, type Director } from './director.ts'
import { judgeSettlements } from './judges.ts'
import { mutants } from './mutants.ts'

/** The play of this service for the simulator: workers of three provinces, three hospitals, the officers, and the hub. */
export const play: Play = {
  service: 'work-injury-settlement',
  regions: [hubRegion, ...provinces],
  begins,
  chapters: [
    { name: 'filed', on: '2026-05-12' },
    { name: 'treated', on: '2026-05-14', leaves: ['stay settled'] },
    { name: 'at the bank', on: '2026-05-18', leaves: ['payment sent'] },
    { name: 'claimed', on: '2026-05-20', leaves: ['claim opened'] },
    { name: 'paid', on: '2026-05-26' },
    { name: 'reported', on: '2026-07-01', leaves: ['clearing to_pay'] },
    { name: 'cleared', on: '2026-07-02' },
  ],
  mutants,
  async prepare(nation) {
    const cast = await makeCast(nation)
    const past: Advance[] = []
    return (stage) => perform(createDirector(cast, stage, past), stage)
  },
}

/** The first days of the quarters to come: on each, the quarter before is reported. */
const quarterDays = ['2026-07-01', '2026-10-01', '2027-01-01']

function perform(director: Director, stage: Stage): Performance {
  const { nation } = stage
  return {
    open: director.open,
    act: director.act,
    finish: director.finish,
    async nextDay() {
      const due: boolean[] = []
      for (const province of provinces) due.push(await isClearingDue(nation.region(province)))
      const today = todayOf(nation.region(hubRegion))
      return due.includes(true) ? (quarterDays.find((day) => day > today) ?? null) : null
    },
    judge: (isAll) => judgeSettlements(nation, director, isAll),
  }
}

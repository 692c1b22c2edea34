import { addMonths, monthOf, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import {
  enrol,
  issueCard,
  makeSyntheticIdNumber,
  recordPersonContributions,
  registerPerson,
} from '../../people/door.ts'
import type { DemoWorld } from '../contract.ts'
import { bookIncome } from './fund-books.ts'

/** Villagers of the demo world: months paid since the scheme began, and how old they are on the day of the seed. All invented. */
const villagers = [
  { name: '示例·赵到龄', ageMonths: 721, monthsPaid: 168 },
  { name: '示例·钱缴满', ageMonths: 745, monthsPaid: 160 },
  { name: '示例·孙欠缴', ageMonths: 724, monthsPaid: 60 },
  { name: '示例·李将满', ageMonths: 718, monthsPaid: 165 },
]

/** Every region's fund, and in Gansu villagers who have reached the age or soon will: the first look of the day finds whoever is due. */
export async function seed({ node, run }: DemoWorld): Promise<void> {
  if (node.region === nationCode) return
  await run(async (work) => {
    const opening = { key: 'resident-pension-opening', kind: 'opening', on: '2026-01-01' } as const
    await bookIncome(work, { ...opening, amountFen: 500_000_000 })
    if (node.region === '620000') for (const [nth, one] of villagers.entries()) await settleIn(work, one, nth)
  })
}

async function settleIn(work: Work, { name, ageMonths, monthsPaid }: (typeof villagers)[number], nth: number) {
  const agency = '620100'
  const idNumber = makeSyntheticIdNumber({
    region: '620123',
    birthOn: addMonths(work.today, -ageMonths),
    sequence: 2 * nth + 1,
  })
  const { personId } = await registerPerson(work, { idNumber, name, homeRegion: '620123', agency })
  const bank = { name: '示例银行', accountNumber: `8866${String(nth + 1).padStart(8, '0')}` }
  await issueCard(work, { personId, number: `T62JM${String(nth + 1).padStart(5, '0')}`, outlet: '示例服务网点', bank })
  const enrolment = { poolingArea: 'resident_pension:620000', agency, from: '2012-07-01' }
  await enrol(work, { personId, insurance: 'resident_pension', ...enrolment })
  await recordPersonContributions(
    work,
    Array.from({ length: monthsPaid }, (_, back) => {
      const month = monthOf(addMonths(work.today, -back - Math.max(2, ageMonths - 719)))
      return {
        personId,
        insurance: 'resident_pension' as const,
        month,
        employerId: null,
        baseFen: 2_500,
        paidOn: `${month}-20`,
      }
    }),
  )
}

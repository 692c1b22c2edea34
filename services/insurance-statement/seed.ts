import { enrolmentsOf, recordPersonContributions } from '../../people/door.ts'
import type { DemoWorld } from '../contract.ts'

/** Whose months the demo world shows, by region. */
const shown: Readonly<Record<string, string>> = { '320000': 'person:li-na', '620000': 'person:ma-jun' }

/** A year and a half of pension months for one resident of the stories, paid by the employer of their enrolment. */
export async function seedMonths({ node, idOf, run }: DemoWorld): Promise<void> {
  const name = shown[node.region]
  if (name === undefined) return
  const personId = idOf(name)
  await run(async (work) => {
    const [enrolment] = await enrolmentsOf(work, personId, { insurance: 'pension', on: work.today }, 'demo')
    if (!enrolment) return
    const months = ['2024', '2025'].flatMap((year) =>
      Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`),
    )
    await recordPersonContributions(
      work,
      months.slice(6).map((month) => ({
        ...{ personId, insurance: 'pension' as const, month, employerId: enrolment.employerId },
        ...{ baseFen: month < '2025-07' ? 720_000 : 756_000, paidOn: `${month}-20` },
      })),
    )
  })
}

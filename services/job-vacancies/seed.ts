import { addDays } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import type { DemoWorld } from '../contract.ts'
import { publishVacancy } from './vacancies.ts'

/** The employer whose vacancies the demo world shows, by region, and where the work is. */
const places: Readonly<Record<string, { employer: string; place: string }>> = {
  '320000': { employer: 'employer:nanjing-employer-1', place: '320102' },
  '620000': { employer: 'employer:lanzhou-employer-1', place: '620102' },
  '650000': { employer: 'employer:urumqi-employer-1', place: '650102' },
}

const jobs = [
  { title: '数控车工', work: '操作数控车床，两班制，包午餐', payFromFen: 600_000, payToFen: 850_000, openings: 5 },
  {
    title: '养老护理员',
    work: '照护失能老人，有技能等级证书的优先',
    payFromFen: 450_000,
    payToFen: 600_000,
    openings: 8,
  },
  { title: '仓库管理员', work: '收发货、盘点，会用表格软件', payFromFen: 420_000, payToFen: 520_000, openings: 2 },
]

/** Three made-up vacancies of one employer of each region. */
export async function seedVacancies({ node, idOf, run }: DemoWorld, rulebook: Rulebook): Promise<void> {
  const found = places[node.region]
  if (!found) return
  const employerId = idOf(found.employer)
  await run(async (work) => {
    const expiresOn = addDays(work.today, 60)
    for (const job of jobs) {
      await publishVacancy(work, rulebook, { employerId, vacancy: { ...job, place: found.place, expiresOn } })
    }
  })
}

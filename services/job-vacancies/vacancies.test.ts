import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite, type SiteEmployer } from '../../benefits/testing.ts'
import { type Actor, readMigrations } from '../../ground/door.ts'
import { setEmployerStatus } from '../../people/door.ts'
import { service } from './service.ts'
import {
  closeVacancy,
  findVacancies,
  importVacancies,
  publishVacancy,
  type VacancySearch,
  vacanciesOf,
} from './vacancies.ts'
import { discriminates } from './wording.ts'

let site: BenefitSite
let factory: SiteEmployer

beforeAll(async () => {
  const migrations = [await readMigrations('svc_job_vacancies', new URL('./migrations/', import.meta.url))]
  site = await benefitSite({
    region: '130000',
    on: '2026-05-11',
    service: { ...service, create: () => ({ flows: [] }) },
    migrations,
  })
  factory = await site.employer()
})
afterAll(() => site.close())

const job = {
  ...{ title: '数控车工', work: '操作数控车床', place: '130102', openings: 2 },
  ...{ payFromFen: 600_000, payToFen: 850_000, expiresOn: '2026-06-30' },
}
const publish = (changes: Partial<typeof job> = {}, employer = factory, actor: Actor = employer.actor) =>
  site.run(
    (work) => publishVacancy(work, site.rulebook, { employerId: employer.employerId, vacancy: { ...job, ...changes } }),
    actor,
  )
const find = async (search: VacancySearch) =>
  (await site.run((work) => findVacancies(work, search), { kind: 'public' })).map(({ vacancyId }) => vacancyId)

describe('vacancies (B1.05)', () => {
  it.each(['数控', '车工', 'shukong', 'SHUKONGCHEGONG', 'skcg', 'shu kong'])(
    'B1.05: anybody finds one by %s',
    async (text) => {
      const id = await publish()
      expect(await find({ text })).toContain(id)
      expect(await find({ text: 'huliyuan' })).not.toContain(id)
    },
  )

  it('by the place, and by whether the pay reaches what one wants', async () => {
    const id = await publish()
    expect(await find({ place: '130000' })).toContain(id)
    expect(await find({ place: '130200' })).not.toContain(id)
    expect(await find({ payFromFen: 850_000 })).toContain(id)
    expect(await find({ payFromFen: 850_001 })).not.toContain(id)
  })

  it('until its last day, and not once it is closed', async () => {
    const id = await publish({ expiresOn: '2026-05-20' })
    site.moveTo('2026-05-20')
    expect(await find({})).toContain(id)
    site.moveTo('2026-05-21')
    expect(await find({})).not.toContain(id)
    site.moveTo('2026-05-11')
    const filled = await publish()
    await site.run((work) => closeVacancy(work, filled, 'filled'), factory.actor)
    expect(await find({})).not.toContain(filled)
    await expect(site.run((work) => closeVacancy(work, filled, 'filled'), factory.actor)).rejects.toMatchObject({
      code: 'vacancy_closed_before',
    })
    const own = await site.run((work) => vacanciesOf(work, { employerId: factory.employerId }), factory.actor)
    expect(own.find(({ vacancyId }) => vacancyId === filled)).toMatchObject({ closed: 'filled' })
  })

  it('is closed by nobody but its employer and the agency', async () => {
    const id = await publish()
    const other = await site.employer()
    await expect(site.run((work) => closeVacancy(work, id, 'withdrawn'), other.actor)).rejects.toMatchObject({
      code: '42501',
    })
    await site.run(async (work) => closeVacancy(work, id, 'withdrawn'), await site.officer('accept'))
  })

  it.each([
    ['限男性', true],
    ['仅女', true],
    ['女士优先', true],
    ['限汉族', true],
    ['已婚已育', true],
    ['有技能等级证书的优先', false],
    ['操作数控车床，男女不限', false],
  ])('words that shut people out: %s', (text, found) => {
    expect(discriminates(text)).toBe(found)
  })

  it('refuses those words, employers that are gone, and what would stand too long', async () => {
    await expect(publish({ work: '操作车床，限男性' })).rejects.toMatchObject({
      code: 'discriminating_words',
      clause: 'HRM.24',
    })
    await expect(publish({ expiresOn: '2026-08-10' })).rejects.toMatchObject({ code: 'open_too_long' })
    await publish({ expiresOn: '2026-08-09' })
    await expect(publish({ expiresOn: '2026-05-10' })).rejects.toMatchObject({ code: 'bad_input' })
    const gone = await site.employer()
    await site.run((work) => setEmployerStatus(work, gone.employerId, 'deregistered'))
    await expect(publish({}, gone)).rejects.toMatchObject({ code: 'employer_not_active' })
  })

  it('are imported all or nothing, with every wrong row told', async () => {
    const row = {
      ...{ creditCode: factory.creditCode, title: '保洁员', work: '打扫厂区', place: '130102' },
      ...{ payFrom: '3,200', payTo: '3800.50', openings: '3', expiresOn: '2026-06-30' },
    }
    const load = async (rows: Array<typeof row>) =>
      site.run((work) => importVacancies(work, site.rulebook, rows), await site.officer('accept'))
    await expect(load([row, { ...row, payTo: '3000' }, { ...row, creditCode: 'X' }])).rejects.toMatchObject({
      problems: [{ path: 'rows[1].payToFen' }, { path: 'rows[2].creditCode' }],
    })
    expect(await find({ text: 'baojieyuan' })).toEqual([])
    expect(await load([row, row])).toBe(2)
    expect(await find({ text: 'bjy' })).toHaveLength(2)
  })
})

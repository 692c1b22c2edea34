import { defineWords } from '../../../kit/door.ts'

/** This service's id, for the addresses of its operations. */
export const serviceId = 'job-vacancies'

/** A vacancy as the node tells it; pay is a month's, in fen. */
export type Vacancy = {
  vacancyId: string
  employerName: string
  title: string
  work: string
  place: string
  payFromFen: number
  payToFen: number
  openings: number
  expiresOn: string
  closed: 'filled' | 'withdrawn' | null
}

/** Words that both portals say. */
export const vacancyWords = defineWords({
  job: { zh: '岗位', en: 'Job' },
  employer: { zh: '单位', en: 'Employer' },
  work: { zh: '工作内容', en: 'The work' },
  place: { zh: '工作地点', en: 'Place' },
  pay: { zh: '月薪（元）', en: 'Pay a month (CNY)' },
  openings: { zh: '招 {count} 人', en: '{count} wanted' },
  until: { zh: '{on} 截止', en: 'until {on}' },
})

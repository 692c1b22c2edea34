import type { BenefitField } from '../../benefits/door.ts'

const seeksWork: BenefitField = { name: 'seeksWork', kind: 'flag', required: true }
const womanCategory: BenefitField = {
  name: 'womanCategory',
  kind: 'choice',
  options: ['woman_55', 'woman_50'],
  required: true,
}

/** What is asked of a claimant: registers hold the rest. Only women had two retirement ages, by a post that no register knows. */
export function claimFields(sex: 'male' | 'female'): BenefitField[] {
  return sex === 'female' ? [seeksWork, womanCategory] : [seeksWork]
}

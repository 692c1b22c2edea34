import type { StandingForm } from '../../../kit/door.ts'
import { useOptions } from './words.ts'

/** What is asked of a spending, once its payment is chosen. */
export const useForm: StandingForm = {
  service: 'employment-fund-checks',
  flow: 'fund-use',
  opens: 'declare',
  fields: [
    { name: 'use', kind: 'choice', options: [...useOptions], required: true },
    { name: 'spentFen', kind: 'money', required: true },
    { name: 'spentOn', kind: 'date', required: true },
    { name: 'note', kind: 'text' },
  ],
}

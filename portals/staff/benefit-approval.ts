import { type BothLanguages, commonWords } from '../../kit/door.ts'
import { stepForm } from '../../kit/staff/door.ts'
import { benefitWords } from './benefit-words.ts'

/** The form of a second officer's word on what another drew up: an outcome in the words of the thing, and an opinion. */
export function approvalForm(outcomes: Readonly<Record<string, BothLanguages>>) {
  const options = Object.entries(outcomes).map(([value, label]) => ({ value, label }))
  return stepForm({
    fields: [
      { name: 'outcome', kind: 'choice', label: benefitWords.outcome, required: true, options },
      { name: 'opinion', kind: 'long_text', label: benefitWords.opinion, required: true },
    ],
    submitLabel: commonWords.submit,
  })
}

import { useTeller } from '../../../kit/door.ts'
import { type Field, flowPage } from '../../../kit/staff/door.ts'
import { useForm } from './form.ts'
import { useFundPayments, usePaymentInWords } from './payments.ts'
import { useOptions, useWords as words } from './words.ts'

/** Declared uses, and declaring one as an employer. */
export const page = flowPage(
  useForm.flow,
  {
    id: 'fund-uses',
    title: words.title,
    summary: words.summary,
    roles: ['employer_officer', 'audit', 'supervisor'],
    order: 72,
    path: '/fund-uses',
  },
  {
    opening: {
      roles: ['employer_officer'],
      useFields: useUseFields,
      toBody: (answers) => ({ answers }),
      step: 'declare',
    },
  },
)

/** The payments of the employer to choose from, and what was spent. */
function useUseFields(): readonly Field[] {
  const { data: payments = [] } = useFundPayments()
  const inWords = usePaymentInWords()
  const { tell } = useTeller(useForm.service)
  const same = (text: string) => ({ zh: text, en: text })
  return [
    {
      ...{ name: 'paidCaseId', kind: 'select', label: words.payment, required: true },
      options: payments.map((payment) => ({ value: payment.caseId, label: same(inWords(payment)) })),
    },
    {
      ...{ name: 'use', kind: 'choice', label: words.use, required: true },
      options: useOptions.map((value) => ({ value, label: same(tell(`choices.${value}`)) })),
    },
    { name: 'spentFen', kind: 'money', label: words.spent, required: true },
    { name: 'spentOn', kind: 'date', label: words.spentOn, required: true },
    { name: 'note', kind: 'long_text', label: words.note },
  ]
}

import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import {
  type CasePartProps,
  commonWords,
  defineWords,
  type StepFormProps,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { FactList, FieldsForm, Loaded, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'

const words = defineWords({
  opinion: { zh: '意见', en: 'Opinion' },
  bank: { zh: '经办银行', en: 'Bank' },
  contract: { zh: '合同编号', en: 'Contract' },
  lent: { zh: '放款金额', en: 'Lent' },
  lentOn: { zh: '放款日期', en: 'Lent on' },
  on: { zh: '日期', en: 'Day' },
  amount: { zh: '金额', en: 'Amount' },
  requested: { zh: '申请金额', en: 'Asked for' },
  purpose: { zh: '用途', en: 'For' },
  group: { zh: '人员类别', en: 'Group' },
  guaranteed: { zh: '担保金额', en: 'Guaranteed' },
})

const state = z.object({
  answers: z.nullable(z.object({ group: z.string(), requestedFen: z.number(), purpose: z.string() })),
  found: z.nullable(z.object({ guaranteedFen: z.number() })),
  loan: z.nullable(z.object({ contractNumber: z.string(), lentFen: z.number(), lentOn: z.string() })),
})

/** A guaranteed loan on its case page, with the forms of the agency and the bank. */
export const casePart: StaffCasePart = {
  flow: 'startup-loan',
  Facts: LoanFacts,
  stepForms: {
    guarantee: GuaranteeForm,
    lend: stepForm({
      fields: [
        { name: 'contractNumber', kind: 'text', label: words.contract, required: true },
        { name: 'lentFen', kind: 'money', label: words.lent, required: true },
        { name: 'lentOn', kind: 'date', label: words.lentOn, required: true },
      ],
      initial: ({ file }) => ({ lentFen: state.safeParse(file.state).data?.found?.guaranteedFen ?? 0 }),
    }),
    repay: stepForm({
      fields: [
        { name: 'on', kind: 'date', label: words.on, required: true },
        { name: 'amountFen', kind: 'money', label: words.amount, required: true },
      ],
    }),
    call: stepForm({
      fields: [
        { name: 'on', kind: 'date', label: words.on, required: true },
        { name: 'amountFen', kind: 'money', label: words.amount, required: true },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
      isDangerous: true,
    }),
  },
}

function GuaranteeForm({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const api = useApi()
  const banks = useQuery({
    queryKey: ['startup loan banks'],
    queryFn: () => api.get<{ banks: Array<{ bankId: string; name: string }> }>('/services/startup-loan/banks'),
  })
  return (
    <Loaded query={banks}>
      {({ banks: found }) => (
        <FieldsForm
          fields={[
            {
              name: 'bankId',
              kind: 'select',
              label: words.bank,
              required: true,
              options: found.map(({ bankId, name }) => ({ value: bankId, label: { zh: name, en: name } })),
            },
            { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
          ]}
          submitLabel={say(commonWords.submit)}
          isSubmitting={isTaking}
          onSubmit={take}
        />
      )}
    </Loaded>
  )
}

function LoanFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller('startup-loan')
  const { data } = state.safeParse(view.file.state)
  if (!data) return null
  const { answers, found, loan } = data
  return (
    <FactList
      facts={[
        { label: say(words.group), value: answers && tell(`choices.${answers.group}`) },
        { label: say(words.requested), value: answers && yuan(answers.requestedFen) },
        { label: say(words.purpose), value: answers?.purpose },
        { label: say(words.guaranteed), value: found && yuan(found.guaranteedFen) },
        { label: say(words.lent), value: loan && yuan(loan.lentFen) },
        { label: say(words.lentOn), value: loan && day(loan.lentOn) },
        { label: say(words.contract), value: loan?.contractNumber },
      ]}
    />
  )
}

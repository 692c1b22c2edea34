import { AnswerInWords } from '../answer-in-words.tsx'
import { answerIn } from '../form-answers.ts'
import { useTeller } from '../messages.ts'
import type { CasePartProps, ServicePage } from '../service-page.ts'
import { findStandingState, type StandingForm, useStandingInWords } from '../standing.tsx'
import { commonWords, defineWords } from '../words.ts'
import { FactList } from './fact-list.tsx'
import { useFieldsInWords } from './fields-in-words.ts'
import { flowPage } from './flow-page.tsx'
import type { StaffCasePart } from './staff-case-part.ts'
import { stepForm } from './step-form.tsx'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  granted: { zh: '通过', en: 'Grant' },
  refused: { zh: '不予通过', en: 'Refuse' },
  reason: { zh: '理由', en: 'Reason' },
  opinion: { zh: '意见', en: 'Opinion' },
  lastDay: { zh: '最后一天（空白为今天）', en: 'Last day (today where left empty)' },
})

/** The staff page of a standing: everybody's applications, and applying at the counter or as the employer. */
export function standingStaffPage(form: StandingForm, page: Omit<ServicePage, 'Component'>): ServicePage {
  const useFields = () => useFieldsInWords(form.service, form.flow)(form.fields)
  return flowPage(form.flow, page, {
    opening: {
      roles: ['accept', 'employer_officer'],
      forPerson: true,
      useFields,
      toBody: (answers) => ({ answers: { ...switchesLeftAlone(form), ...answers } }),
      step: 'apply',
    },
  })
}

/** The staff part of a standing's case page: what was answered and found, and the forms of its steps. */
export function standingStaffCase(form: StandingForm): StaffCasePart {
  const opinion = { name: 'opinion', kind: 'long_text', label: words.opinion, required: true } as const
  const outcome = (...values: Array<'accepted' | 'not_accepted' | 'granted' | 'refused'>) =>
    ({
      name: 'outcome',
      kind: 'choice',
      label: words.outcome,
      required: true,
      options: values.map((value) => ({ value, label: words[value] })),
    }) as const
  return {
    flow: form.flow,
    Facts: ({ view }) => <Facts view={view} form={form} />,
    stepForms: {
      accept: stepForm({
        fields: [
          outcome('accepted', 'not_accepted'),
          {
            name: 'reason',
            kind: 'long_text',
            label: words.reason,
            required: true,
            askedWhen: { field: 'outcome', is: ['not_accepted'] },
          },
        ],
        initial: () => ({ outcome: 'accepted' }),
      }),
      decide: stepForm({ fields: [opinion] }),
      determine: stepForm({ fields: [outcome('granted', 'refused'), opinion] }),
      end: stepForm({
        fields: [
          { name: 'reason', kind: 'long_text', label: words.reason, required: true },
          { name: 'to', kind: 'date', label: words.lastDay },
        ],
        submitLabel: commonWords.submit,
        isDangerous: true,
      }),
    },
  }
}

function Facts({ view, form }: CasePartProps & { form: StandingForm }) {
  const teller = useTeller(form.service)
  const told = useStandingInWords(view.file.state, form)
  const found = findStandingState(view.file.state)
  if (!found) return null
  return (
    <FactList
      facts={[
        ...form.fields.map((field) => ({
          label: teller.tell(`form.${form.flow}.${field.name}`),
          value: <AnswerInWords field={field} teller={teller} answer={answerIn(found.answers, field.name)} />,
        })),
        ...told,
      ]}
    />
  )
}

/** A switch that was left alone says no. */
function switchesLeftAlone({ fields }: StandingForm): Record<string, unknown> {
  return Object.fromEntries(fields.filter(({ kind }) => kind === 'flag').map(({ name }) => [name, false]))
}

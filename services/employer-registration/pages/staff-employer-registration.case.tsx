import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type CasePartProps, type Employer, RegionName, useApi, useSpeech } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { words } from './words.ts'

const registrationState = z.object({ creditCode: z.nullable(z.string()), employerId: z.nullable(z.string()) })

const industries = ['hazardous_chemicals', 'mining', 'construction', 'transport', 'machinery', 'other'] as const
const toRegister = { field: 'outcome', is: ['registered'] } as const

/** The employer that was registered, and the form of who checks the papers of one whom the shared data do not have. */
export const casePart: StaffCasePart = {
  flow: 'employer-registration',
  Facts: RegistrationFacts,
  stepForms: {
    decide: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: [
            { value: 'registered', label: words.registered },
            { value: 'refused', label: words.refused },
          ],
        },
        { name: 'name', kind: 'text', label: words.name, required: true, askedWhen: toRegister },
        { name: 'region', kind: 'region', label: words.place, required: true, askedWhen: toRegister },
        {
          name: 'industry',
          kind: 'choice',
          label: words.industry,
          required: true,
          askedWhen: toRegister,
          options: industries.map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
  },
}

function RegistrationFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const api = useApi()
  const { creditCode, employerId } = z.parse(registrationState, view.file.state)
  const employer = useQuery({
    queryKey: ['employer', employerId],
    queryFn: () => api.get<Employer>(`/employers/${employerId}`),
    enabled: employerId !== null,
  })
  const known = employer.data
  return (
    <FactList
      columns={2}
      facts={[
        { label: say(words.creditCode), value: creditCode },
        { label: say(words.name), value: known?.name },
        { label: say(words.place), value: known && <RegionName code={known.region} /> },
        {
          label: say(words.industry),
          value: known && say(words[industries.find((each) => each === known.industry) ?? 'other']),
        },
      ]}
    />
  )
}

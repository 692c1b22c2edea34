import { useQuery } from '@tanstack/react-query'
import { defineWords, type Enrolment, Link, type Person, useApi, useSpeech } from '../../kit/door.ts'
import { FactList, Loaded } from '../../kit/staff/door.ts'
import { usePersonFacts } from './person-facts.ts'
import { EnrolmentFacts } from './person-parts.tsx'

const words = defineWords({
  title: { zh: '登记簿所载（不再要求证明）', en: 'What the registers know (not asked again)' },
  more: { zh: '社保卡、代办授权和更多', en: 'Cards, authorities and more' },
})

/** The person of a case as the registers have them, beside what the application says. Looking is logged with the case's number. */
export function CasePerson({ personId, caseNumber }: { personId: string; caseNumber: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const factsOf = usePersonFacts()
  const person = useQuery({
    queryKey: ['person', personId, caseNumber],
    queryFn: () => api.get<Person>(`/people/${personId}`, { purpose: caseNumber }),
    staleTime: 60_000,
  })
  const enrolments = useQuery({
    queryKey: ['enrolments', personId, caseNumber],
    queryFn: () => api.get<{ items: Enrolment[] }>(`/people/${personId}/enrolments`, { purpose: caseNumber }),
    staleTime: 60_000,
  })
  return (
    <div className="staff-stack">
      <Loaded query={person}>
        {(shown) => <FactList title={say(words.title)} columns={1} facts={factsOf(shown)} />}
      </Loaded>
      <Loaded query={enrolments}>{({ items }) => <EnrolmentFacts enrolments={items} />}</Loaded>
      <Link to={`/people/${personId}`}>{say(words.more)}</Link>
    </div>
  )
}

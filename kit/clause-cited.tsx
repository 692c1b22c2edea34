import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from './api-types.ts'
import { ClauseText } from './clause-text.tsx'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { commonWords } from './words.ts'

type Messages = AnswerOf<'GET /messages/{language}'>

/** What people call a clause, and the service whose rules cite it; null where only the house does. */
export type CitedClause = { title: string; service: string | null }

/** A clause by its code, in the words of the service that is being read, of the house, or of any service that cites it. */
export function findCitedClause(
  { services, house }: Messages,
  code: string,
  readService?: string,
): CitedClause | undefined {
  const key = `clauses.${code}`
  const ids = Object.keys(services).toSorted(
    (one, other) => Number(other === readService) - Number(one === readService),
  )
  const id = ids.find((each) => services[each]?.[key] !== undefined)
  const own = id === undefined ? undefined : services[id]?.[key]
  const title = id === readService ? (own ?? house[key]) : (house[key] ?? own)
  if (title === undefined) return undefined
  return { title, service: id ?? null }
}

/** The clause that a refusal stands on as people cite it, with its text on demand; by its code alone where nobody has words for it. */
export function ClauseCited({ clause, service }: { clause: string; service?: string | undefined }) {
  const api = useApi()
  const { say, language } = useSpeech()
  const { data } = useQuery({
    queryKey: ['messages', language],
    queryFn: () => api.get<Messages>(`/messages/${language}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const cited = data && findCitedClause(data, clause, service)
  return (
    <div>
      {say(commonWords.clause)}: {cited ? `${cited.title}（${clause}）` : clause}
      {cited?.service && <ClauseText service={cited.service} clause={clause} />}
    </div>
  )
}

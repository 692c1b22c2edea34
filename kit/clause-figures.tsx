import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  title: { zh: '同一政策的目标和数据', en: 'Targets and figures of the same policy' },
  derived: { zh: '推算', en: 'derived' },
})

/** What texts tell of the policy that a clause is part of: its targets, figures with their qualifiers, and what is derived. Nothing where they tell nothing. */
export function ClauseFigures({ clause }: { clause: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const requirement = clause.split('.')[0]
  const isRequirement = /^[A-M]\d+\.\d+$/.test(clause)
  const targets = useQuery({
    queryKey: ['targets', { requirement }],
    queryFn: () => api.get<AnswerOf<'GET /registers/targets'>>('/registers/targets', { requirement }),
    enabled: isRequirement,
  })
  const figures = useQuery({
    queryKey: ['figures', { requirement }],
    queryFn: () => api.get<AnswerOf<'GET /registers/figures'>>('/registers/figures', { requirement }),
    enabled: isRequirement,
  })
  const lines = [
    ...(targets.data?.items ?? []).map((each) => ({ ...each, name: each.indicator, mark: say(each.period) })),
    ...(figures.data?.items ?? []).map((each) => ({ ...each, name: each.metric, mark: say(each.period) })),
    ...(figures.data?.derived ?? []).map((each) => ({ ...each, mark: say(words.derived) })),
  ]
  if (lines.length === 0) return null
  return (
    <div className="kit-note">
      <p className="kit-note-title">{say(words.title)}</p>
      <ul>
        {lines.map(({ id, name, shown, mark, requirement: source }) => (
          <li key={id}>
            {say(name)} <strong>{say(shown)}</strong>{' '}
            <span className="kit-quiet">
              {mark} · {source}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Button, Card, Select } from 'antd'
import {
  type AnswerOf,
  type CaseRow,
  defineWords,
  go,
  liveOn,
  type StepTaken,
  useAction,
  useApi,
  useBenefits,
  usePlace,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { CaseTable, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { CaseSummary } from './case-summary.tsx'

const words = defineWords({
  title: { zh: '免申即享与重算', en: 'Rounds and revisions' },
  summary: {
    zh: '从登记簿找出应享未享的对象，审批后逐户核发；参数变动后，把受影响的决定逐件重算。',
    en: 'Finds in the registers who is owed a benefit and has not applied; carries the change of a value through what was decided.',
  },
  what: { zh: '事项', en: 'What' },
  round: { zh: '{title} · 免申即享', en: '{title}: without an application' },
  revision: { zh: '{title} · 政策变动重算', en: '{title}: changed values' },
  none: { zh: '本地没有这样的事项', en: 'There is none here' },
  find: { zh: '筛查应享未享对象', en: 'Find who is owed it' },
  noRounds: { zh: '还没有筛查过', en: 'No round yet' },
  noRevisions: { zh: '还没有因参数变动而重算', en: 'No value has changed a decision yet' },
  about: { zh: '内容', en: 'About' },
})

type Benefits = AnswerOf<'GET /benefits'>
type Choice = { flow: string; kind: 'round' | 'revision'; title: Benefits['rounds'][number]['title'] }

/** The rounds of a benefit and the revisions of what was decided; which of them stands in the address. */
export function BenefitRoundsPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded
        query={useBenefits()}
        isEmpty={({ rounds, revisions }) => rounds.length + revisions.length === 0}
        emptyText={say(words.none)}
      >
        {({ rounds, revisions }) => (
          <Chosen
            choices={[
              ...rounds.map((each) => ({ ...each, kind: 'round' as const })),
              ...revisions.map((each) => ({ ...each, kind: 'revision' as const })),
            ]}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function Chosen({ choices }: { choices: readonly Choice[] }) {
  const { say } = useSpeech()
  const { query } = usePlace()
  const asked = query.get('flow')
  const shown = choices.find(({ flow }) => flow === asked) ?? choices[0]
  if (!shown) return null
  return (
    <>
      <Select
        aria-label={say(words.what)}
        className="staff-choice"
        value={shown.flow}
        onChange={(flow) => go(`/benefit-rounds?flow=${flow}`, { replace: true })}
        options={choices.map(({ flow, kind, title }) => ({
          value: flow,
          label: say(words[kind], { title: say(title) }),
        }))}
      />
      <RunList key={shown.flow} choice={shown} />
    </>
  )
}

function RunList({ choice: { flow, kind, title } }: { choice: Choice }) {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const runs = useQuery({
    queryKey: ['runs', flow],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow, limit: 50 }),
    meta: liveOn('cases'),
  })
  const find = useAction((_: undefined, key) => api.post<StepTaken>('/cases', { flow, body: {} }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  return (
    <Card
      size="small"
      title={say(words[kind], { title: say(title) })}
      extra={
        kind === 'round' &&
        acting.role === 'review' && (
          <Button type="primary" loading={find.isPending} onClick={() => find.mutate(undefined)}>
            {say(words.find)}
          </Button>
        )
      }
    >
      <div className="staff-stack">
        <ProblemAlert error={find.error} />
        <Loaded query={runs}>
          {({ items }) => (
            <CaseTable
              rows={items}
              emptyText={say(kind === 'round' ? words.noRounds : words.noRevisions)}
              extra={[{ title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> }]}
            />
          )}
        </Loaded>
      </div>
    </Card>
  )
}

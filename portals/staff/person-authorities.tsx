import { useQuery } from '@tanstack/react-query'
import { Button, Card, Popconfirm } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  type Authority,
  authorityEvidence,
  authorityRelations,
  authorityScopes,
  defineWords,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  wordOf,
} from '../../kit/door.ts'
import {
  DataTable,
  dayColumn,
  type Field,
  FieldsForm,
  type FieldValues,
  Loaded,
  ProblemAlert,
} from '../../kit/staff/door.ts'

const words = defineWords({
  agent: { zh: '代办人', en: 'Who acts' },
  employer: { zh: '单位', en: 'the employer' },
  relation: { zh: '关系', en: 'Relation' },
  scope: { zh: '范围', en: 'May' },
  evidence: { zh: '依据', en: 'Evidence' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  none: { zh: '没有授权任何人代办', en: 'Nobody may act for them' },
  record: { zh: '登记代办授权', en: 'Record an authority' },
  bothHere: {
    zh: '两人带身份证到场，或本人签了委托书。本人在手机上能看到这一条，也能随时收回。',
    en: 'Both are here with their identity cards, or the person has signed an entrustment. The person sees it on their phone, and can withdraw it at any time.',
  },
  name: { zh: '代办人姓名', en: 'Name of the one who acts' },
  idNumber: { zh: '代办人身份证号', en: 'Their identity number' },
  noEnd: { zh: '不填为长期', en: 'empty: without an end' },
  beyond: { zh: '除办事、看办件外，还可以', en: 'Beyond applying and following cases' },
  end: { zh: '终止', en: 'End' },
  sureEnd: { zh: '马上终止这项代办授权？', en: 'End this authority at once?' },
})

const optionsOf = (table: Record<string, { zh: string; en: string }>, codes: readonly string[]) =>
  codes.flatMap((value) => {
    const label = table[value]
    return label ? [{ value, label }] : []
  })

const fields: Field[] = [
  { name: 'agentName', kind: 'text', label: words.name, required: true },
  { name: 'agentIdNumber', kind: 'identity', label: words.idNumber, required: true },
  {
    name: 'relation',
    kind: 'choice',
    label: words.relation,
    required: true,
    options: optionsOf(authorityRelations, ['relative', 'guardian', 'entrusted']),
  },
  {
    name: 'evidence',
    kind: 'select',
    label: words.evidence,
    required: true,
    options: optionsOf(
      authorityEvidence,
      Object.keys(authorityEvidence).filter((code) => code !== 'given_online'),
    ),
  },
  { name: 'beyond', kind: 'choices', label: words.beyond, options: optionsOf(authorityScopes, ['records', 'card']) },
  { name: 'to', kind: 'date', label: words.to, help: words.noEnd },
]

/** Who may act for a person and how far; whoever accepts at the counter records one by the identity card that is shown, and ends one at once. */
export function PersonAuthorities({ personId, purpose }: { personId: string; purpose: string }) {
  const api = useApi()
  const speech = useSpeech()
  const { say } = speech
  const { acting } = useSignedIn()
  const isClerk = acting.role === 'accept'
  const authorities = useQuery({
    queryKey: ['authorities-of', personId],
    queryFn: () =>
      api.get<AnswerOf<'GET /people/{personId}/authorities'>>(`/people/${personId}/authorities`, { purpose }),
  })
  const end = useAction((authorityId: string, key) => api.post(`/authorities/${authorityId}/end`, undefined, key))
  return (
    <div className="staff-stack">
      <ProblemAlert error={end.error} />
      <Loaded query={authorities}>
        {({ items }) => (
          <DataTable<Authority>
            rowKey="authorityId"
            dataSource={items}
            emptyText={say(words.none)}
            columns={[
              { title: say(words.agent), key: 'agent', render: (_, { agentName }) => agentName ?? say(words.employer) },
              {
                title: say(words.relation),
                key: 'relation',
                render: (_, { relation }) => wordOf(authorityRelations, relation, say),
              },
              {
                title: say(words.scope),
                key: 'scope',
                render: (_, { scope }) => scope.map((each) => say(authorityScopes[each])).join('；'),
              },
              {
                title: say(words.evidence),
                key: 'evidence',
                render: (_, { evidence }) => wordOf(authorityEvidence, evidence, say),
              },
              dayColumn(say(words.from), ({ from }) => from, speech),
              dayColumn(say(words.to), ({ to }) => to, speech),
              {
                title: '',
                key: 'end',
                render: (_, { authorityId }) =>
                  isClerk && (
                    <Popconfirm title={say(words.sureEnd)} onConfirm={() => end.mutate(authorityId)}>
                      <Button size="small" danger>
                        {say(words.end)}
                      </Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {isClerk && <RecordAuthority personId={personId} />}
    </div>
  )
}

function RecordAuthority({ personId }: { personId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const [round, setRound] = useState(0)
  const record = useAction(
    ({ beyond, ...terms }: FieldValues, key) => {
      const scope = ['matters', ...(Array.isArray(beyond) ? beyond : [])]
      return api.post(`/people/${personId}/authorities`, { ...terms, scope }, key)
    },
    { onSuccess: () => setRound(round + 1) },
  )
  return (
    <Card size="small" title={say(words.record)} style={{ maxWidth: 720 }}>
      <p className="staff-quiet">{say(words.bothHere)}</p>
      <FieldsForm
        key={round}
        fields={fields}
        submitLabel={say(words.record)}
        isSubmitting={record.isPending}
        onSubmit={(values) => record.mutate(values)}
      />
      <ProblemAlert error={record.error} />
    </Card>
  )
}

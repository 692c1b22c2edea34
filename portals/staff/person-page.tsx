import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm, Space, Tabs } from 'antd'
import {
  type AccessEntry,
  type Card,
  type CaseRow,
  defineWords,
  type Enrolment,
  type Person,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { CaseTable, DataTable, dayColumn, FactList, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { AccessLogTable } from './access-log-table.tsx'
import { CaseSummary } from './case-summary.tsx'
import { PersonAuthorities } from './person-authorities.tsx'
import { usePersonFacts } from './person-facts.ts'
import { PersonEnrolments } from './person-parts.tsx'

const words = defineWords({
  purpose: { zh: '窗口业务办理', en: 'Counter service' },
  cases: { zh: '办件', en: 'Cases' },
  about: { zh: '内容', en: 'About' },
  cards: { zh: '社保卡', en: 'Cards' },
  enrolments: { zh: '参保', en: 'Enrolments' },
  authorities: { zh: '代办授权', en: 'Authorities' },
  access: { zh: '访问记录', en: 'Access log' },
  number: { zh: '卡号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  issued: { zh: '发卡日期', en: 'Issued' },
  eCard: { zh: '电子社保卡', en: 'E-card' },
  none: { zh: '无', en: 'none' },
  active: { zh: '正常', en: 'active' },
  lost: { zh: '已挂失', en: 'lost' },
  replaced: { zh: '已换发', en: 'replaced' },
  cancelled: { zh: '已注销', en: 'cancelled' },
  suspended: { zh: '已停用', en: 'suspended' },
  reportLost: { zh: '挂失', en: 'Report lost' },
  reportFound: { zh: '解除挂失', en: 'Found again' },
  sureLost: { zh: '挂失后电子社保卡同时停用。确定挂失？', en: 'The e-card stops with it. Report the card lost?' },
})

/** A person: register facts, cases, cards, enrolments, who may act for them and, for auditors, who looked at the data. */
export function PersonPage({ params }: { params: Record<string, string> }) {
  const api = useApi()
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const factsOf = usePersonFacts()
  const personId = params.personId ?? ''
  const purpose = say(words.purpose)
  const person = useQuery({
    queryKey: ['person', personId, 'counter'],
    queryFn: () => api.get<Person>(`/people/${personId}`, { purpose }),
  })
  const seesLog = ['audit', 'supervisor', 'control'].includes(acting.role ?? '')
  return (
    <Loaded query={person}>
      {(shown) => (
        <StaffPage title={shown.name}>
          <FactList facts={factsOf(shown)} />
          <Tabs
            destroyOnHidden
            items={[
              { key: 'cases', label: say(words.cases), children: <CasesOfPerson personId={personId} /> },
              {
                key: 'cards',
                label: say(words.cards),
                children: <CardsOfPerson personId={personId} purpose={purpose} />,
              },
              {
                key: 'enrolments',
                label: say(words.enrolments),
                children: <EnrolmentsOfPerson personId={personId} purpose={purpose} />,
              },
              {
                key: 'authorities',
                label: say(words.authorities),
                children: <PersonAuthorities personId={personId} purpose={purpose} />,
              },
              ...(seesLog
                ? [{ key: 'access', label: say(words.access), children: <AccessOfPerson personId={personId} /> }]
                : []),
            ]}
          />
        </StaffPage>
      )}
    </Loaded>
  )
}

type PartProps = { personId: string; purpose: string }

function CasesOfPerson({ personId }: { personId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const cases = useQuery({
    queryKey: ['cases-of', personId],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { personId, limit: 200 }),
  })
  return (
    <Loaded query={cases}>
      {({ items }) => (
        <CaseTable
          rows={items}
          extra={[{ title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> }]}
        />
      )}
    </Loaded>
  )
}

function CardsOfPerson({ personId, purpose }: PartProps) {
  const api = useApi()
  const speech = useSpeech()
  const { say } = speech
  const { acting } = useSignedIn()
  const cards = useQuery({
    queryKey: ['cards-of', personId],
    queryFn: () => api.get<{ items: Card[] }>(`/people/${personId}/cards`, { purpose }),
  })
  const report = useAction(({ cardId, change }: { cardId: string; change: 'lost' | 'found' }, key) =>
    api.post(`/cards/${cardId}/${change}`, undefined, key),
  )
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <ProblemAlert error={report.error} />
      <Loaded query={cards}>
        {({ items }) => (
          <DataTable<Card>
            rowKey="cardId"
            dataSource={items}
            columns={[
              { title: say(words.number), dataIndex: 'number' },
              { title: say(words.state), key: 'state', render: (_, { state }) => say(words[state]) },
              dayColumn(say(words.issued), ({ issuedOn }) => issuedOn, speech),
              {
                title: say(words.eCard),
                key: 'eCard',
                render: (_, { eCard }) => (eCard ? say(words[eCard.state]) : say(words.none)),
              },
              {
                title: '',
                key: 'change',
                render: (_, { cardId, state }) => {
                  if (acting.role !== 'accept') return null
                  if (state === 'active') {
                    return (
                      <Popconfirm
                        title={say(words.sureLost)}
                        onConfirm={() => report.mutate({ cardId, change: 'lost' })}
                      >
                        <Button size="small" danger>
                          {say(words.reportLost)}
                        </Button>
                      </Popconfirm>
                    )
                  }
                  if (state !== 'lost') return null
                  return (
                    <Button size="small" onClick={() => report.mutate({ cardId, change: 'found' })}>
                      {say(words.reportFound)}
                    </Button>
                  )
                },
              },
            ]}
          />
        )}
      </Loaded>
    </Space>
  )
}

function EnrolmentsOfPerson({ personId, purpose }: PartProps) {
  const api = useApi()
  const enrolments = useQuery({
    queryKey: ['enrolments', personId, 'counter'],
    queryFn: () => api.get<{ items: Enrolment[] }>(`/people/${personId}/enrolments`, { purpose }),
  })
  return <Loaded query={enrolments}>{({ items }) => <PersonEnrolments enrolments={items} />}</Loaded>
}

function AccessOfPerson({ personId }: { personId: string }) {
  const api = useApi()
  const log = useQuery({
    queryKey: ['access-of', personId],
    queryFn: () => api.get<{ items: AccessEntry[] }>(`/people/${personId}/access-log`),
  })
  return <Loaded query={log}>{({ items }) => <AccessLogTable entries={items} />}</Loaded>
}

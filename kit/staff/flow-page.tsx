import { useQuery } from '@tanstack/react-query'
import type { TableColumnType } from 'antd'
import { Button, Card } from 'antd'
import { useState } from 'react'
import { useAction } from '../action.ts'
import type { CaseRow, Person, StepTaken } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { liveOn } from '../live-updates.tsx'
import { useApi } from '../node-context.tsx'
import { go } from '../router.tsx'
import type { ServicePage } from '../service-page.ts'
import { useSignedIn } from '../session.ts'
import { commonWords, defineWords } from '../words.ts'
import { CaseTable } from './case-table.tsx'
import { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'
import { PersonSearch } from './person-search.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { StaffPage } from './staff-page.tsx'

const words = defineWords({
  begin: { zh: '新办一件', en: 'Begin a new one' },
  who: { zh: '给谁办', en: 'For whom' },
  change: { zh: '换人', en: 'Another person' },
  none: { zh: '还没有办件', en: 'None yet' },
})

/** How a case of a flow is begun from its page: which roles, for a person whom the counter chooses or not, and what is asked. */
export type FlowOpening = {
  roles: readonly string[]
  /** The counter chooses the person first; their id is the body's `partyId`. */
  forPerson?: true
  /** The fields, also where they come as a hook of the reader's words. */
  useFields: () => readonly Field[]
  toBody: (values: FieldValues) => Record<string, unknown>
  step: string
}

/** A staff page of the cases of one flow: the list, and a form that begins another where the role may. */
export function flowPage(
  flow: string,
  page: Omit<ServicePage, 'Component'>,
  parts: { opening?: FlowOpening; useColumns?: () => Array<TableColumnType<CaseRow>> } = {},
): ServicePage {
  return { ...page, Component: () => <FlowPage flow={flow} page={page} {...parts} /> }
}

type FlowPageProps = {
  flow: string
  page: Omit<ServicePage, 'Component'>
  opening?: FlowOpening
  useColumns?: () => Array<TableColumnType<CaseRow>>
}

const noColumns = () => []

function FlowPage({ flow, page, opening, useColumns = noColumns }: FlowPageProps) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const api = useApi()
  const columns = useColumns()
  const found = useQuery({
    queryKey: ['cases', { flow }],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow, limit: 100 }),
    meta: liveOn('cases'),
  })
  return (
    <StaffPage title={say(page.title)} {...(page.summary && { summary: say(page.summary) })}>
      {opening?.roles.includes(acting.role) && <Opening flow={flow} page={page} opening={opening} />}
      <ProblemAlert error={found.error} />
      <CaseTable
        rows={found.data?.items ?? []}
        isLoading={found.isPending}
        extra={columns}
        emptyText={say(words.none)}
      />
    </StaffPage>
  )
}

function Opening({ flow, page, opening }: FlowPageProps & { opening: FlowOpening }) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const [person, setPerson] = useState<Person>()
  const needsPerson = opening.forPerson && acting.kind === 'staff'
  return (
    <Card
      size="small"
      title={person ? `${say(words.who)}: ${person.name} ${person.idNumberMasked}` : say(words.begin)}
      extra={person && <Button onClick={() => setPerson(undefined)}>{say(words.change)}</Button>}
    >
      {needsPerson && !person ? (
        <PersonSearch purpose={say(page.title)} onChoose={setPerson} />
      ) : (
        <OpeningForm flow={flow} opening={opening} partyId={person?.personId} />
      )}
    </Card>
  )
}

function OpeningForm({ flow, opening, partyId }: { flow: string; opening: FlowOpening; partyId: string | undefined }) {
  const { say } = useSpeech()
  const api = useApi()
  const fields = opening.useFields()
  const open = useAction(
    (values: FieldValues, key) =>
      api.post<StepTaken>(
        '/cases',
        { flow, step: opening.step, body: { ...opening.toBody(values), ...(partyId !== undefined && { partyId }) } },
        key,
      ),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <>
      <FieldsForm
        fields={fields}
        submitLabel={say(commonWords.submit)}
        isSubmitting={open.isPending}
        onSubmit={(values) => open.mutate(values)}
      />
      <ProblemAlert error={open.error} />
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import { useState } from 'react'
import { useAction } from '../action.ts'
import { AnswerInWords } from '../answer-in-words.tsx'
import type { Person } from '../api-types.ts'
import { answerIn } from '../form-answers.ts'
import { useSpeech } from '../language.tsx'
import { useTeller } from '../messages.ts'
import { useApi } from '../node-context.tsx'
import { useMaterialInWords } from '../review-material.ts'
import { useReviewedInWords } from '../review-pages.tsx'
import { type Expert, findReviewed, type ReviewOfPages, useExperts, useReview } from '../reviews.ts'
import { findRuling } from '../ruling-reading.ts'
import type { CasePartProps, ServicePage, StepFormProps } from '../service-page.ts'
import { useSignedIn } from '../session.ts'
import { commonWords, defineWords } from '../words.ts'
import { dayColumn } from './columns.tsx'
import { DataTable } from './data-table.tsx'
import { FactList } from './fact-list.tsx'
import { type Field, FieldsForm } from './fields-form.tsx'
import { flowPage } from './flow-page.tsx'
import { Loaded } from './loaded.tsx'
import { PersonSearch } from './person-search.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { RulingPanel } from './ruling-panel.tsx'
import type { StaffCasePart } from './staff-case-part.ts'
import { StaffPage } from './staff-page.tsx'
import { stepForm } from './step-form.tsx'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  unfounded: { zh: '异议不属实', en: 'Not confirmed' },
  founded: { zh: '异议属实，不通过', en: 'Confirmed: does not pass' },
  revoked: { zh: '撤销', en: 'Withdraw' },
  kept: { zh: '保留', en: 'Keep' },
  granted: { zh: '通过', en: 'Pass' },
  not_granted: { zh: '不通过', en: 'Do not pass' },
  reason: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  opinion: { zh: '审查意见', en: 'Opinion' },
  reasons: { zh: '理由', en: 'Reasons' },
  favour: { zh: '赞成票', en: 'Votes in favour' },
  against: { zh: '反对票', en: 'Votes against' },
  abstained: { zh: '弃权票', en: 'Abstentions' },
  round: { zh: '转入哪个批次', en: 'Into which round' },
  knownNow: { zh: '登记簿现在所载', en: 'What the registers hold now' },
  knownThen: { zh: '审查时登记簿所载', en: 'What the registers held when it was checked' },
  experts: { zh: '专家库', en: 'Experts' },
  person: { zh: '姓名', en: 'Name' },
  from: { zh: '入库', en: 'Since' },
  ended: { zh: '出库', en: 'Until' },
  add: { zh: '专家入库', en: 'Enter an expert' },
  groups: { zh: '可评组别', en: 'Groups' },
  end: { zh: '出库', en: 'End' },
})

function outcomeField(...values: Array<keyof typeof words>): Field {
  const options = values.map((value) => ({ value, label: words[value] }))
  return { name: 'outcome', kind: 'choice', label: words.outcome, required: true, options }
}

const reasonsField: Field = { name: 'reasons', kind: 'long_text', label: words.reasons, required: true }
const voteFields = (['favour', 'against', 'abstained'] as const).map(
  (name): Field => ({ name: `votes.${name}`, kind: 'count', label: words[name], required: true }),
)

/** The staff page of a review's applications. */
export function reviewCasesPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return flowPage(review.flow, page)
}

/** An application on its case page: what was answered, what became of it, and the forms of its steps. */
export function reviewedStaffCase(review: ReviewOfPages): StaffCasePart {
  return {
    flow: review.flow,
    Facts: ({ view }) => <ReviewedFacts view={view} review={review} />,
    // What ends a title is done on request only, and so is moving to another round.
    nextStep: ({ file: { status } }) =>
      status === 'submitted' ? 'accept' : status === 'granted' || status === 'admitted' ? null : undefined,
    stepForms: {
      accept: stepForm({
        fields: [
          outcomeField('accepted', 'not_accepted'),
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
      check: stepForm({ fields: [{ name: 'opinion', kind: 'long_text', label: words.opinion, required: true }] }),
      moveRound: (props) => <MoveForm {...props} review={review} />,
      settleChallenge: stepForm({ fields: [outcomeField('unfounded', 'founded'), reasonsField] }),
      decideAgain: stepForm({ fields: [outcomeField('granted', 'not_granted'), reasonsField, ...voteFields] }),
      doubt: stepForm({ fields: [reasonsField], isDangerous: true }),
      settleDoubt: stepForm({ fields: [outcomeField('revoked', 'kept'), reasonsField], isDangerous: true }),
    },
  }
}

function MoveForm({ review, take, isTaking }: StepFormProps & { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const terms = useReview(review)
  const options =
    terms.data?.rounds.map(({ roundId, name }) => ({ value: roundId, label: { zh: name, en: name } })) ?? []
  return (
    <FieldsForm
      fields={[{ name: 'roundId', kind: 'choice', label: words.round, required: true, options }]}
      submitLabel={say(commonWords.submit)}
      isSubmitting={isTaking}
      onSubmit={take}
    />
  )
}

function ReviewedFacts({ view, review }: CasePartProps & { review: ReviewOfPages }) {
  const teller = useTeller(review.service)
  const terms = useReview(review)
  const known = useReviewedInWords(view.file.state, review)
  const state = findReviewed(view.file.state)
  if (!state) return null
  return (
    <div className="staff-stack">
      <FactList
        columns={1}
        facts={[
          ...(terms.data?.fields ?? []).map((field) => ({
            label: teller.tell(`form.${review.flow}.${field.name}`),
            value: <AnswerInWords field={field} teller={teller} answer={answerIn(state.answers, field.name)} />,
          })),
          ...known,
        ]}
      />
      <FoundFacts caseId={view.file.id} seq={view.file.seq} service={review.service} />
    </div>
  )
}

type Found = { decided: boolean; facts: Record<string, unknown>; ruling: unknown }

/** What the registers hold of the applicant, and the ruling: now, or as the application was checked by it. */
function FoundFacts({ caseId, seq, service }: { caseId: string; seq: number; service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const inWords = useMaterialInWords(service)
  const found = useQuery({
    queryKey: ['review found', caseId, seq],
    queryFn: () => api.get<Found>(`/services/${service}/review/applications/${caseId}`),
    staleTime: 60_000,
  })
  return (
    <Loaded query={found}>
      {({ decided, facts, ruling: told }) => {
        const ruling = findRuling(told)
        return (
          <>
            <FactList title={say(words[decided ? 'knownThen' : 'knownNow'])} columns={1} facts={inWords(facts)} />
            {ruling && <RulingPanel ruling={ruling} service={service} isFolded={ruling.outcome === 'granted'} />}
          </>
        )
      }}
    </Loaded>
  )
}

/** The organiser's page of experts: who may be drawn, entering and ending. */
export function reviewExpertsPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return { ...page, Component: () => <ExpertsPage review={review} page={page} /> }
}

function ExpertsPage({ review, page }: { review: ReviewOfPages; page: Omit<ServicePage, 'Component'> }) {
  const speech = useSpeech()
  const { say } = speech
  const { tell } = useTeller(review.service)
  const { acting } = useSignedIn()
  const api = useApi()
  const experts = useExperts(review)
  const end = useAction((expertId: string, key) =>
    api.post(`/services/${review.service}/review/experts/end`, { expertId, reason: say(words.end) }, key),
  )
  return (
    <StaffPage title={say(page.title)}>
      {acting.role === 'review' && <NewExpert review={review} />}
      <ProblemAlert error={end.error} />
      <Loaded query={experts}>
        {({ items }) => (
          <DataTable<Expert>
            rowKey="expertId"
            dataSource={items}
            columns={[
              { title: say(words.person), dataIndex: 'name' },
              {
                title: say(words.groups),
                key: 'groups',
                render: (_, { groups }) => groups.map((group) => tell(`choices.${group}`)).join(' · '),
              },
              dayColumn(say(words.from), ({ from }) => from, speech),
              dayColumn(say(words.ended), ({ endedOn }) => endedOn, speech),
              {
                title: '',
                key: 'end',
                render: (_, { expertId, endedOn }) =>
                  acting.role === 'review' &&
                  endedOn === null && (
                    <Button type="link" danger onClick={() => end.mutate(expertId)}>
                      {say(words.end)}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function NewExpert({ review }: { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const { tell } = useTeller(review.service)
  const { today } = useSignedIn()
  const api = useApi()
  const terms = useReview(review)
  const [person, setPerson] = useState<Person>()
  const enter = useAction(
    (body: { personId: string; groups: string[]; from: string }, key) =>
      api.post(`/services/${review.service}/review/experts`, body, key),
    { onSuccess: () => setPerson(undefined) },
  )
  const groups = terms.data?.groups ?? []
  return (
    <Card size="small" title={say(words.add)}>
      {person ? (
        <FieldsForm
          fields={groups.map((group): Field => ({ name: group, kind: 'flag', label: both(tell(`choices.${group}`)) }))}
          submitLabel={`${say(words.add)}: ${person.name}`}
          isSubmitting={enter.isPending}
          onSubmit={(values) =>
            enter.mutate({
              personId: person.personId,
              groups: groups.filter((group) => values[group] === true),
              from: today,
            })
          }
        />
      ) : (
        <PersonSearch purpose={say(words.add)} onChoose={setPerson} />
      )}
      <ProblemAlert error={enter.error} />
    </Card>
  )
}

function both(text: string) {
  return { zh: text, en: text }
}

import { useQuery } from '@tanstack/react-query'
import { Alert, Tag } from 'antd'
import * as z from 'zod/mini'
import type { CaseRow } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { liveOn } from '../live-updates.tsx'
import { useTeller } from '../messages.ts'
import { useApi } from '../node-context.tsx'
import { type Expert, type ReviewOfPages, reviewWords, useExperts } from '../reviews.ts'
import type { CasePartProps, ServicePage, StepFormProps } from '../service-page.ts'
import { commonWords, defineWords } from '../words.ts'
import { DataTable } from './data-table.tsx'
import { FactList } from './fact-list.tsx'
import { type Field, FieldsForm } from './fields-form.tsx'
import { flowPage } from './flow-page.tsx'
import type { StaffCasePart } from './staff-case-part.ts'
import { stepForm } from './step-form.tsx'

const words = defineWords({
  name: { zh: '批次名称', en: 'Name of the round' },
  entries: { zh: '参评', en: 'Entries' },
  missing: { zh: '还缺评分', en: 'Scores missing' },
  conflicted: { zh: '须更换（抽取后应回避）', en: 'To be replaced, must not judge any more' },
  allIn: { zh: '评分已齐，可以启封。', en: 'All scores are in; they can be opened.' },
  committee: { zh: '评审专家', en: 'Committee' },
  seated: {
    zh: '{names}（{count} 人在席，{excluded} 人回避；抽取种子 {seed}）',
    en: '{names} ({count} sit, {excluded} were left out; seed of the draw {seed})',
  },
  places: { zh: '名额', en: 'Places' },
  code: { zh: '编号', en: 'Code' },
  sum: { zh: '总分', en: 'Sum' },
  points: { zh: '各专家计分', en: 'Points of each reviewer' },
  standing: { zh: '结果', en: 'Standing' },
  passed: { zh: '通过', en: 'passes' },
  tied: { zh: '同分待评议', en: 'tied' },
  not_passed: { zh: '未通过', en: 'does not pass' },
  below_minimum: { zh: '低于最低分', en: 'below the minimum' },
  reason: { zh: '理由', en: 'Reason' },
  expert: { zh: '更换哪名专家', en: 'Which reviewer' },
  passing: { zh: '{group}：同分中通过的编号（{count} 个）', en: '{group}: codes that pass among equals ({count})' },
  favour: { zh: '赞成票', en: 'Votes in favour' },
  against: { zh: '反对票', en: 'Votes against' },
  abstained: { zh: '弃权票', en: 'Abstentions' },
})

const roundState = z.object({
  name: z.string(),
  closesOn: z.string(),
  entries: z.record(z.string(), z.number()),
  draws: z.array(
    z.object({
      group: z.string(),
      seed: z.string(),
      excluded: z.array(z.unknown()),
      order: z.array(z.string()),
      seated: z.array(z.string()),
    }),
  ),
  rankings: z.array(
    z.object({
      group: z.string(),
      places: z.number(),
      placesLeft: z.number(),
      lines: z.array(
        z.object({
          code: z.string(),
          sum: z.number(),
          points: z.array(z.number()),
          standing: z.enum(['passed', 'tied', 'not_passed', 'below_minimum']),
        }),
      ),
    }),
  ),
})

const countWords = ['favour', 'against', 'abstained'] as const
const nameField: Field = { name: 'name', kind: 'text', label: words.name, required: true }
const closingField: Field = { name: 'closesOn', kind: 'date', label: reviewWords.closesOn, required: true }
const reasonField: Field = { name: 'reason', kind: 'long_text', label: words.reason, required: true }

/** The organiser's page of rounds: all of them, and announcing another. */
export function reviewRoundsPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return flowPage(`${review.flow}-round`, page, {
    opening: {
      roles: ['review'],
      useFields: () => [nameField, closingField],
      toBody: (values) => values,
      step: 'announce',
    },
    useColumns: () => {
      const { say, day } = useSpeech()
      return [
        { title: say(words.name), key: 'name', render: (_, { summary }: CaseRow) => summary.name },
        {
          title: say(reviewWords.closesOn),
          key: 'closesOn',
          className: 'staff-nowrap',
          render: (_, { summary }) => day(z.string().parse(summary.closesOn)),
        },
        { title: say(words.entries), key: 'entries', align: 'right', render: (_, { summary }) => summary.entries },
      ]
    },
  })
}

/** A round on its case page: how many entries, the draw, the lists, and the forms of its steps. */
export function reviewRoundCase(review: ReviewOfPages): StaffCasePart {
  return {
    flow: `${review.flow}-round`,
    Facts: ({ view }) => <RoundFacts view={view} review={review} />,
    nextStep: ({ file: { status } }) => (status === 'open' ? 'close' : status === 'scoring' ? 'rank' : undefined),
    stepForms: {
      postpone: stepForm({ fields: [closingField, reasonField] }),
      replaceReviewer: (props) => <ReplaceForm {...props} review={review} />,
      decideTies: stepForm({
        fields: ({ file }) =>
          tiedOf(file.state).flatMap(({ group, placesLeft, lines }) => tieFields(group, placesLeft, lines)),
        toBody: (values, { file }) => ({
          choices: tiedOf(file.state).map(({ group }) => choiceOf(group, values[group])),
        }),
      }),
    },
  }
}

function ReplaceForm({ view, take, isTaking, review }: StepFormProps & { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const { tell } = useTeller(review.service)
  const experts = useExperts(review)
  const { draws = [] } = roundState.safeParse(view.file.state).data ?? {}
  const options = draws.flatMap(({ group, seated }) =>
    seated.map((expertId) => {
      const label = `${tell(`choices.${group}`)} · ${nameOf(experts.data, expertId)}`
      return { value: `${group} ${expertId}`, label: { zh: label, en: label } }
    }),
  )
  return (
    <FieldsForm
      fields={[{ name: 'reviewer', kind: 'select', label: words.expert, required: true, options }, reasonField]}
      submitLabel={say(commonWords.submit)}
      isSubmitting={isTaking}
      onSubmit={({ reviewer, reason }) => {
        const [group, expertId] = String(reviewer).split(' ')
        take({ group, expertId, reason })
      }}
    />
  )
}

function nameOf(experts: { items: Expert[] } | undefined, expertId: string): string {
  return experts?.items.find((each) => each.expertId === expertId)?.name ?? expertId
}

function tiedOf(state: unknown) {
  return (roundState.safeParse(state).data?.rankings ?? []).filter(({ placesLeft }) => placesLeft > 0)
}

function tieFields(group: string, count: number, lines: ReadonlyArray<{ code: string; standing: string }>): Field[] {
  const tied = lines.filter(({ standing }) => standing === 'tied').map(({ code }) => code)
  const named = (text: string) =>
    text.replace('{group}', `${group} ${tied.join(' ')}`).replace('{count}', String(count))
  return [
    {
      name: `${group}.passing`,
      kind: 'texts',
      required: true,
      label: { zh: named(words.passing.zh), en: named(words.passing.en) },
    },
    { ...reasonField, name: `${group}.reasons` },
    ...countWords.map(
      (name): Field => ({ name: `${group}.${name}`, kind: 'count', required: true, label: words[name] }),
    ),
  ]
}

function choiceOf(group: string, values: unknown) {
  const given = z.record(z.string(), z.unknown()).safeParse(values).data ?? {}
  const { passing, reasons, ...votes } = given
  return { group, passing, reasons, votes }
}

function RoundFacts({ view, review }: CasePartProps & { review: ReviewOfPages }) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(review.service)
  const experts = useExperts(review)
  const state = roundState.safeParse(view.file.state).data
  if (!state) return null
  const group = (name: string) => tell(`choices.${name}`)
  const namesOf = (expertIds: readonly string[]) =>
    experts.data ? expertIds.map((expertId) => nameOf(experts.data, expertId)).join('、') : ''
  return (
    <>
      <FactList
        facts={[
          { label: say(words.name), value: state.name },
          { label: say(reviewWords.closesOn), value: day(state.closesOn) },
          ...Object.entries(state.entries).map(([name, count]) => ({
            label: `${say(words.entries)} · ${group(name)}`,
            value: count,
          })),
          ...state.draws.map(({ group: name, seed, seated, excluded }) => ({
            label: `${say(words.committee)} · ${group(name)}`,
            value: say(words.seated, {
              names: namesOf(seated),
              count: seated.length,
              excluded: excluded.length,
              seed,
            }),
          })),
        ]}
      />
      {view.file.status === 'scoring' && <MissingScores review={review} roundId={view.file.id} />}
      {state.rankings.map(({ group: name, places, lines }) => (
        <DataTable
          key={name}
          rowKey="code"
          dataSource={lines}
          title={() => `${group(name)} · ${say(words.places)} ${places}`}
          columns={[
            { title: say(words.code), dataIndex: 'code' },
            { title: say(words.sum), dataIndex: 'sum', align: 'right' },
            { title: say(words.points), key: 'points', render: (_, { points }) => points.join(' / ') },
            {
              title: say(words.standing),
              key: 'standing',
              render: (_, { standing }) => (
                <Tag color={standing === 'passed' ? 'success' : 'default'}>{say(words[standing])}</Tag>
              ),
            },
          ]}
        />
      ))}
    </>
  )
}

function MissingScores({ review, roundId }: { review: ReviewOfPages; roundId: string }) {
  const { service } = review
  const { say } = useSpeech()
  const experts = useExperts(review)
  const { tell } = useTeller(service)
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['missing scores', roundId],
    queryFn: () =>
      api.get<{ missing: Record<string, number>; conflicted: Array<{ group: string; expertId: string }> }>(
        `/services/${service}/review/rounds/${roundId}/missing`,
      ),
    meta: liveOn('cases'),
  })
  if (!data) return null
  const missing = Object.entries(data.missing).map(([group, count]) => `${tell(`choices.${group}`)} ${count}`)
  const conflicted = data.conflicted.map(
    ({ group, expertId }) => `${tell(`choices.${group}`)} ${nameOf(experts.data, expertId)}`,
  )
  if (conflicted.length > 0) {
    return <Alert type="warning" showIcon title={`${say(words.conflicted)}: ${conflicted.join(' · ')}`} />
  }
  return missing.length === 0 ? (
    <Alert type="success" showIcon title={say(words.allIn)} />
  ) : (
    <Alert type="info" showIcon title={`${say(words.missing)}: ${missing.join(' · ')}`} />
  )
}

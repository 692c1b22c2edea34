import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAction } from './action.ts'
import { ChoiceField, TextField } from './fields.tsx'
import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { useApi } from './node-context.tsx'
import { useMaterialInWords } from './review-material.ts'
import { type ReviewOfPages, useReview } from './reviews.ts'
import type { ServicePage } from './service-page.ts'
import { Empty, Loaded, ProblemNote } from './states.tsx'
import { StepForm } from './step-forms.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  desk: { zh: '我的评审', en: 'My review desk' },
  lead: {
    zh: '材料不写姓名和单位。您的评分在全部专家评完以前只有您自己看得到；启封以前可以修改。',
    en: 'No names and no employers. Until all reviewers are done only you see your scores, and you can change them.',
  },
  nothing: { zh: '您现在没有要评审的材料。', en: 'You have nothing to review now.' },
  comment: { zh: '评语', en: 'Comment' },
  score: { zh: '0 至 100 分', en: '0 to 100' },
  save: { zh: '保存评分', en: 'Save the scores' },
  saved: { zh: '已评', en: 'scored' },
  closed: { zh: '评分已启封，不能再改。', en: 'The scores were opened and cannot be changed.' },
  bias: { zh: '申报回避', en: 'Somebody whom you must not judge' },
  biasHelp: {
    zh: '有亲属等关系的人参评的，您不会被抽到那一组。请填写对方的身份证号。',
    en: 'You are not drawn for a group in which they apply. Please give their identity number.',
  },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  relation: { zh: '关系', en: 'Relation' },
  spouse: { zh: '配偶', en: 'spouse' },
  parent_or_child: { zh: '父母子女', en: 'parent or child' },
  sibling: { zh: '兄弟姐妹', en: 'brother or sister' },
  other_relative: { zh: '其他亲属', en: 'other relative' },
  teacher_or_student: { zh: '师生', en: 'teacher or student' },
  other: { zh: '其他利害关系', en: 'other interest' },
  declare: { zh: '申报', en: 'Declare' },
  declared: { zh: '已登记。', en: 'Noted.' },
})

type Sheet = {
  code: string
  material: Record<string, unknown>
  scores: Record<string, number> | null
  comment: string | null
}
type Seat = { roundId: string; name: string; group: string; isOpen: boolean; sheets: Sheet[] }

/** The desk of somebody who was drawn as a reviewer: entries by code, and their own scores. */
export function reviewDeskPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return { ...page, Component: () => <DeskPage review={review} /> }
}

function DeskPage({ review }: { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const { tell } = useTeller(review.service)
  const api = useApi()
  const desk = useQuery({
    queryKey: ['review desk', review.service],
    queryFn: () => api.get<{ seats: Seat[] }>(`/services/${review.service}/review/desk`),
  })
  return (
    <>
      <h1>
        {say(review.title)} · {say(words.desk)}
      </h1>
      <p>{say(words.lead)}</p>
      <Loaded query={desk}>
        {({ seats }) =>
          seats.length === 0 ? (
            <Empty>{say(words.nothing)}</Empty>
          ) : (
            seats.map((seat) => (
              <section key={`${seat.roundId} ${seat.group}`} className="kit-section">
                <h2>
                  {seat.name} · {tell(`choices.${seat.group}`)}
                </h2>
                {!seat.isOpen && <p className="kit-quiet">{say(words.closed)}</p>}
                {seat.sheets.map((sheet) => (
                  <SheetPart key={sheet.code} review={review} seat={seat} sheet={sheet} />
                ))}
              </section>
            ))
          )
        }
      </Loaded>
      <BiasPart service={review.service} />
    </>
  )
}

function SheetPart({ review, seat, sheet }: { review: ReviewOfPages; seat: Seat; sheet: Sheet }) {
  const { say } = useSpeech()
  const { tell } = useTeller(review.service)
  const api = useApi()
  const terms = useReview(review)
  const [scores, setScores] = useState<Record<string, string>>(
    Object.fromEntries(Object.entries(sheet.scores ?? {}).map(([name, value]) => [name, String(value)])),
  )
  const [comment, setComment] = useState(sheet.comment ?? '')
  const indicators = terms.data?.indicators ?? []
  const isComplete = indicators.every((name) => isScore(scores[name])) && comment.trim() !== ''
  const save = useAction((body: { scores: Record<string, number>; comment: string }, key) =>
    api.post(`/services/${review.service}/review/rounds/${seat.roundId}/entries/${sheet.code}/score`, body, key),
  )
  const send = () =>
    save.mutate({ scores: Object.fromEntries(indicators.map((name) => [name, Number(scores[name])])), comment })
  return (
    <div>
      <h3>
        {sheet.code} {sheet.scores && <span className="kit-quiet">{say(words.saved)}</span>}
      </h3>
      <Material material={sheet.material} service={review.service} />
      {seat.isOpen && (
        <StepForm isTaking={save.isPending || !isComplete} onSubmit={send} submitLabel={say(words.save)}>
          {indicators.map((name) => (
            <TextField
              key={name}
              label={tell(`facts.${name}`)}
              help={say(words.score)}
              inputMode="numeric"
              required
              value={scores[name] ?? ''}
              onChange={(value) => setScores({ ...scores, [name]: value })}
            />
          ))}
          <TextField label={say(words.comment)} rows={3} required value={comment} onChange={setComment} />
        </StepForm>
      )}
      {save.error && <ProblemNote error={save.error} />}
    </div>
  )
}

function isScore(typed: string | undefined): boolean {
  return typed !== undefined && /^\d{1,3}$/.test(typed) && Number(typed) <= 100
}

function Material({ material, service }: { material: Record<string, unknown>; service: string }) {
  const inWords = useMaterialInWords(service)
  return (
    <dl className="kit-facts">
      {inWords(material).map(({ label, value }) => (
        <div key={label} className="kit-fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const relations = ['spouse', 'parent_or_child', 'sibling', 'other_relative', 'teacher_or_student', 'other'] as const

function BiasPart({ service }: { service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const [idNumber, setIdNumber] = useState('')
  const [relation, setRelation] = useState('')
  const declare = useAction((body: { idNumber: string; relation: string }, key) =>
    api.post(`/services/${service}/review/bias`, body, key),
  )
  return (
    <section className="kit-section">
      <h2>{say(words.bias)}</h2>
      <p>{say(words.biasHelp)}</p>
      <StepForm
        isTaking={declare.isPending || relation === ''}
        onSubmit={() => declare.mutate({ idNumber, relation })}
        submitLabel={say(words.declare)}
      >
        <TextField label={say(words.idNumber)} required value={idNumber} onChange={setIdNumber} />
        <ChoiceField
          label={say(words.relation)}
          value={relation}
          onChange={setRelation}
          options={relations.map((value) => ({ value, label: say(words[value]) }))}
        />
      </StepForm>
      {declare.error && <ProblemNote error={declare.error} />}
      {declare.isSuccess && <p role="status">{say(words.declared)}</p>}
    </section>
  )
}

import { useState } from 'react'
import {
  type CasePart,
  type CasePartProps,
  defineWords,
  FlagField,
  RegionName,
  StepForm,
  type StepFormProps,
  TextField,
  useSpeech,
  useTeller,
  wordOf,
} from '../../../kit/door.ts'
import { flows, kindWords, purposeWords, questionState, serviceId, sharingWords } from './words.ts'

const words = defineWords({
  how: { zh: '有多少（没有填 0）', en: 'How many (0 for none)' },
  promise: {
    zh: '我承诺以上属实；不实的，愿意退回因此取得的待遇并承担责任。',
    en: 'I promise that this is true; where it is not, I give back what I was granted for it and answer for it.',
  },
  asked: { zh: '询问的内容', en: 'What is asked' },
})

/** A question on the page of whom it is about: what is asked, what came of it, and stating it oneself where nobody answers. */
export const casePart: CasePart = { flow: flows.question, Facts: QuestionFacts, stepForms: { promise: PromiseForm } }

function QuestionFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = questionState.safeParse(view.file.state)
  if (!data?.asked) return null
  const { asked, answer, refusedFor } = data
  return (
    <section className="kit-section" aria-labelledby="asked">
      <h2 id="asked">{say(words.asked)}</h2>
      <dl className="kit-facts">
        <dt>{say(sharingWords.region)}</dt>
        <dd>
          <RegionName code={asked.region} />
        </dd>
        <dt>{say(sharingWords.purpose)}</dt>
        <dd>{wordOf(purposeWords, asked.purpose, say)}</dd>
        <dt>{say(sharingWords.kinds)}</dt>
        <dd>{asked.kinds.map((kind) => wordOf(kindWords, kind, say)).join('、')}</dd>
        <dt>{say(sharingWords.permission)}</dt>
        <dd>{asked.permission.number ?? asked.permission.basis}</dd>
        {answer && (
          <>
            <dt>{say(sharingWords.taken)}</dt>
            <dd>{answer.known ? answer.taken : say(sharingWords.unknown)}</dd>
            <dt>{say(sharingWords.usableUntil)}</dt>
            <dd>{day(answer.usableUntil)}</dd>
            {answer.differences.length > 0 && (
              <>
                <dt>{say(sharingWords.differences)}</dt>
                <dd>{answer.differences.map(({ code, params }) => tell(code, params)).join('；')}</dd>
              </>
            )}
          </>
        )}
        {refusedFor !== null && (
          <>
            <dt>{say(sharingWords.notTold)}</dt>
            <dd>
              {tell(`reasons.${refusedFor}`)} {tell(`advice.${refusedFor}`)}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

function PromiseForm({ view, take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const { data } = questionState.safeParse(view.file.state)
  const kinds = data?.asked?.kinds ?? []
  const [stated, setStated] = useState<Readonly<Record<string, string>>>({})
  const [promised, setPromised] = useState(false)
  const isWhole = kinds.every((kind) => /^\d+$/.test(stated[kind] ?? ''))
  const send = () =>
    take({ promised: true, stated: Object.fromEntries(kinds.map((kind) => [kind, Number(stated[kind])])) })
  return (
    <StepForm isTaking={isTaking || !isWhole || !promised} onSubmit={send}>
      {kinds.map((kind) => (
        <TextField
          key={kind}
          label={wordOf(kindWords, kind, say)}
          help={say(words.how)}
          inputMode="numeric"
          required
          value={stated[kind] ?? ''}
          onChange={(value) => setStated({ ...stated, [kind]: value })}
        />
      ))}
      <FlagField label={say(words.promise)} value={promised} onChange={setPromised} />
    </StepForm>
  )
}
